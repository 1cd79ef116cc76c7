//! What is asked of whom, the same natively and in the browser.
#![expect(
    clippy::unwrap_used,
    reason = "clippy knows `#[test]`, not `#[wasm_bindgen_test]`"
)]

#[path = "golden/read.rs"]
mod golden;

use latchlet_core::config::Progressive;
use latchlet_core::progressive::simulate::{Persona, Step, simulate};
use latchlet_core::progressive::{
    DAY, Facts, History, Outcome, Reason, Source, Why, consent_text, duration, plan,
};
use latchlet_core::{Config, Object, Value};
use wasm_bindgen_test::wasm_bindgen_test;

use golden::read;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

fn progressive(profile: &Value) -> Progressive {
    let mut config = Object::new();
    config.insert("clientId", "app");
    config.insert("domain", "login.example.com");
    config.insert("progressiveProfile", profile.clone());
    Config::read(&config.into()).unwrap().progressive.unwrap()
}

/// A persona of whom only some things are said.
fn persona(said: &Value) -> Persona {
    let mut all = said.as_object().unwrap().clone();
    for (name, usual) in [("user", "auth0|1"), ("signedUp", "2026-01-01")] {
        if all.get(name).is_none() {
            all.insert(name, usual);
        }
    }
    Persona::read(&all.into()).unwrap()
}

/// What is asked at a login: names, `!` after what cannot be skipped.
fn asked(step: &Step) -> String {
    let names = step.plan.ask.iter().map(|asked| {
        let mark = if asked.required { "!" } else { "" };
        [asked.name.as_str(), mark].concat()
    });
    names.collect::<Vec<_>>().join(" ")
}

fn code(reason: &Reason) -> String {
    match reason {
        Reason::Known(source) => ["known ", source.code()].concat(),
        reason => reason.code().to_owned(),
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn people_are_asked_what_the_policy_says() {
    let cases = read(include_str!("golden/progressive.json"));
    for case in cases.as_list().unwrap() {
        let case = case.as_object().unwrap();
        let name = case.text("name").unwrap();
        let Progressive { policy, schema, .. } = progressive(case.get("profile").unwrap());
        let persona = persona(case.get("persona").unwrap());
        let wanted = case.get("asked").and_then(Value::as_list).unwrap();
        let (steps, metadata) = simulate(&policy, &schema, &persona, wanted.len() as u32);
        let found: Vec<Value> = steps.iter().map(|step| asked(step).into()).collect();
        assert_eq!(found, wanted, "{name}");
        let last = &steps.last().unwrap().plan.reasons;
        let nothing = Object::new();
        let of = |what| {
            case.get(what)
                .and_then(Value::as_object)
                .unwrap_or(&nothing)
        };
        for (field, wanted) in of("reasons").iter() {
            let (_, reason) = last.iter().find(|(name, _)| name == field).unwrap();
            let found = code(reason);
            let wanted = wanted.as_text().unwrap();
            assert!(
                found == wanted || found.starts_with(&[wanted, " "].concat()),
                "{name}: {field} is {found}"
            );
        }
        for (field, wanted) in of("stored").iter() {
            let stored = metadata.get(field).unwrap_or(&Value::Null);
            assert_eq!(stored, wanted, "{name}: {field}");
        }
    }
}

const COMPANY: &str = r#"{ "coolDown": "1d", "fields": [
    { "name": "company", "label": "Company", "keep": true },
    { "name": "team", "label": "Team" },
    { "name": "news", "label": "News", "hint": "Now and then", "type": "consent", "version": "3", "document": "/news" }
] }"#;

/// The plan of somebody about whom little is known.
fn planned(
    history: &History,
    metadata: &Object,
    requested: &[String],
    now: i64,
) -> Vec<(String, Why)> {
    let Progressive { policy, schema, .. } = progressive(&read(COMPANY));
    let facts = Facts {
        user: "auth0|1",
        login: history.login.count,
        signed_up: None,
        claims: &Object::new(),
        profile: &Object::new(),
        metadata,
        known: None,
        connection: "",
        locale: "en",
        history,
        requested,
    };
    let ask = plan(&policy, &schema, &facts, now).ask;
    ask.into_iter()
        .map(|asked| (asked.name, asked.why))
        .collect()
}

fn names(plan: &[(String, Why)]) -> Vec<&str> {
    plan.iter().map(|(name, _)| name.as_str()).collect()
}

#[wasm_bindgen_test(unsupported = test)]
fn a_prompt_that_is_open_is_shown_again_at_the_same_login_and_no_other() {
    let (mut history, metadata) = (History::default(), Object::new());
    history.login.seen("1", None);
    let first = planned(&history, &metadata, &[], 100);
    assert_eq!(names(&first), ["company", "team"]);
    history.shown([("company", ""), ("team", "")], 1, 100);
    history.came("company", "", Outcome::Answered, 130);
    let metadata: Object = [("company", "Ltd")].into_iter().collect();
    let again = planned(&history, &metadata, &[], 160);
    assert_eq!(again, [("team".to_owned(), Why::Open)]);
    history.shown([("team", "")], 1, 160);
    assert_eq!(history.entry("team").unwrap().asked, 1);
    history.closed(170);
    assert_eq!(planned(&history, &metadata, &[], 180), []);
    assert_eq!(history.entry("team").unwrap().outcome, Outcome::Skipped);
    history.login.seen("2", None);
    assert_eq!(planned(&history, &metadata, &[], 100 + DAY - 1), []);
    let next = planned(&history, &metadata, &[], 100 + DAY);
    assert_eq!(names(&next), ["team", "news"]);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_consent_can_be_asked_for_to_withdraw_it() {
    let mut history = History::default();
    history.login.seen("1", None);
    history.shown([("news", "3")], 1, 100);
    history.came("news", "3", Outcome::Answered, 110);
    history.closed(110);
    let agreed: Object = [("news", "3")].into_iter().collect();
    assert_eq!(planned(&history, &agreed, &[], 120 + 9 * DAY), []);
    let requested = ["news".to_owned(), "company".to_owned()];
    assert_eq!(
        names(&planned(&history, &agreed, &requested, 120)),
        ["company", "news"]
    );
    // Withdrawn, and not asked any more.
    history.login.seen("2", None);
    let asked = planned(&history, &Object::new(), &[], 120 + 9 * DAY);
    assert_eq!(names(&asked), ["company", "team"]);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_provider_never_overwrites_what_the_person_said() {
    let Progressive { policy, schema, .. } = progressive(&read(COMPANY));
    let claims: Object = [("company", "Provider Ltd")].into_iter().collect();
    let kept = |metadata: &Object, history: &History| {
        let facts = Facts {
            user: "auth0|1",
            login: 1,
            signed_up: None,
            claims: &claims,
            profile: &Object::new(),
            metadata,
            known: None,
            connection: "",
            locale: "en",
            history,
            requested: &[],
        };
        plan(&policy, &schema, &facts, 100).keep
    };
    let mut history = History::default();
    let value = Value::from("Provider Ltd");
    let wanted = [("company".to_owned(), value, Source::Provider)];
    assert_eq!(kept(&Object::new(), &history), wanted);
    history.change("company", |entry| entry.source = Source::Provider);
    let stored: Object = [("company", "Old Provider Ltd")].into_iter().collect();
    assert_eq!(kept(&stored, &history), wanted);
    history.came("company", "", Outcome::Answered, 50);
    assert_eq!(kept(&stored, &history), []);
    assert_eq!(kept(&stored, &History::default()), []);
}

#[wasm_bindgen_test(unsupported = test)]
fn lengths_of_time() {
    assert_eq!(duration("36h"), Some(36 * 3_600));
    assert_eq!(duration("2w"), Some(14 * DAY));
    assert_eq!(duration("0d"), Some(0));
    for wrong in [
        "",
        "d",
        "1",
        "1m",
        "-1d",
        "+1d",
        "1.5d",
        " 1d",
        "9999999d",
        "99999999999999999999h",
        "1日",
    ] {
        assert_eq!(duration(wrong), None, "{wrong}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn the_text_of_a_consent_is_what_is_seen() {
    let schema = progressive(&read(COMPANY)).schema;
    let news = &schema.field("news").unwrap().field;
    assert_eq!(
        consent_text(news).as_deref(),
        Some("News\nNow and then\n\n/news\n3")
    );
    assert_eq!(consent_text(&schema.field("team").unwrap().field), None);
}
