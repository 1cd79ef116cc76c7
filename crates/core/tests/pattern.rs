//! Our patterns against regex-lite's, whose dialect they are a part of.
#![cfg(not(target_arch = "wasm32"))]

use latchlet_core::pattern::Pattern;
use proptest::prelude::*;

/// Patterns that are mostly well formed, over few characters, so that texts
/// match often.
fn pattern() -> impl Strategy<Value = String> {
    let atom = prop::sample::select(vec![
        "a", "b", "-", "é", ".", "\\d", "\\w", "\\s", "\\D", "\\W", "\\.", "[ab]", "[^a]", "[a-c]",
        "[\\d_]", "[-a]", "[a-]", "[\\w.-]", "^", "$", "1", " ",
    ])
    .prop_map(str::to_owned);
    atom.prop_recursive(4, 24, 4, |inner| {
        let many = prop::collection::vec(inner.clone(), 0..4);
        let count = prop::sample::select(vec!["*", "+", "?", "{2}", "{0,2}", "{1,}", "*?", "{3}"]);
        prop_oneof![
            many.clone().prop_map(|parts| parts.concat()),
            many.prop_map(|parts| format!("(?:{})", parts.join("|"))),
            (inner.clone(), count).prop_map(|(part, count)| format!("({part}){count}")),
            inner.prop_map(|part| format!("({part})")),
        ]
    })
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[ab1. \n_é-]{0,8}", any::<String>(),]
}

/// What regex-lite says of the whole of a text.
fn reference(source: &str, text: &str) -> Option<bool> {
    let whole = format!("^(?:{source})$");
    let regex = regex_lite::Regex::new(&whole).ok()?;
    Some(regex.is_match(text))
}

proptest! {
    #[test]
    fn what_we_match_regex_lite_matches(source in pattern(), texts in prop::collection::vec(text(), 1..8)) {
        let Ok(ours) = Pattern::new(&source) else {
            return Err(TestCaseError::fail(format!("{source} is refused")));
        };
        for text in texts {
            prop_assert_eq!(Some(ours.matches(&text)), reference(&source, &text), "{:?} {:?}", source, text);
        }
    }

    #[test]
    fn what_we_read_regex_lite_reads(source in "[ab(){}\\[\\]|*+?^$.,:0-9\\\\dws-]{0,12}", text in text()) {
        if let Ok(ours) = Pattern::new(&source) {
            prop_assert_eq!(Some(ours.matches(&text)), reference(&source, &text), "{:?} {:?}", source, text);
        }
    }

    #[test]
    fn any_text_is_a_pattern_or_an_error(source in any::<String>(), text in any::<String>()) {
        if let Ok(pattern) = Pattern::new(&source) {
            let _ = pattern.matches(&text);
        }
    }
}

#[test]
fn no_text_makes_a_pattern_wait() {
    let evil = Pattern::new("(?:(?:a|a)*)*(?:a?){30}a{30}").unwrap();
    assert!(!evil.matches(&("a".repeat(5_000) + "b")));
    assert!(Pattern::new("(((a{1000}){1000}){1000}){1000}").is_err());
}
