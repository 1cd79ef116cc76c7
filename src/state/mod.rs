//! Signals around core's state: what a person typed and what is said about it.

mod check;
mod choices;
mod field;
mod flow;
mod form;
mod kept;
mod signal;

pub use choices::Choices;
pub use field::FieldState;
pub use flow::{BoxState, Event, Screen};
pub use form::FormState;
pub use kept::{Kept, Login};
pub use signal::Signal;
