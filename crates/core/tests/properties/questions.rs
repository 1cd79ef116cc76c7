//! Random `progressiveProfile` options as a config describes them, each
//! accepted.

use latchlet_core::{Object, Value};
use proptest::prelude::*;
use serde_json::json;

/// The name of the one field of the sign-up that a question may be.
pub const SHARED: &str = "field_0";

/// An object of those options that are there.
fn object(options: Vec<(&'static str, Option<serde_json::Value>)>) -> serde_json::Value {
    let said = options.into_iter();
    let said = said.filter_map(|(name, value)| Some((name.to_owned(), value?)));
    serde_json::Value::Object(said.collect())
}

fn duration() -> impl Strategy<Value = serde_json::Value> {
    (0_u32..500, prop::sample::select(&["h", "d", "w"][..]))
        .prop_map(|(number, unit)| json!(format!("{number}{unit}")))
}

fn some<T: Into<serde_json::Value> + std::fmt::Debug>(
    value: impl Strategy<Value = T>,
) -> impl Strategy<Value = Option<serde_json::Value>> {
    prop::option::of(value.prop_map(Into::into))
}

fn one_of(texts: &'static [&'static str]) -> impl Strategy<Value = Option<serde_json::Value>> {
    some(prop::sample::select(texts))
}

/// When a question is asked: on demand, or by all the rest.
fn ask() -> impl Strategy<Value = serde_json::Value> {
    let waits = (
        some(0_u32..5),
        some(0_u32..5),
        some(duration()),
        one_of(&["exported", "paid"]),
        one_of(&["2026-12-01", "0001-01-01"]),
    );
    let beside = (
        some(duration()),
        some(-1_000_i32..=1_000),
        some(0_u32..=100),
        some(0_u32..9),
    );
    let both = (any::<bool>(), waits, beside);
    both.prop_map(
        |(on_demand, (from, every, since, event, day), (again, rank, share, most))| {
            let waits = |value: Option<serde_json::Value>| value.filter(|_| !on_demand);
            object(vec![
                ("onDemand", Some(json!(on_demand))),
                ("fromLogin", waits(from)),
                ("everyLogins", waits(every)),
                ("sinceSignUp", waits(since)),
                ("event", waits(event)),
                ("requiredFrom", waits(day)),
                ("again", again),
                ("priority", rank),
                ("share", share),
                ("maxTimes", most),
            ])
        },
    )
}

const ORIGINS: [&str; 5] = [
    "claims.company",
    "profile.identities.0.profileData.company",
    "metadata.field_1",
    "enrichment.company",
    "known.tier",
];

/// What a question says beside its field.
fn question() -> impl Strategy<Value = serde_json::Value> {
    let from = prop::sample::subsequence(&ORIGINS[..], 0..4);
    let flags = (
        some(any::<bool>()),
        some(any::<bool>()),
        some(any::<bool>()),
    );
    let how = (one_of(&["user", "create", "server"]), some(duration()));
    (prop::option::of(ask()), some(from), flags, how).prop_map(
        |(ask, from, (always, declinable, keep), (write, confirm))| {
            let is = |writer: &str| write.as_ref().is_some_and(|write| write == writer);
            let again = |value: Option<serde_json::Value>| value.filter(|_| !is("create"));
            object(vec![
                ("ask", ask.filter(|_| !is("server"))),
                ("always", again(always)),
                ("confirm", again(confirm)),
                ("from", from),
                ("declinable", declinable),
                ("keep", keep.filter(|_| !is("server"))),
                ("write", write),
            ])
        },
    )
}

fn save() -> impl Strategy<Value = Option<serde_json::Value>> {
    let endpoint = (one_of(&["bearer", "cookie"]), some(any::<bool>())).prop_map(|(how, key)| {
        object(vec![
            ("url", Some(json!("/profile"))),
            ("credentials", how),
            ("idempotencyKey", key),
        ])
    });
    prop_oneof![one_of(&["auth0", "latchlet", "continue"]), some(endpoint)]
}

/// What holds for every prompt.
fn policy() -> impl Strategy<Value = serde_json::Value> {
    let after = prop_oneof![
        Just(json!(false)),
        (
            some(1_u32..9),
            prop_oneof![some(duration()), one_of(&["forever"])]
        )
            .prop_map(|(skips, rest)| object(vec![("skips", skips), ("rest", rest)])),
    ];
    let snooze = prop::sample::subsequence(&["1h", "1d", "1w", "30d"][..], 0..4);
    let shown = (one_of(&["inline", "modal", "banner"]), some(any::<bool>()));
    let rest = (save(), some(any::<bool>()), one_of(&["", "2026-05"]));
    (
        some(1_u32..=20),
        some(duration()),
        some(snooze),
        some(after),
        shown,
        rest,
    )
        .prop_map(
            |(most, cool_down, snooze, after, (display, steps), (save, queue, version))| {
                object(vec![
                    ("maxFields", most),
                    ("coolDown", cool_down),
                    ("snooze", snooze),
                    ("afterSkips", after),
                    ("display", display),
                    ("steps", steps),
                    ("save", save),
                    ("queue", queue),
                    ("version", version),
                ])
            },
        )
}

/// The fields of a sign-up as questions, in prompts by some policy. What only a
/// sign-up can ask is left out; one field stays in the sign-up as well.
pub fn asked_later(
    described: impl Strategy<Value = Value>,
) -> impl Strategy<Value = (Value, Value)> {
    let questions = prop::collection::vec(question(), 1..6);
    (described, questions, policy()).prop_map(|(described, questions, policy)| {
        let mut policy: Value = serde_json::from_value(policy).unwrap();
        let asked = |field: &&Object| {
            let kept = !matches!(field.text("storage"), Some("root" | "none"));
            let alone = !field
                .iter()
                .any(|(name, _)| matches!(name, "when" | "rules"));
            kept && alone && field.text("type") != Some("password")
        };
        let fields = described.as_list().unwrap().iter();
        let fields = fields.filter_map(Value::as_object).filter(asked);
        let mut sign_up: Vec<Value> = Vec::new();
        let mut later: Vec<Value> = Vec::new();
        for (field, question) in fields.zip(questions.iter().cycle()) {
            let mut entry = field.clone();
            if field.text("name") == Some(SHARED) {
                sign_up.push(field.clone().into());
                entry = [("name", SHARED)].into_iter().collect();
            }
            entry.remove("required");
            let question: Object = serde_json::from_value(question.clone()).unwrap();
            for (name, value) in question.iter() {
                entry.insert(name, value.clone());
            }
            later.push(entry.into());
        }
        if later.is_empty() {
            let motto: Object = [("name", "motto"), ("label", "Motto")]
                .into_iter()
                .collect();
            later.push(motto.into());
        }
        if let Value::Object(policy) = &mut policy {
            policy.insert("fields", later);
        }
        (sign_up.into(), policy)
    })
}
