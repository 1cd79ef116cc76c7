//! Patterns: linear time, whatever the pattern and the text.

use std::time::{Duration, Instant};

use latchlet_core::date::Today;
use latchlet_core::field::MAX_DEFERRED_VALUE;
use latchlet_core::pattern::{MAX_LENGTH, Pattern, matches};
use latchlet_core::{Answer, Answers, Context, Date, Field, FieldKind, Object, Violation};
use proptest::prelude::*;

/// Far above what the slowest machine needs, far below what backtracking does.
const SOON: Duration = Duration::from_secs(10);

/// What makes engines that backtrack wait for years.
const NASTY: [&str; 8] = [
    "(a+)+b",
    "(a|aa)+b",
    "(a|a?)+b",
    "(.*)*x",
    "(.*a){20}b",
    "([a-z]+)*[0-9]",
    "(a?){50}a{50}b",
    "(x+x+)+y|(a*)*$",
];

#[test]
fn no_pattern_makes_a_form_wait() {
    let longest = "a".repeat(MAX_DEFERRED_VALUE as usize);
    for nasty in NASTY {
        let start = Instant::now();
        assert!(!matches(nasty, &longest) || nasty.ends_with('$'), "{nasty}");
        assert!(start.elapsed() < SOON, "{nasty}: {:?}", start.elapsed());
    }
}

#[test]
fn a_text_over_the_limit_is_not_even_matched() {
    for kind in [
        FieldKind::Text,
        FieldKind::Email,
        FieldKind::Telephone,
        FieldKind::Url,
    ] {
        let mut field = Field::new("field", kind, "Field");
        field.rules.pattern = Some(NASTY[0].to_owned());
        let context = Context {
            answers: &Answers::default(),
            known: Some(&Object::new()),
            today: Today::here(Date::EPOCH),
            matches: &|_, text| panic!("{} characters were matched", text.len()),
        };
        let long = Answer::Text("a".repeat(1_000_000));
        assert_ne!(field.validate(&long, &context), Ok(()));
        assert_ne!(field.validate(&long, &context), Err(Violation::Pattern));
    }
}

proptest! {
    #[test]
    fn any_pattern_is_one_or_is_told(
        source in prop_oneof![any::<String>(), r"[a-z(|)*+?.{}0-9\[\]^$\\,:-]{0,40}"],
        text in prop_oneof![any::<String>(), "[a-z0-9]{0,300}"],
    ) {
        let start = Instant::now();
        match Pattern::new(&source) {
            Ok(pattern) => {
                prop_assert!(source.chars().count() <= MAX_LENGTH);
                prop_assert_eq!(pattern.matches(&text), matches(&source, &text));
            }
            Err(said) => {
                prop_assert!(!said.is_empty());
                prop_assert!(!matches(&source, &text));
            }
        }
        prop_assert!(start.elapsed() < SOON);
    }

    #[test]
    fn a_pattern_without_signs_matches_itself_alone(text in "[a-z0-9 ]{1,40}", more in "[a-z]{1,3}") {
        prop_assert!(matches(&text, &text));
        let longer = format!("{text}{more}");
        prop_assert!(!matches(&text, &longer));
    }
}
