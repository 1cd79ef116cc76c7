//! Who may write an answer.

use latchlet_core::progressive::Write;
use latchlet_core::{Object, Value};
use latchlet_wire::error::code;
use latchlet_wire::{ApiError, FieldError};

use super::Questions;
use crate::form::pointer;

/// Refuses a change of what the person may not write, or not write any more.
/// What is stored already is no change.
pub fn check(questions: &Questions<'_>, stored: &Object, change: &Object) -> Result<(), ApiError> {
    let mut errors = Vec::new();
    for (name, value) in change.iter() {
        let before = stored.get(name);
        if before.unwrap_or(&Value::Null) == value {
            continue;
        }
        let (code, message) = match questions.write(name) {
            Write::User => continue,
            Write::Create if before.is_none() => continue,
            Write::Create => ("create_only", "This is answered once, and it is answered."),
            Write::Server => ("server_only", "Only a server writes this."),
        };
        errors.push(FieldError {
            path: pointer(name),
            code: code.to_owned(),
            message: message.to_owned(),
        });
    }
    match errors.is_empty() {
        true => Ok(()),
        false => Err(ApiError {
            errors,
            ..ApiError::new(
                403,
                code::NOT_WRITABLE,
                "Some values cannot be written with this token; `errors` says which.",
            )
        }),
    }
}
