//! What a box leaves to the one that takes its place.

use std::cell::RefCell;
use std::rc::Rc;

use latchlet_core::{Answer, Failure};

use crate::backend::Session;

use super::Signal;

/// What outlives a box that another one takes the place of: what was typed and
/// is no secret, and a login that is being finished.
#[derive(Clone)]
pub struct Kept {
    answers: Rc<RefCell<Vec<(String, Answer)>>>,
    /// The login that the page was opened with.
    pub login: Signal<Login>,
}

/// The login that a page was opened with.
pub enum Login {
    /// There is none, or it is over.
    None,
    /// It is being finished.
    UnderWay,
    /// It is finished, and no screen shows it yet.
    Finished(Result<Session, Failure>),
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            answers: Rc::default(),
            login: Signal::new(Login::None),
        }
    }
}

impl Kept {
    /// What was typed into a field; an empty text if it was emptied, nothing
    /// if nobody touched it.
    pub fn get(&self, name: &str) -> Option<Answer> {
        let answers = self.answers.borrow();
        let (_, answer) = answers.iter().find(|(field, _)| field == name)?;
        Some(answer.clone())
    }

    /// Remembers what was typed.
    pub fn set(&self, name: &str, answer: Answer) {
        let mut answers = self.answers.borrow_mut();
        answers.retain(|(field, _)| field != name);
        answers.push((name.to_owned(), answer));
    }
}
