//! The domain of Latchlet: what a form is, what its answers may be, and what
//! the auth backend says about them.
//!
//! Everything here is pure: no web, no async, no clock, no database. The
//! browser and the server compile the same functions, so that the rules that
//! one shows are the rules that the other enforces.

pub mod answers;
pub mod checklist;
pub mod codec;
pub mod config;
pub mod connection;
pub mod email;
pub mod field;
pub mod form;
pub mod message;
pub mod outcome;
pub mod password;
pub mod timing;
pub mod username;
pub mod value;
pub mod violation;

pub use answers::{Answer, Answers};
pub use config::Config;
pub use connection::Connection;
pub use field::{Field, FieldKind, Storage};
pub use form::Form;
pub use message::Message;
pub use outcome::Failure;
pub use value::{Object, Value};
pub use violation::Violation;
