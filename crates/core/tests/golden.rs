//! The golden cases, which run natively and in the browser: what one side
//! accepts and sends is what the other reads and accepts.
#![expect(
    clippy::unwrap_used,
    reason = "clippy knows `#[test]`, not `#[wasm_bindgen_test]`"
)]

#[path = "golden/read.rs"]
mod golden;

use latchlet_core::config::{Hooks, Place, Screen, read_connection, read_fields};
use latchlet_core::date::Today;
use latchlet_core::field::{FieldKind, Prefill, Source};
use latchlet_core::layout::Step;
use latchlet_core::value::Function;
use latchlet_core::{
    Answer, Answers, Config, Connection, Context, Date, Field, Form, Message, Object, SignUp,
    Texts, Value, Violation, codec, pattern,
};
use wasm_bindgen_test::wasm_bindgen_test;

use golden::read;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

fn cases(json: &str) -> Vec<Object> {
    let cases = read(json);
    let cases = cases.as_list().unwrap();
    assert!(!cases.is_empty());
    cases
        .iter()
        .map(|case| case.as_object().unwrap().clone())
        .collect()
}

fn list<'a>(case: &'a Object, name: &str) -> &'a [Value] {
    case.get(name).and_then(Value::as_list).unwrap()
}

#[wasm_bindgen_test(unsupported = test)]
fn configs_are_read_whole_with_every_problem_named() {
    for case in cases(include_str!("golden/configs.json")) {
        let name = case.text("name").unwrap();
        let read = Config::read(case.get("config").unwrap());
        let found: Vec<Value> = match &read {
            Ok(_) => Vec::new(),
            Err(problems) => problems
                .iter()
                .map(|problem| {
                    Value::from(vec![
                        problem.path.as_str().into(),
                        problem.code.as_str().into(),
                        problem.suggestion.clone().map_or(Value::Null, Value::from),
                    ])
                })
                .collect(),
        };
        assert_eq!(Some(&Value::from(found)), case.get("problems"), "{name}");
        if let Ok(config) = read {
            says_the_same(&config, &case, name);
        }
    }
}

/// What a case says of a config beside that it is one.
fn says_the_same(config: &Config, case: &Object, name: &str) {
    let of = |texts: Vec<&str>| Value::from(texts.into_iter().map(Value::from).collect::<Vec<_>>());
    let fields = &config.sign_up.fields;
    let required = |field: &Field| Violation::Required.describe(field, &config.texts);
    let described: Vec<String> = fields.iter().map(required).collect();
    let deferred = fields.iter().filter(|field| field.deferred);
    let form = Form::sign_up(&Connection::default(), &config.sign_up, &config.texts);
    for (what, found) in [
        ("deferred", of(deferred.map(|it| &*it.name).collect())),
        ("labels", of(fields.iter().map(|it| &*it.label).collect())),
        ("described", of(described.iter().map(|it| &**it).collect())),
        ("steps", steps(&form)),
    ] {
        let wanted = case.get(what).unwrap_or(&found);
        assert_eq!(&found, wanted, "{what} of {name}");
    }
    let texts = case.get("texts").and_then(Value::as_object);
    for (message, text) in texts.unwrap_or(&Object::new()).iter() {
        let said = config.texts.get(Message::by_name(message).unwrap());
        assert_eq!(Some(&*said), text.as_text(), "{message}");
    }
}

fn steps(form: &Form) -> Value {
    let names = |places: &[usize]| {
        let names = places.iter().map(|place| &*form.fields[*place].name);
        Value::from(names.map(Value::from).collect::<Vec<_>>())
    };
    let step = |step: &Step<Vec<usize>>| {
        let groups = step.groups.iter().map(|group| {
            let heading = group.heading.as_str().into();
            Value::from(vec![heading, group.columns.into(), names(&group.fields)])
        });
        let groups: Vec<Value> = groups.collect();
        Value::from(vec![step.title.as_str().into(), groups.into()])
    };
    Value::from(form.steps.iter().map(step).collect::<Vec<_>>())
}

#[wasm_bindgen_test(unsupported = test)]
fn every_option_of_lock_is_taken_as_lock_means_it() {
    let config = Config::read(&read(include_str!("golden/lock.json"))).unwrap();
    let fields = &config.sign_up.fields;
    assert_eq!(fields.len(), 7);
    assert_eq!(config.connection_resolver, Some(Function(8)));
    let hooks = Hooks {
        logging_in: Some(Function(9)),
        signing_up: Some(Function(10)),
    };
    assert_eq!(config.hooks, hooks);
    assert_eq!(fields[0].validator, Some(Function(3)));
    assert!(!fields[0].required, "a validator decides alone");
    let loaded = |number| Prefill::Loaded(Source::Function(Function(number)));
    assert_eq!(
        [&fields[1].prefill, &fields[3].prefill],
        [&loaded(4), &loaded(6)]
    );
    assert_eq!(fields[4].prefill, Prefill::Given(Answer::Bool(true)));
    assert_eq!(config.initial_screen, Screen::SignIn);
    assert!(config.sign_up.must_accept_terms && config.sign_up.hides_username);
    assert_eq!(
        config.auth.scope,
        "openid email user_metadata app_metadata picture"
    );
    let max_age = ("max_age".to_owned(), "60".to_owned());
    assert!(config.auth.params.contains(&max_age));
    assert_eq!(config.texts.get(Message::SignInTitle), "Log me in");
}

#[wasm_bindgen_test(unsupported = test)]
fn answers_of_each_kind_are_judged_and_sent_alike() {
    for case in cases(include_str!("golden/answers.json")) {
        let name = case.text("name").unwrap();
        let field = case.get("field").unwrap().clone();
        let form = Form::new(fields(&Value::from(vec![field]), name));
        let field = &form.fields[0];
        for pair in list(&case, "accepts") {
            let pair = pair.as_list().unwrap();
            let (typed, sent) = (&pair[0], &pair[1]);
            assert_eq!(judge(&form, typed), None, "{name}: {typed:?}");
            let values = codec::encode(&form, &answered(field, typed), Some(&Object::new()));
            let found = [&values.root, &values.user_metadata, &values.deferred]
                .into_iter()
                .find_map(|values| values.get(&field.name));
            assert_eq!(found.unwrap_or(&Value::Null), sent, "{name}: {typed:?}");
        }
        for pair in list(&case, "refuses") {
            let pair = pair.as_list().unwrap();
            let (typed, code) = (&pair[0], &pair[1]);
            assert_eq!(judge(&form, typed), code.as_text(), "{name}: {typed:?}");
        }
    }
}

/// What is wrong with an answer to the only field of a form: to the browser,
/// and to the server where it is sent there.
fn judge(form: &Form, typed: &Value) -> Option<&'static str> {
    let field = &form.fields[0];
    let answers = answered(field, typed);
    let known = Object::new();
    let verdict = code(form, &context(&answers, Some(&known)));
    let sent = codec::encode(form, &answers, Some(&known));
    let received = codec::decode(form, &sent).unwrap();
    let server = code(form, &context(&received, None));
    if field.is_sent_at_sign_up() {
        assert_eq!(server, verdict, "the server judges {typed:?}");
    } else {
        assert_eq!(server, None);
    }
    // The first update of the profile, which has nothing that is unseen.
    let update = code(form, &context(&received, Some(&known)));
    if field.is_metadata() {
        assert_eq!(update, verdict, "an update with {typed:?}");
    }
    verdict
}

fn code(form: &Form, context: &Context<'_>) -> Option<&'static str> {
    let violations = form.validate(context);
    violations.first().map(|(_, violation)| violation.code())
}

fn answered(field: &Field, typed: &Value) -> Answers {
    let mut answers = Answers::default();
    answers.set(&field.name, answer(field, typed));
    answers
}

#[wasm_bindgen_test(unsupported = test)]
fn conditions_decide_alike_on_both_sides() {
    let golden = read(include_str!("golden/conditions.json"));
    let golden = golden.as_object().unwrap();
    for case in list(golden, "conditions") {
        let case = case.as_object().unwrap();
        let when = case.get("when").unwrap();
        let mut last = Object::new();
        last.insert("name", "last");
        last.insert("label", "Last");
        last.insert("when", when.clone());
        let mut described = list(golden, "fields").to_vec();
        described.push(last.into());
        let sign_up = SignUp {
            fields: fields(&described.into(), "conditions"),
            ..SignUp::default()
        };
        let form = Form::sign_up(&Connection::default(), &sign_up, &Texts::default());
        let server = Form::new(sign_up.fields.clone());
        let known = case.get("known").and_then(Value::as_object).cloned();
        let known = known.unwrap_or_default();
        let undecided = case.get("undecided") == Some(&Value::Bool(true));
        for (side, wanted) in [("yes", true), ("no", false)] {
            for given in list(case, side) {
                let answers = answers(&form, given.as_object().unwrap());
                let asked = form.asked(&answers, Some(&known));
                assert_eq!(asked.last(), Some(&Some(wanted)), "{when:?}, {given:?}");

                let sent = codec::encode(&form, &answers, Some(&known));
                let sent = codec::SignUpValues {
                    root: Object::new(),
                    ..sent
                };
                let received = codec::decode(&server, &sent).unwrap();
                let seen = server.asked(&received, None);
                let wanted = (!undecided).then_some(wanted);
                assert_eq!(seen.last(), Some(&wanted), "server: {when:?}, {given:?}");
            }
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn sign_ups_are_judged_and_sent_alike() {
    for case in cases(include_str!("golden/sign_ups.json")) {
        let name = case.text("name").unwrap();
        let form = form(&case);
        let given = case.get("answers").and_then(Value::as_object).unwrap();
        let answers = answers(&form, given);

        let known = case.get("known").and_then(Value::as_object).cloned();
        let known = known.unwrap_or_default();
        let violations = |context: &Context<'_>| -> Value {
            let violations = form.validate(context).into_iter();
            let violations = violations.map(|(field, violation)| {
                Value::from(vec![field.name.as_str().into(), violation.code().into()])
            });
            violations.collect::<Vec<_>>().into()
        };
        let wanted = case.get("violations").unwrap();
        assert_eq!(
            &violations(&context(&answers, Some(&known))),
            wanted,
            "{name}"
        );

        let sent = codec::encode(&form, &answers, Some(&known));
        let nothing = Value::from(Object::new());
        for (what, found) in [
            ("root", &sent.root),
            ("user_metadata", &sent.user_metadata),
            ("deferred", &sent.deferred),
        ] {
            let wanted = case.get(what).unwrap_or(&nothing);
            assert_eq!(&Value::from(found.clone()), wanted, "{what} of {name}");
        }

        // The server reads it back and judges it the same.
        let received = codec::decode(&form, &sent).unwrap();
        assert_eq!(&violations(&context(&received, None)), wanted, "{name}");
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

fn fields(value: &Value, name: &str) -> Vec<Field> {
    let mut problems = Vec::new();
    let fields = read_fields(value, &Place::of("fields"), "en", &mut problems);
    assert_eq!(problems, [], "{name}");
    fields
}

fn form(case: &Object) -> Form {
    let mut problems = Vec::new();
    let connection = match case.get("connection") {
        Some(connection) => {
            read_connection(connection, &Place::of("connection"), &mut problems).unwrap()
        }
        None => Connection::default(),
    };
    assert_eq!(problems, []);
    let sign_up = SignUp {
        fields: fields(case.get("fields").unwrap(), case.text("name").unwrap()),
        ..SignUp::default()
    };
    Form::sign_up(&connection, &sign_up, &Texts::default())
}

fn answers(form: &Form, object: &Object) -> Answers {
    let mut answers = Answers::default();
    for (name, value) in object.iter() {
        answers.set(name, answer(form.field(name).unwrap(), value));
    }
    answers
}

/// What somebody typed, ticked or chose.
fn answer(field: &Field, typed: &Value) -> Answer {
    match (&field.kind, typed) {
        (FieldKind::Checkboxes(_), Value::List(items)) => {
            let items = items.iter().filter_map(Value::as_text).map(str::to_owned);
            Answer::List(items.collect())
        }
        (_, Value::Bool(ticked)) => Answer::Bool(*ticked),
        (_, typed) => field.typed(typed.as_text().unwrap()),
    }
}
