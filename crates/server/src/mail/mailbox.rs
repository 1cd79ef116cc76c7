//! The mailbox of `serve --dev`: what was sent stays here, for a developer or a
//! test to read.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use super::Letter;

/// The most letters that are kept.
const MOST: usize = 100;

/// The mailbox of `serve --dev`.
#[derive(Default)]
pub struct Mailbox(Mutex<VecDeque<Letter>>);

impl Mailbox {
    /// Puts a letter in. The oldest makes room.
    pub fn put(&self, letter: Letter) {
        let mut letters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if letters.len() == MOST {
            letters.pop_front();
        }
        letters.push_back(letter);
    }

    /// Every letter, the oldest first.
    pub fn letters(&self) -> Vec<Letter> {
        let letters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        letters.iter().cloned().collect()
    }
}
