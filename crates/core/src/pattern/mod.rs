//! `rules.pattern`: one dialect, in linear time, by one engine on both sides.
//!
//! The dialect is the part of [regex-lite]'s that patterns of forms use:
//! characters, `.`, classes, groups, `|`, `*`, `+`, `?`, `{2,5}`, `^`, `$`, and
//! `\d`, `\w`, `\s` for ASCII. The pattern must match the whole text. There is
//! no back-tracking, so that no text can make it wait: time is at most the
//! length of the text times that of the pattern.
//!
//! Why not regex-lite itself: it costs the Wasm binary 19 KB of Brotli, which
//! is a quarter of the whole box, and this 3 (bench/README.md). A property test
//! holds the two equal over random patterns and texts.
//!
//! [regex-lite]: https://docs.rs/regex-lite/latest/regex_lite/#syntax

mod parse;
mod run;

use run::Program;

/// The most characters of a pattern.
pub const MAX_LENGTH: usize = 500;
/// The most steps of a compiled pattern: repetitions are written out.
const MAX_STEPS: usize = 5_000;

/// A pattern that is ready to be used.
#[derive(Clone, Debug)]
pub struct Pattern(Program);

impl Pattern {
    /// Reads a pattern. The error is a sentence for its author.
    pub fn new(source: &str) -> Result<Self, &'static str> {
        if source.chars().count() > MAX_LENGTH {
            return Err("a pattern has at most 500 characters");
        }
        let program = Program::new(&parse::parse(source)?);
        match program.len() > MAX_STEPS {
            true => Err("a pattern with so many repetitions is too large"),
            false => Ok(Self(program)),
        }
    }

    /// Whether it matches the whole of a text.
    pub fn matches(&self, text: &str) -> bool {
        self.0.matches(text)
    }
}

/// Whether the whole of a text matches a pattern. What is no pattern matches
/// nothing: a config that has it is refused.
pub fn matches(pattern: &str, text: &str) -> bool {
    Pattern::new(pattern).is_ok_and(|pattern| pattern.matches(text))
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
        assert!(matches("^a$|^b$", "b"));
        assert!(matches(r"\d{5}(-\d{4})?", "12345-6789"));
        assert!(matches(r"[\w.+-]*@[^\s]{1,}", "a.b+c@d"));
        assert!(matches("(a*)*b", "aaab") && !matches("(a*)*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaac"));
        assert!(matches("", "") && !matches("", "a"));
    }

    #[test]
    fn what_is_no_pattern_is_told() {
        for source in [
            "(",
            ")",
            "a)(b",
            "a{2,1}",
            "(?=a)",
            "\\1",
            "[z-a]",
            "[",
            "*a",
            "a{1",
            "\\",
            "a**b(",
            "(a{100}){100}",
            &"a".repeat(501),
        ] {
            assert!(Pattern::new(source).is_err(), "{source}");
        }
    }
}
