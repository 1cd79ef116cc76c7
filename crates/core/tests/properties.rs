//! What holds for every config and every answer.
#![cfg(not(target_arch = "wasm32"))]

use latchlet_core::config::read_fields;
use latchlet_core::password::PasswordPolicy;
use latchlet_core::username::UsernameRules;
use latchlet_core::{
    Answer, Answers, Config, Connection, Field, FieldKind, Form, Object, Storage, Value, codec,
    email,
};
use proptest::prelude::*;

/// Names and texts that mean something to a config, which chance never finds.
const KEYS: [&str; 19] = [
    "clientId",
    "domain",
    "additionalSignUpFields",
    "connections",
    "auth",
    "params",
    "scope",
    "prefill",
    "name",
    "type",
    "label",
    "options",
    "value",
    "rules",
    "minLength",
    "storage",
    "icon",
    "validation",
    "__proto__",
];
const TEXTS: [&str; 6] = ["text", "select", "checkbox", "hidden", "root", "a@b.co"];

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        // JSON has no others.
        any::<f64>()
            .prop_filter("finite", |number| number.is_finite())
            .prop_map(Value::Number),
        one_of(&TEXTS).prop_map(Value::Text),
    ];
    leaf.prop_recursive(5, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::List),
            prop::collection::vec((one_of(&KEYS), inner), 0..8)
                .prop_map(|entries| Value::Object(entries.into_iter().collect::<Object>())),
        ]
    })
}

fn one_of(known: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(known).prop_map(str::to_owned),
        any::<String>(),
    ]
}

fn fields() -> impl Strategy<Value = Vec<Field>> {
    let field = (any::<bool>(), 0..4_u8, 0..8_u32, 8..20_u32);
    prop::collection::vec(field, 0..8).prop_map(|fields| {
        let list = fields.into_iter().enumerate().map(described).collect();
        let mut problems = Vec::new();
        let fields = read_fields(&Value::List(list), "fields", &mut problems);
        assert_eq!(problems, []);
        fields
    })
}

fn described((index, (required, kind, min, max)): (usize, (bool, u8, u32, u32))) -> Value {
    let mut field = Object::new();
    field.insert("name", format!("field_{index}"));
    field.insert("label", "Label");
    field.insert("required", required);
    match kind {
        0 => {
            let rules: Object = [("minLength", min), ("maxLength", max)]
                .into_iter()
                .collect();
            field.insert("rules", rules);
        }
        1 => {
            let option: Object = [("value", "one"), ("label", "One")].into_iter().collect();
            field.insert("type", "select");
            field.insert("options", vec![Value::from(option)]);
        }
        2 => {
            field.insert("type", "checkbox");
        }
        _ => {
            field.insert("type", "hidden");
            field.insert("value", "kept");
        }
    }
    field.into()
}

fn filled(form: &Form, texts: &[String], ticks: &[bool]) -> Answers {
    let mut answers = Answers::default();
    for (index, field) in form.fields.iter().enumerate() {
        let answer = match field.kind {
            FieldKind::Checkbox => Answer::Bool(ticks[index % ticks.len()]),
            FieldKind::Hidden => Answer::Text(field.prefill.clone()),
            _ => Answer::Text(texts[index % texts.len()].clone()),
        };
        answers.set(&field.name, answer);
    }
    answers
}

proptest! {
    #[test]
    fn any_value_gives_a_config_or_problems(value in value()) {
        match Config::read(&value) {
            Ok(config) => prop_assert!(!config.client_id.is_empty()),
            Err(problems) => prop_assert!(!problems.is_empty()),
        }
    }

    #[test]
    fn any_bytes_give_a_config_or_problems(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(value) = serde_json::from_slice::<Value>(&bytes) {
            let _ = Config::read(&value);
        }
    }

    #[test]
    fn json_comes_back_as_it_was(value in value()) {
        let text = serde_json::to_string(&value).unwrap();
        prop_assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }

    #[test]
    fn the_browser_accepts_what_the_server_accepts(
        fields in fields(),
        texts in prop::collection::vec(
            prop_oneof![any::<String>(), one_of(&["one", "a@b.co", "", "fifteen letters or more"])],
            1..10,
        ),
        ticks in prop::collection::vec(any::<bool>(), 1..4),
    ) {
        let form = Form::sign_up(&Connection::default(), &fields);
        let answers = filled(&form, &texts, &ticks);
        let received = codec::decode(&form, &codec::encode(&form, &answers)).unwrap();
        prop_assert_eq!(form.validate(&answers), form.validate(&received));
    }

    #[test]
    fn what_is_sent_of_a_text_is_what_was_typed(typed in ".{1,60}") {
        let mut field = Field::new("motto", FieldKind::Text, "Motto");
        field.storage = Storage::UserMetadata;
        let form = Form { fields: vec![field] };
        let mut answers = Answers::default();
        answers.set("motto", Answer::Text(typed.clone()));
        let sent = codec::encode(&form, &answers);
        let wanted = Some(typed.as_str()).filter(|typed| !typed.trim().is_empty());
        prop_assert_eq!(sent.user_metadata.text("motto"), wanted);
    }

    #[test]
    fn canonical_forms_are_fixed_points(typed in any::<String>(), local in "[a-zA-Z0-9.+]{1,20}") {
        for typed in [typed, format!(" {local}@Example.org\u{200b}")] {
            if let Some(address) = email::canonical(&typed) {
                prop_assert_eq!(email::canonical(&address), Some(address.clone()));
                prop_assert!(!address.chars().any(|c| c.is_control() || " <>".contains(c)));
            }
            let rules = UsernameRules::default();
            if let Ok(name) = rules.canonical(&typed) {
                prop_assert_eq!(rules.canonical(&name), Ok(name.clone()));
            }
        }
    }

    #[test]
    fn noise_around_an_address_changes_nothing(noise in "[ \t\u{200b}\u{feff}\u{00a0}]{0,6}") {
        let typed = format!("{noise}ada@example.com{noise}");
        let canonical = email::canonical(&typed);
        prop_assert_eq!(canonical.as_deref(), Some("ada@example.com"));
    }

    #[test]
    fn any_long_password_meets_a_policy_of_length(password in ".{15,80}") {
        prop_assert!(PasswordPolicy::default().check(&password).verified());
    }
}
