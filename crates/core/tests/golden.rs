//! The golden cases, which run natively and in the browser: what one side
//! accepts and sends is what the other reads and accepts.
#![expect(
    clippy::unwrap_used,
    reason = "clippy knows `#[test]`, not `#[wasm_bindgen_test]`"
)]

use latchlet_core::config::{read_connection, read_fields};
use latchlet_core::date::Today;
use latchlet_core::{
    Answer, Answers, Config, Connection, Context, Date, Form, Object, SignUp, Texts, Value, codec,
    pattern,
};
use wasm_bindgen_test::wasm_bindgen_test;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

fn cases(kind: &str) -> Vec<Object> {
    let golden: Object = serde_json::from_str(include_str!("golden.json")).unwrap();
    let cases = golden.get(kind).and_then(Value::as_list).unwrap();
    assert!(!cases.is_empty());
    cases
        .iter()
        .map(|case| case.as_object().unwrap().clone())
        .collect()
}

#[wasm_bindgen_test(unsupported = test)]
fn configs_are_read_whole_with_every_problem_named() {
    for case in cases("configs") {
        let found = match Config::read(case.get("config").unwrap()) {
            Ok(_) => Vec::new(),
            Err(problems) => problems
                .into_iter()
                .map(|problem| {
                    Value::from(vec![
                        problem.path.into(),
                        problem.code.as_str().into(),
                        problem.suggestion.map_or(Value::Null, Value::from),
                    ])
                })
                .collect(),
        };
        let wanted = case.get("problems").unwrap();
        assert_eq!(&Value::from(found), wanted, "{:?}", case.text("name"));
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn sign_ups_are_judged_and_sent_alike() {
    for case in cases("sign_ups") {
        let name = case.text("name").unwrap();
        let form = form(&case);
        let answers = answers(case.get("answers").and_then(Value::as_object).unwrap());

        let known = case.get("known").and_then(Value::as_object).cloned();
        let known = known.unwrap_or_default();
        let violations: Vec<Value> = form
            .validate(&context(&answers, Some(&known)))
            .into_iter()
            .map(|(field, violation)| {
                Value::from(vec![field.name.as_str().into(), violation.code().into()])
            })
            .collect();
        let wanted = case.get("violations").unwrap();
        assert_eq!(&Value::from(violations), wanted, "{name}");

        let sent = codec::encode(&form, &answers, Some(&known));
        assert_eq!(Some(&sent.root.clone().into()), case.get("root"), "{name}");
        assert_eq!(
            Some(&sent.user_metadata.clone().into()),
            case.get("user_metadata"),
            "{name}"
        );

        // The server reads it back and judges it the same.
        let received = codec::decode(&form, &sent).unwrap();
        let judged = form.validate(&context(&received, Some(&known))).len();
        assert_eq!(judged, wanted.as_list().unwrap().len(), "{name}");
    }
}

fn context<'a>(answers: &'a Answers, known: Option<&'a Object>) -> Context<'a> {
    Context {
        answers,
        known,
        today: Today::here(Date::parse("2026-11-23").unwrap()),
        matches: &pattern::matches,
    }
}

fn form(case: &Object) -> Form {
    let mut problems = Vec::new();
    let connection = match case.get("connection") {
        Some(connection) => read_connection(connection, "connection", &mut problems).unwrap(),
        None => Connection::default(),
    };
    let fields = read_fields(case.get("fields").unwrap(), "fields", "en", &mut problems);
    assert_eq!(problems, [], "{:?}", case.text("name"));
    let sign_up = SignUp {
        fields,
        ..SignUp::default()
    };
    Form::sign_up(&connection, &sign_up, &Texts::default())
}

fn answers(object: &Object) -> Answers {
    let mut answers = Answers::default();
    for (name, value) in object.iter() {
        let answer = match value {
            Value::Bool(ticked) => Answer::Bool(*ticked),
            value => Answer::Text(value.as_text().unwrap().to_owned()),
        };
        answers.set(name, answer);
    }
    answers
}
