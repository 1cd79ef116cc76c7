//! Progressive profiling as the server sees it.
//!
//! A client says what it asked and what came of it. The server trusts no such
//! list: it makes its own plan, by its own clock, and takes a change only if
//! nothing that must be answered goes away unanswered ([`accept`]).

mod accept;
mod consents;
mod history;
mod person;
mod questions;
mod required;
mod write;

pub use accept::accept;
pub use consents::{Circumstances, at_sign_up};
pub use person::Person;
pub use questions::Questions;
