//! What `progressiveProfile` means, option by option.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use latchlet_core::config::{Progressive, Save};
use latchlet_core::progressive::{
    AfterSkips, Ask, DAY, Display, Origin, OriginRoot, Policy, Write,
};
use latchlet_core::{Config, Date, Storage, Value};
use serde_json::json;

fn read(sign_up: serde_json::Value, asked: serde_json::Value) -> Progressive {
    let config = json!({
        "clientId": "app",
        "domain": "login.example.com",
        "additionalSignUpFields": sign_up,
        "progressiveProfile": asked,
    });
    let config: Value = serde_json::from_value(config).unwrap();
    Config::read(&config).unwrap().progressive.unwrap()
}

fn origin(root: OriginRoot, path: &[&str]) -> Origin {
    Origin {
        root,
        path: path.iter().map(|name| (*name).to_owned()).collect(),
    }
}

#[test]
fn nothing_is_asked_unless_the_config_says_so() {
    let config: Value = serde_json::from_str(r#"{"clientId":"a","domain":"x.org"}"#).unwrap();
    assert_eq!(Config::read(&config).unwrap().progressive, None);
}

#[test]
fn what_is_not_said_has_its_default() {
    let question = json!([{ "name": "company", "label": "Company" }]);
    let Progressive {
        policy,
        schema,
        save,
        queue,
    } = read(json!([]), json!({ "fields": question }));
    assert_eq!(policy, Policy::default());
    assert_eq!((save, queue), (Save::Auth0, false));
    let [question] = &schema.fields[..] else {
        panic!("{schema:?}");
    };
    assert_eq!(question.ask, Ask::default());
    assert_eq!((&question.from[..], question.confirm), (&[][..], None));
    assert_eq!(question.write, Write::User);
    assert!(!question.always && !question.declinable && !question.keep);
    assert!(!question.field.required, "unlike a field of the sign-up");
    assert_eq!(question.field.storage, Storage::UserMetadata);
}

#[test]
fn what_is_said_holds() {
    let Progressive {
        policy,
        save,
        queue,
        ..
    } = read(
        json!([]),
        json!({
            "fields": [{ "name": "company", "label": "Company" }],
            "maxFields": 1,
            "coolDown": "36h",
            "snooze": ["1w", "2d"],
            "afterSkips": { "skips": 5, "rest": "forever" },
            "version": "2026-05",
            "display": "banner",
            "steps": true,
            "save": { "url": "/profile", "credentials": "cookie", "idempotencyKey": true },
            "queue": true,
        }),
    );
    let said = Policy {
        max_fields: 1,
        cool_down: DAY + DAY / 2,
        snooze: vec![7 * DAY, 2 * DAY],
        after_skips: Some(AfterSkips {
            skips: 5,
            rest: None,
        }),
        version: "2026-05".to_owned(),
        display: Display::Banner,
        steps: true,
    };
    assert_eq!(policy, said);
    let endpoint = Save::Endpoint {
        url: "/profile".to_owned(),
        cookie: true,
        idempotent: true,
    };
    assert_eq!((save, queue), (endpoint, true));
}

#[test]
fn skipping_again_and_again_can_have_no_end_no_rest_or_another() {
    let fields = json!([{ "name": "company", "label": "Company" }]);
    let after = |said: serde_json::Value| {
        let asked = json!({ "fields": fields, "afterSkips": said });
        read(json!([]), asked).policy.after_skips
    };
    let rests = |skips, days: i64| {
        Some(AfterSkips {
            skips,
            rest: Some(days * DAY),
        })
    };
    assert_eq!(after(json!(false)), None);
    assert_eq!(after(json!(null)), rests(3, 90));
    assert_eq!(after(json!({ "skips": 1 })), rests(1, 90));
    assert_eq!(after(json!({ "rest": "30d" })), rests(3, 30));
}

#[test]
fn a_question_has_its_own_time_and_sources() {
    let asked = json!({ "fields": [
        {
            "name": "company",
            "label": "Company",
            "ask": {
                "fromLogin": 2, "everyLogins": 3, "sinceSignUp": "1d", "again": "1w",
                "event": "exported", "priority": -7, "requiredFrom": "2026-12-01",
                "share": 0, "maxTimes": 0,
            },
            "from": ["claims.org.name", "profile.identities.0.profileData.company",
                     "metadata.firm", "enrichment.company", "known.company",
                     "claims.https://example.com/company"],
            "always": true, "confirm": "2w", "declinable": true, "keep": true,
        },
        { "name": "phone", "label": "Phone", "ask": { "onDemand": true }, "write": "create" },
        { "name": "segment", "label": "Segment", "write": "server" },
    ] });
    let schema = read(json!([]), asked).schema;
    let company = schema.field("company").unwrap();
    let ask = Ask {
        from_login: 2,
        every_logins: 3,
        since_sign_up: DAY,
        again: 7 * DAY,
        event: Some("exported".to_owned()),
        on_demand: false,
        priority: -7,
        required_from: Date::parse("2026-12-01"),
        share: Some(0),
        max_times: Some(0),
    };
    assert_eq!(company.ask, ask);
    let from = [
        origin(OriginRoot::Claims, &["org", "name"]),
        origin(
            OriginRoot::Profile,
            &["identities", "0", "profileData", "company"],
        ),
        origin(OriginRoot::Metadata, &["firm"]),
        origin(OriginRoot::Enrichment, &["company"]),
        origin(OriginRoot::Known, &["company"]),
        origin(OriginRoot::Claims, &["https://example", "com/company"]),
    ];
    assert_eq!(company.from, from);
    assert_eq!(company.confirm, Some(14 * DAY));
    assert!(company.always && company.declinable && company.keep);
    let phone = schema.field("phone").unwrap();
    assert!(phone.ask.on_demand);
    let writers = schema.fields.iter().map(|question| question.write);
    assert!(writers.eq([Write::User, Write::Create, Write::Server]));
}

#[test]
fn what_must_be_answered_must_be_from_the_first_day_on() {
    let asked = json!({ "fields": [{ "name": "company", "label": "Company", "required": true }] });
    let schema = read(json!([]), asked).schema;
    let company = schema.field("company").unwrap();
    assert_eq!(company.ask.required_from, Date::new(1, 1, 1));
    assert!(company.is_required(0));
    assert!(!company.field.required, "the prompt says when it is");
}

#[test]
fn a_field_of_the_sign_up_is_taken_as_it_is() {
    let sign_up = json!([
        { "name": "company", "label": "Company", "hint": "Where you work", "required": true },
        { "name": "name", "label": "Name", "storage": "root" },
    ]);
    let asked = json!({ "fields": [{ "name": "company", "ask": { "fromLogin": 2 } }] });
    let schema = read(sign_up, asked).schema;
    let names: Vec<&str> = schema.sign_up.iter().map(|field| &*field.name).collect();
    assert_eq!(names, ["company", "name"]);
    let company = schema.field("company").unwrap();
    assert_eq!(company.field.hint.as_deref(), Some("Where you work"));
    assert_eq!(company.ask.from_login, 2);
    // That the sign-up wants it says nothing of who came another way.
    assert!(!company.field.required && company.ask.required_from.is_none());
    assert!(schema.sign_up[0].required);
}
