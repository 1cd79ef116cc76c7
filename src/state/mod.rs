//! Signals around core's state: what a person typed and what is said about it.

mod asking;
mod check;
mod choices;
mod event;
mod event_detail;
mod field;
mod flow;
mod form;
mod kept;
mod person;
mod prompt;
mod prompt_form;
mod receipt;
pub mod requests;
mod signal;
mod tabs;
pub mod visit;

pub use asking::{Asking, leave};
pub use choices::Choices;
pub use event::{About, Event};
pub use event_detail::{failure_detail, session_detail};
pub use field::FieldState;
pub use flow::{BoxState, Screen};
pub use form::FormState;
pub use kept::{Kept, Login};
pub use person::{Outcome, Person};
pub use prompt::Prompt;
pub use signal::Signal;
