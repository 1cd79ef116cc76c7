//! Every config that the box accepts fits the JSON Schema.

use std::sync::LazyLock;

use jsonschema::Validator;
use latchlet_core::config::schema::{json_schema, typescript};
use latchlet_core::{Config, Object, Value};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::configs::{changed, golden, value};
use crate::questions::asked_later;
use crate::schema::described;

static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
    let schema = serde_json::to_value(json_schema()).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
});

/// What is wrong with a config by the schema.
fn faults(config: &Value) -> Vec<String> {
    let config = serde_json::to_value(config).unwrap();
    let errors = SCHEMA.iter_errors(&config);
    errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

#[test]
fn every_golden_config_fits() {
    let mut accepted = 0;
    for config in golden() {
        if Config::read(&config).is_ok() {
            accepted += 1;
            assert_eq!(faults(&config), [""; 0], "{config:?}");
        }
    }
    assert!(accepted >= 8);
}

#[test]
fn what_editors_should_mark_does_not_fit() {
    for wrong in [
        r#"{}"#,
        r#"{"clientId":"a","domain":5}"#,
        r#"{"clientId":"a","domain":"x.org","additionalSignupFields":[]}"#,
        r#"{"clientId":"a","domain":"x.org","initialScreen":"signup"}"#,
        r#"{"clientId":"a","domain":"x.org","additionalSignUpFields":[{"label":"A"}]}"#,
        r#"{"clientId":"a","domain":"x.org","additionalSignUpFields":[{"name":"a","type":"txt"}]}"#,
        r#"{"clientId":"a","domain":"x.org","additionalSignUpFields":[{"name":"a","rules":{"minlength":1}}]}"#,
        r#"{"clientId":"a","domain":"x.org","additionalSignUpFields":[{"name":"a","when":{"feld":"b"}}]}"#,
        r#"{"clientId":"a","domain":"x.org","additionalSignUpFields":[{"name":"a","validator":"f"}]}"#,
        r#"{"clientId":"a","domain":"x.org","connections":[{"name":"a","showsignup":true}]}"#,
        r#"{"clientId":"a","domain":"x.org","layout":[{"heading":"H"}]}"#,
        r#"{"clientId":"a","domain":"x.org","progressiveProfile":{}}"#,
        r#"{"clientId":"a","domain":"x.org","progressiveProfile":{"fields":[{"label":"A"}]}}"#,
        r#"{"clientId":"a","domain":"x.org","progressiveProfile":{"fields":[],"cooldown":"1d"}}"#,
        r#"{"clientId":"a","domain":"x.org","progressiveProfile":{"fields":[],"maxFields":21}}"#,
        r#"{"clientId":"a","domain":"x.org","progressiveProfile":{"fields":[],"save":"auth"}}"#,
        r#"{"clientId":"a","domain":"x.org","progressiveProfile":{"fields":[{"name":"a","lable":"A"}]}}"#,
        r#"{"clientId":"a","domain":"x.org","progressiveProfile":{"fields":[{"name":"a","storage":"root"}]}}"#,
        r#"{"clientId":"a","domain":"x.org","progressiveProfile":{"fields":[{"name":"a","ask":{"share":101}}]}}"#,
    ] {
        let config: Value = serde_json::from_str(wrong).unwrap();
        assert_ne!(faults(&config), [""; 0], "{wrong}");
    }
}

/// There is no compiler here: brackets that close, and no name that is not
/// declared. The package's own build reads the types with `tsc`.
#[test]
fn the_types_are_whole() {
    let types = typescript();
    for (open, close) in [('{', '}'), ('(', ')'), ('[', ']')] {
        assert_eq!(types.matches(open).count(), types.matches(close).count());
    }
    let code: String = types
        .lines()
        .filter(|line| !line.trim_start().starts_with(['/', '*']))
        .flat_map(|line| [line, "\n"])
        .collect();
    let known = ["Promise", "AbortSignal", "T"];
    let words = code.split(|c: char| !c.is_alphanumeric() && !"_'-".contains(c));
    let named = words.filter(|word| word.starts_with(|c: char| c.is_ascii_uppercase()));
    for name in named.filter(|name| !known.contains(name)) {
        let declared = ["interface", "type"].iter().any(|kind| {
            let start = format!("export {kind} {name}");
            let mut found = code.match_indices(&start);
            found.any(|(at, _)| !code[at + start.len()..].starts_with(char::is_alphanumeric))
        });
        assert!(declared, "{name} is not declared");
    }
}

/// A config, and what becomes of it by changes that leave it one, fit.
fn fits(mut config: Value, changes: &[(Index, Value)]) -> Result<(), TestCaseError> {
    for (at, value) in changes {
        let other = changed(config.clone(), at, value.clone());
        // Step by step, as most changes make a config that is none.
        if Config::read(&other).is_ok() {
            config = other;
        }
    }
    if Config::read(&config).is_ok() {
        prop_assert_eq!(faults(&config), Vec::<String>::new(), "{:?}", config);
    }
    Ok(())
}

/// A config with what a sign-up asks, and perhaps what is asked later.
fn asking(fields: Value, later: Option<Value>) -> Value {
    let mut config: Object = [
        ("clientId", Value::from("app")),
        ("domain", "tenant.auth0.com".into()),
        ("additionalSignUpFields", fields),
    ]
    .into_iter()
    .collect();
    if let Some(later) = later {
        config.insert("progressiveProfile", later);
    }
    config.into()
}

proptest! {
    #[test]
    fn any_accepted_config_fits(
        fields in described(),
        config in prop::sample::select(golden()),
        changes in prop::collection::vec((any::<Index>(), value()), 0..3),
    ) {
        fits(asking(fields, None), &changes)?;
        fits(config, &changes)?;
    }

    #[test]
    fn whatever_is_asked_later_is_accepted_and_fits(
        (fields, later) in asked_later(described()),
        changes in prop::collection::vec((any::<Index>(), value()), 0..3),
    ) {
        let config = asking(fields, Some(later));
        let problems = Config::read(&config).err().unwrap_or_default();
        prop_assert_eq!(problems, Vec::new(), "{:?}", config);
        fits(config, &changes)?;
    }
}
