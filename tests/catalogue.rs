//! The catalogue of events: what the code tells and what the page is promised
//! are the same.
#![cfg(not(target_arch = "wasm32"))]

use latchlet::core::{Failure, Value};
use latchlet::{About, Event};

/// The rows of the table in the documentation, by the name of the event.
fn documented() -> Vec<(&'static str, &'static str)> {
    include_str!("../docs/EMBEDDING.md")
        .lines()
        .filter_map(|line| line.strip_prefix("| `latchlet:"))
        .filter_map(|line| line.split_once("` | "))
        // What only a page says: there is no widget then.
        .filter(|(name, _)| *name != "fatal")
        .collect()
}

#[test]
fn the_documentation_has_every_event_and_no_other() {
    let documented = documented();
    let names: Vec<&str> = documented.iter().map(|(name, _)| *name).collect();
    let told: Vec<&str> = Event::CATALOGUE.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, told);
    for ((name, row), (_, keys)) in documented.iter().zip(Event::CATALOGUE) {
        for key in keys.iter().filter(|key| **key != "…") {
            assert!(row.contains(&format!("`{key}`")), "{name} has {key}");
        }
    }
}

#[test]
fn every_event_is_in_the_catalogue() {
    let about = About::default;
    let events = [
        Event::Shown("signIn"),
        Event::BeforeSubmit("signIn", Value::Null),
        Event::Submitted("signIn", Value::Null),
        Event::SignedUp(Value::Null),
        Event::Failed("signIn", Failure::default()),
        Event::ConfigRejected(Vec::new()),
        Event::ProfileShown(about()),
        Event::ProfileAnswered(about()),
        Event::ProfileSkipped(about()),
        Event::ProfileSnoozed(about()),
        Event::FieldError("signIn", String::new(), "required"),
    ];
    for event in events {
        let name = event.name();
        let entry = Event::CATALOGUE.iter().find(|(entry, _)| *entry == name);
        assert!(entry.is_some(), "{name}");
    }
}

#[test]
fn what_a_prompt_tells_is_what_the_catalogue_says() {
    for (name, keys) in Event::CATALOGUE {
        if !name.starts_with("profile") {
            continue;
        }
        let detail = About::default().into_detail(name);
        let Value::Object(detail) = detail else {
            unreachable!("a detail is an object");
        };
        let mut told: Vec<&str> = detail.iter().map(|(key, _)| key).collect();
        let mut keys = keys.to_vec();
        told.sort_unstable();
        keys.sort_unstable();
        assert_eq!(told, keys, "{name}");
    }
}
