//! A function of the page, which stores answers wherever it likes.

use latchlet_core::value::Function;
use latchlet_core::{Object, Value};

use crate::browser::functions::{Functions, NoResult, Returned};

use super::{Access, Capabilities, Change, ProfileStore, Refused, Stored};

/// `save(answers, context)`.
pub struct Callback {
    pub(super) functions: Functions,
    pub(super) function: Function,
    /// The profile as the page gave it: there is nobody else to ask.
    pub(super) user: Object,
}

impl ProfileStore for Callback {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            lists: true,
            merges: false,
            most_bytes: 32 * 1024,
            from_browser: true,
            idempotent: true,
            counts_logins: false,
            piecemeal: true,
        }
    }

    async fn load(&self, _: &Access) -> Result<Stored, Refused> {
        Ok(Stored::read(self.user.clone()))
    }

    async fn save(&self, access: &Access, change: &Change) -> Result<Option<Stored>, Refused> {
        let mut context = Object::new();
        context.insert("user", access.user.as_str());
        context.insert("latchlet", change.history.to_value());
        context.insert("key", change.key.as_str());
        context.insert("done", change.ends);
        let values: [Value; 2] = [change.answers.clone().into(), context.into()];
        let result = match self.functions.call(self.function, &values) {
            Returned::Now(result) => result,
            Returned::Later(later) => later.await,
        };
        match result {
            Ok(_) => Ok(None),
            Err(NoResult::Threw { code, text }) => Err(Refused::Page(code, text)),
            Err(NoResult::TookTooLong) => Err(Refused::Page("timeout".to_owned(), String::new())),
        }
    }
}
