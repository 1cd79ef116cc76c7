//! The one character that a text of PostgreSQL cannot hold: U+0000.
//!
//! It is written as U+0001 and `0`, and U+0001 itself as U+0001 and `1`, so
//! that every text is read back as it was, and different texts stay different.
//! Texts of people have neither; JSON writes both in its own way.

const ESCAPE: char = '\u{1}';

/// A text without U+0000.
pub fn escape(text: String) -> String {
    if !text.contains(['\0', ESCAPE]) {
        return text;
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for char in text.chars() {
        match char {
            '\0' => escaped.extend([ESCAPE, '0']),
            ESCAPE => escaped.extend([ESCAPE, '1']),
            char => escaped.push(char),
        }
    }
    escaped
}

/// The text that was escaped.
pub fn unescape(text: String) -> String {
    if !text.contains(ESCAPE) {
        return text;
    }
    let mut unescaped = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        unescaped.push(match char {
            ESCAPE if chars.next() == Some('0') => '\0',
            char => char,
        });
    }
    unescaped
}

#[cfg(test)]
mod tests {
    use super::{escape, unescape};

    #[test]
    fn every_text_is_read_back_and_none_has_what_postgres_cannot_hold() {
        let texts = ["", "Ada", "\0", "\u{1}", "\u{1}0", "\0\u{1}1\0", "a\0日本"];
        let escaped = texts.map(|text| escape(text.to_owned()));
        for (text, escaped) in texts.iter().zip(&escaped) {
            assert!(!escaped.contains('\0'), "{escaped:?}");
            assert_eq!(unescape(escaped.clone()), *text);
        }
        assert_eq!(escaped[1], "Ada");
    }
}
