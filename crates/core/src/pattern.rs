//! `rules.pattern`: one dialect, in linear time, on both sides.
//!
//! The dialect is that of the crate [regex-lite]: Perl's syntax without
//! look-around and back-references, `\d`, `\w` and `\s` for ASCII. It never
//! backtracks, so that no text can make it wait. The pattern must match the
//! whole text.
//!
//! [regex-lite]: https://docs.rs/regex-lite/latest/regex_lite/#syntax

use regex_lite::{Regex, RegexBuilder};

/// The most characters of a pattern.
pub const MAX_LENGTH: usize = 500;
/// The most bytes of a compiled pattern.
const MAX_SIZE: usize = 1 << 18;

/// A pattern that is ready to be used.
#[derive(Clone, Debug)]
pub struct Pattern(Regex);

impl Pattern {
    /// Reads a pattern. The error is a sentence for its author.
    pub fn new(source: &str) -> Result<Self, String> {
        if source.chars().count() > MAX_LENGTH {
            return Err("a pattern has at most 500 characters".to_owned());
        }
        // By itself first: brackets that close too early would end ours.
        let build = |source: &str| {
            RegexBuilder::new(source)
                .size_limit(MAX_SIZE)
                .nest_limit(50)
                .build()
                .map_err(|error| error.to_string())
        };
        build(source)?;
        build(&["^(?:", source, ")$"].concat()).map(Self)
    }

    /// Whether it matches the whole of a text.
    pub fn matches(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

/// Whether the whole of a text matches a pattern, which is compiled once a
/// thread. What is no pattern matches nothing: a config that has it is refused.
pub fn matches(pattern: &str, text: &str) -> bool {
    use std::cell::RefCell;
    use std::collections::HashMap;
    thread_local! {
        static COMPILED: RefCell<HashMap<String, Option<Pattern>>> = RefCell::default();
    }
    COMPILED.with_borrow_mut(|compiled| {
        if !compiled.contains_key(pattern) {
            compiled.insert(pattern.to_owned(), Pattern::new(pattern).ok());
        }
        matches!(compiled.get(pattern), Some(Some(pattern)) if pattern.matches(text))
    })
}

#[cfg(test)]
mod tests {
    use super::{Pattern, matches};

    #[test]
    fn the_whole_text_must_match() {
        assert!(matches("[A-Z]{2}|[0-9]+", "AB"));
        assert!(matches("[A-Z]{2}|[0-9]+", "42"));
        assert!(!matches("[A-Z]{2}|[0-9]+", "AB42"));
        assert!(!matches("[A-Z]{2}", "AB\n"));
        assert!(matches("[^x]{2}", "日本"));
    }

    #[test]
    fn what_is_no_pattern_is_told() {
        for source in ["(", "a)(b", "a{2,1}", "(?=a)", "\\1", &"a".repeat(501)] {
            assert!(Pattern::new(source).is_err(), "{source}");
        }
    }
}
