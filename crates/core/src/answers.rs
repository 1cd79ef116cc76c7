//! What a person answered, typed, by the name of the field.

use crate::date::Date;
use crate::decimal::Decimal;

/// One answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A text, exactly as typed; also the value of a chosen option, and what
    /// was typed into a number or a date and is none.
    Text(String),
    /// Whether a box is ticked.
    Bool(bool),
    /// A number.
    Number(Decimal),
    /// A day.
    Date(Date),
    /// The values of the chosen options.
    List(Vec<String>),
}

impl Answer {
    /// The text, or nothing for an answer of another type.
    pub fn text(&self) -> &str {
        match self {
            Answer::Text(text) => text,
            _ => "",
        }
    }

    /// Whether it is an empty text, an unticked box or an empty list. White
    /// space and what nobody sees make no text.
    pub fn is_blank(&self) -> bool {
        match self {
            Answer::Text(text) => text.chars().all(crate::email::is_noise),
            Answer::Bool(ticked) => !ticked,
            Answer::Number(_) | Answer::Date(_) => false,
            Answer::List(items) => items.is_empty(),
        }
    }

    /// The answer as one text: what a control shows, and what is sent where
    /// only texts are taken. A list has none.
    pub fn to_text(&self) -> String {
        match self {
            Answer::Text(text) => text.clone(),
            Answer::Bool(ticked) => ticked.to_string(),
            Answer::Number(number) => number.to_text(),
            Answer::Date(date) => date.to_text(),
            Answer::List(_) => String::new(),
        }
    }
}

/// The answers to a form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    entries: Vec<(String, Answer)>,
}

impl Answers {
    /// The answer to a field; an empty text where there is none.
    pub fn get(&self, name: &str) -> &Answer {
        static NONE: Answer = Answer::Text(String::new());
        self.entries
            .iter()
            .find(|(field, _)| field == name)
            .map_or(&NONE, |(_, answer)| answer)
    }

    /// The answer to a field, if there is one. An unticked box is one.
    pub fn given(&self, name: &str) -> Option<&Answer> {
        let (_, answer) = self.entries.iter().find(|(field, _)| field == name)?;
        let given = matches!(answer, Answer::Bool(_)) || !answer.is_blank();
        given.then_some(answer)
    }

    /// Sets the answer to a field.
    pub fn set(&mut self, name: &str, answer: Answer) {
        match self.entries.iter_mut().find(|(field, _)| field == name) {
            Some((_, old)) => *old = answer,
            None => self.entries.push((name.to_owned(), answer)),
        }
    }

    /// Forgets the answer to a field.
    pub fn remove(&mut self, name: &str) {
        self.entries.retain(|(field, _)| field != name);
    }

    /// Every answer with the name of its field.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Answer)> {
        self.entries
            .iter()
            .map(|(name, answer)| (name.as_str(), answer))
    }
}
