//! What a person answered, typed, by the name of the field.

/// One answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A text, exactly as typed; also the value of a chosen option.
    Text(String),
    /// Whether a box is ticked.
    Bool(bool),
}

impl Answer {
    /// The text, or nothing for a box.
    pub fn text(&self) -> &str {
        match self {
            Answer::Text(text) => text,
            Answer::Bool(_) => "",
        }
    }

    /// Whether it is an empty text or an unticked box.
    pub fn is_blank(&self) -> bool {
        match self {
            Answer::Text(text) => text.trim().is_empty(),
            Answer::Bool(ticked) => !ticked,
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

    /// Sets the answer to a field.
    pub fn set(&mut self, name: &str, answer: Answer) {
        match self.entries.iter_mut().find(|(field, _)| field == name) {
            Some((_, old)) => *old = answer,
            None => self.entries.push((name.to_owned(), answer)),
        }
    }
}
