//! The sentences of one box: English, and the page's own words where it has
//! any.

use std::borrow::Cow;

use crate::message::Message;

/// The sentences of one box.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Texts {
    own: Vec<(Message, String)>,
}

impl Texts {
    /// Says something in other words.
    pub fn set(&mut self, message: Message, text: String) {
        self.own.retain(|(other, _)| *other != message);
        self.own.push((message, text));
    }

    /// The template of a message.
    fn template(&self, message: Message) -> Option<&str> {
        let (_, text) = self.own.iter().find(|(own, _)| *own == message)?;
        Some(text)
    }

    /// The sentence of a message without placeholders.
    pub fn get(&self, message: Message) -> Cow<'static, str> {
        match self.template(message) {
            Some(text) => Cow::Owned(text.to_owned()),
            None => Cow::Borrowed(message.english()),
        }
    }

    /// The sentence with its placeholders filled in. What is filled in is text
    /// too: braces in it mean nothing.
    pub fn with(&self, message: Message, arguments: &[(&str, &str)]) -> String {
        let mut sentence = String::new();
        let mut rest = self.template(message).unwrap_or(message.english());
        while let Some((before, after)) = rest.split_once('{') {
            sentence.push_str(before);
            let Some((name, after)) = after.split_once('}') else {
                rest = after;
                break;
            };
            for (argument, value) in arguments {
                if *argument == name {
                    sentence.push_str(value);
                }
            }
            rest = after;
        }
        sentence.push_str(rest);
        sentence
    }

    /// A sentence with one number in it.
    pub fn number(&self, message: Message, n: u32) -> String {
        self.with(message, &[("n", &n.to_string())])
    }
}

#[cfg(test)]
mod tests {
    use super::{Message, Texts};

    #[test]
    fn what_is_filled_in_is_only_text() {
        assert_eq!(
            Texts::default().with(Message::TooShort, &[("label", "{n} <b>"), ("n", "3")]),
            "{n} <b> must have at least 3 characters"
        );
    }

    #[test]
    fn the_page_may_say_it_in_other_words() {
        let mut texts = Texts::default();
        texts.set(Message::TooShort, "Mindestens {n} Zeichen".to_owned());
        assert_eq!(texts.number(Message::TooShort, 3), "Mindestens 3 Zeichen");
        assert_eq!(texts.get(Message::EmailLabel), "Email address");
    }
}
