//! Problems of which nothing is kept but that they are there.
//!
//! Nothing here looks at what it is given, so the compiler leaves out whatever
//! a reader says for it.

use super::Code;

/// One mistake in a config.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem;

impl Problem {
    /// A mistake.
    pub fn new(_: Place, _: Code, _: &[&str]) -> Self {
        Self
    }

    /// A text that is none of the possible ones.
    pub fn none_of<T>(_: Place, _: &str, _: T) -> Self {
        Self
    }

    /// The same.
    pub fn meant(self, _: Option<String>) -> Self {
        self
    }
}

/// Where in a config one is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place(());

impl Place {
    /// An option of the config.
    pub fn of(_: &str) -> Self {
        Self(())
    }

    /// An option of what is here.
    #[must_use]
    pub fn option(&self, _: &str) -> Self {
        Self(())
    }

    /// An item of the list that is here.
    #[must_use]
    pub fn item(&self, _: usize) -> Self {
        Self(())
    }
}

/// A part of a sentence that nobody reads.
pub fn number(_: u32) -> String {
    String::new()
}

/// A part of a sentence that nobody reads.
pub fn listed<T>(_: T) -> String {
    String::new()
}

/// Nobody asks what was meant.
pub fn nearest<T>(_: &str, _: T) -> Option<String> {
    None
}
