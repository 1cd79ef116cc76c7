//! What was asked before, when two tabs or two devices write it.

use latchlet_core::progressive::{Entry, History, Login, Outcome, Prompted, Receipt, Rest, Source};
use latchlet_core::{Object, Value};
use proptest::prelude::*;
use std::collections::BTreeMap;

use crate::configs::value;

const NAMES: [&str; 3] = ["company", "title", "news"];

fn entry() -> impl Strategy<Value = Entry> {
    let outcome = prop::sample::select(vec![
        Outcome::Open,
        Outcome::Skipped,
        Outcome::Snoozed,
        Outcome::Answered,
        Outcome::Declined,
    ]);
    let source = prop::sample::select(vec![Source::User, Source::Provider, Source::App]);
    (0_u32..4, 0_i64..50, 0_u32..9, outcome, 0_i64..50, source).prop_map(
        |(asked, at, login, outcome, outcome_at, source)| Entry {
            asked,
            at,
            login,
            outcome,
            outcome_at,
            // Of one edition: another one starts anew.
            version: "1".to_owned(),
            source,
        },
    )
}

fn receipt() -> impl Strategy<Value = Receipt> {
    ("[ab]", any::<bool>(), 0_i64..9, "[ab]").prop_map(|(version, granted, at, hash)| Receipt {
        version,
        granted,
        at,
        locale: "en".to_owned(),
        method: "profile".to_owned(),
        hash,
    })
}

fn named<T: std::fmt::Debug>(
    entry: impl Strategy<Value = T>,
) -> impl Strategy<Value = Vec<(String, T)>> {
    prop::collection::vec(entry, 0..=NAMES.len()).prop_map(|entries| {
        let names = NAMES.iter().map(|name| (*name).to_owned());
        names.zip(entries).collect()
    })
}

fn history() -> impl Strategy<Value = History> {
    // As many as are kept: beyond that the oldest goes, whoever merges first.
    let login = (
        0_u32..5,
        prop::collection::btree_map("[0-4]", 0_u32..9, 0..4),
    );
    let prompt = prop::option::of((0_i64..9, 0_u32..5, any::<bool>()));
    let rest = (0_u32..3, 0_i64..9, 0_i64..9);
    (
        login,
        prompt,
        rest,
        named(entry()),
        named(0_i64..9),
        named(receipt()),
    )
        .prop_map(|(login, prompt, rest, entries, events, receipts)| {
            let mut history = History {
                login: Login {
                    count: login.0.max(u32::from(!login.1.is_empty())),
                    marks: sorted(login.1),
                },
                prompt: prompt.map(|(at, login, open)| Prompted { at, login, open }),
                rest: Rest {
                    skips: rest.0,
                    until: rest.1,
                    at: rest.2,
                },
                entries,
                events,
                receipts,
            };
            // In the order in which it is stored.
            history.merge(&History::default());
            history
        })
}

fn sorted(marks: BTreeMap<String, u32>) -> Vec<(u32, String)> {
    let mut marks: Vec<_> = marks
        .into_iter()
        .map(|(mark, login)| (login, mark))
        .collect();
    marks.sort();
    marks
}

fn merged(mut one: History, other: &History) -> History {
    one.merge(other);
    one
}

proptest! {
    #[test]
    fn whoever_merges_first_finds_the_same(a in history(), b in history(), c in history()) {
        prop_assert_eq!(merged(a.clone(), &b), merged(b.clone(), &a));
        prop_assert_eq!(merged(a.clone(), &a), a.clone());
        let left = merged(merged(a.clone(), &b), &c);
        let right = merged(a, &merged(b, &c));
        prop_assert_eq!(left, right);
    }

    #[test]
    fn what_is_stored_is_read_again(history in history()) {
        let mut metadata = Object::new();
        metadata.insert("latchlet", history.to_value());
        prop_assert_eq!(History::read(&metadata), history);
    }

    #[test]
    fn whatever_is_stored_can_be_read(value in value()) {
        let Value::Object(mut stored) = value else { return Ok(()) };
        stored.insert("v", 1_u32);
        for key in ["l", "p", "r", "f", "e", "c"] {
            if let Some((_, value)) = stored.clone().iter().next() {
                stored.insert(key, value.clone());
            }
        }
        let mut metadata = Object::new();
        metadata.insert("latchlet", stored);
        let history = History::read(&metadata);
        let mut metadata = Object::new();
        metadata.insert("latchlet", history.to_value());
        prop_assert_eq!(History::read(&metadata), history);
    }

    /// Whatever the marks are: times, or texts by chance.
    #[test]
    fn a_page_that_is_loaded_again_is_no_login(marks in prop::collection::vec("[0-9a-f]{4}", 1..30)) {
        let mut login = Login::default();
        for mark in &marks {
            login.seen(mark, Some(1));
            let before = login.clone();
            login.seen(mark, Some(99));
            prop_assert_eq!(&login, &before);
            // What is stored comes back from a server that had the older ones.
            let mut metadata = Object::new();
            let history = History { login: login.clone(), ..History::default() };
            metadata.insert("latchlet", history.to_value());
            login = merged(History::read(&metadata), &history).login;
            prop_assert_eq!(&login, &before);
        }
    }
}
