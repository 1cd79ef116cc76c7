//! Any value is a config or has problems, which are told.

use latchlet_core::value::Function;
use latchlet_core::{Config, Object, Value};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::golden::read;

const LOCK: &str = include_str!("../golden/lock.json");
const CONFIGS: &str = include_str!("../golden/configs.json");

/// Texts that mean something to a config, which chance never finds.
const TEXTS: [&str; 31] = [
    "text",
    "select",
    "checkbox",
    "hidden",
    "consent",
    "number",
    "date",
    "country",
    "checkboxes",
    "root",
    "none",
    "a@b.co",
    "today-18y",
    "2026-01-31",
    "tenant.auth0.com",
    "signUp",
    "36h",
    "2w",
    "forever",
    "create",
    "server",
    "cookie",
    "banner",
    "latchlet",
    "claims.x.0",
    "metadata.company",
    "company",
    "100 %é",
    "{x} %s",
    "<b>",
    "",
];

/// Every key that the golden configs have.
fn keys() -> Vec<String> {
    fn collect(value: &Value, keys: &mut Vec<String>) {
        match value {
            Value::Object(object) => object.iter().for_each(|(key, value)| {
                keys.push(key.to_owned());
                collect(value, keys);
            }),
            Value::List(items) => items.iter().for_each(|item| collect(item, keys)),
            _ => {}
        }
    }
    let mut keys = vec!["__proto__".to_owned()];
    for golden in golden() {
        collect(&golden, &mut keys);
    }
    keys.sort();
    keys.dedup();
    keys
}

/// The golden configs, good and bad.
pub fn golden() -> Vec<Value> {
    let cases = read(CONFIGS);
    let cases = cases.as_list().unwrap().iter();
    let configs = cases.map(|case| case.as_object().unwrap().get("config").unwrap().clone());
    let mut golden: Vec<Value> = configs.collect();
    golden.push(read(LOCK));
    golden
}

pub fn value() -> impl Strategy<Value = Value> {
    let keys = keys();
    let key = prop_oneof![4 => prop::sample::select(keys), 1 => any::<String>()];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        // JSON has no others.
        any::<f64>()
            .prop_filter("finite", |number| number.is_finite())
            .prop_map(Value::Number),
        (0..3_u32).prop_map(Value::from),
        prop::sample::select(&TEXTS[..]).prop_map(Value::from),
        any::<String>().prop_map(Value::Text),
    ];
    leaf.prop_recursive(6, 64, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::List),
            prop::collection::vec((key.clone(), inner), 0..8)
                .prop_map(|entries| Value::Object(entries.into_iter().collect::<Object>())),
        ]
    })
}

/// A value with another in the place of one of its parts, however deep.
pub fn changed(value: Value, at: &Index, other: Value) -> Value {
    fn count(value: &Value) -> usize {
        1 + match value {
            Value::List(items) => items.iter().map(count).sum(),
            Value::Object(object) => object.iter().map(|(_, value)| count(value)).sum(),
            _ => 0,
        }
    }
    fn replace(value: Value, left: &mut usize, other: &Value) -> Value {
        *left = left.wrapping_sub(1);
        if *left == usize::MAX {
            return other.clone();
        }
        match value {
            Value::List(items) => items
                .into_iter()
                .map(|item| replace(item, left, other))
                .collect::<Vec<_>>()
                .into(),
            Value::Object(object) => object
                .iter()
                .map(|(key, value)| (key, replace(value.clone(), left, other)))
                .collect::<Object>()
                .into(),
            value => value,
        }
    }
    let mut place = at.index(count(&value));
    replace(value, &mut place, &other)
}

fn is_read(value: &Value) -> Result<(), TestCaseError> {
    match Config::read(value) {
        Ok(config) => prop_assert!(!config.client_id.is_empty()),
        Err(problems) => {
            prop_assert!(!problems.is_empty());
            for problem in problems {
                prop_assert!(problem.to_string().contains(problem.code.as_str()));
            }
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_value_gives_a_config_or_problems(value in value()) {
        is_read(&value)?;
    }

    #[test]
    fn any_change_of_a_config_gives_a_config_or_problems(
        mut config in prop::sample::select(golden()),
        changes in prop::collection::vec((any::<Index>(), value(), any::<bool>()), 1..5),
    ) {
        for (at, value, function) in changes {
            let value = match function {
                true => Value::Function(Function(0)),
                false => value,
            };
            config = changed(config, &at, value);
            is_read(&config)?;
        }
    }

    #[test]
    fn any_bytes_give_a_config_or_problems(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        changes in prop::collection::vec((any::<Index>(), any::<u8>()), 0..4),
    ) {
        let mut changed = LOCK.as_bytes().to_vec();
        for (at, byte) in changes {
            *at.get_mut(&mut changed) = byte;
        }
        for bytes in [bytes, changed] {
            if let Ok(value) = serde_json::from_slice::<Value>(&bytes) {
                is_read(&value)?;
            }
        }
    }

    #[test]
    fn json_comes_back_as_it_was(value in value()) {
        let text = serde_json::to_string(&value).unwrap();
        prop_assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}
