//! Why nothing was loaded or stored, and what a person is told of it.

use latchlet_core::gather::Gather;
use latchlet_core::{Failure, Form, Message, Texts, Value};
use latchlet_wire::ApiError;
use latchlet_wire::error::code;

use crate::backend::failure;
use crate::browser::http::{NoReply, Reply};

use super::Stored;

/// Why nothing was loaded or stored.
#[derive(Debug)]
pub enum Refused {
    /// The store said why, and after how many seconds to come back.
    Said(Box<ApiError>, Option<u32>),
    /// There was no reply. What was sent may have been stored all the same.
    Silent(NoReply),
    /// The page's own function failed, with a code and a sentence.
    Page(String, String),
    /// Nobody is logged in.
    NoToken,
}

impl Refused {
    /// A reply that says something else than it should.
    pub fn not_of_the_contract() -> Self {
        Self::Said(Box::new(ApiError::new(500, "server_error", "")), None)
    }

    /// Whether it may be otherwise at another attempt.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Said(error, _) => {
                matches!(error.status, 408 | 429 | 500..)
                    || error.code == code::IDEMPOTENCY_KEY_IN_USE
            }
            Self::Silent(_) => true,
            Self::Page(..) | Self::NoToken => false,
        }
    }

    /// Whether it will never be otherwise.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Said(error, _) if matches!(error.status, 400 | 422))
    }

    /// The names of the fields that it is about.
    pub fn fields(&self) -> Vec<&str> {
        let Self::Said(error, _) = self else {
            return Vec::new();
        };
        let paths = error.errors.iter().map(|error| error.path.as_str());
        paths
            .filter_map(|path| path.strip_prefix("/user_metadata/"))
            .gather()
    }

    /// A code for the page.
    pub fn code(&self) -> &str {
        match self {
            Self::Said(error, _) => &error.code,
            Self::Silent(NoReply::Unreachable) => "network",
            Self::Silent(NoReply::TookTooLong) => "timeout",
            Self::Page(code, _) if !code.is_empty() => code,
            Self::Page(..) => "save_failed",
            Self::NoToken => "login_required",
        }
    }

    /// What a person who answered is told.
    pub fn into_failure(self, form: &Form, texts: &Texts) -> Failure {
        let notice = |code: &str, message| Failure::notice(code, texts.get(message).into_owned());
        match self {
            Self::Said(error, _) if !error.errors.is_empty() => {
                failure::of_values(form, &error, texts)
            }
            Self::Said(error, _) if error.status == 429 => failure::too_many(&error, texts),
            Self::Said(error, _) if matches!(error.status, 401 | 403) => {
                notice(&error.code, Message::ProfileLoginOver)
            }
            Self::NoToken => notice("login_required", Message::ProfileLoginOver),
            Self::Page(code, text) if !text.is_empty() => Failure::notice(&code, text),
            refused => notice(refused.code(), Message::ProfileNotSaved),
        }
    }
}

/// A reply that is no refusal.
pub fn accepted(reply: Result<Reply, NoReply>) -> Result<Reply, Refused> {
    match reply {
        Ok(reply) if (200..300).contains(&reply.status) => Ok(reply),
        Ok(reply) => {
            let error = ApiError::from_value(reply.status, &reply.body);
            Err(Refused::Said(Box::new(error), reply.retry_after))
        }
        Err(why) => Err(Refused::Silent(why)),
    }
}

/// What a reply to a change says is stored, if it says so.
pub fn stored(reply: Result<Reply, NoReply>) -> Result<Option<Stored>, Refused> {
    match accepted(reply)?.body {
        Value::Object(profile) if profile.get("user_metadata").is_some() => {
            Ok(Some(Stored::read(profile)))
        }
        _ => Ok(None),
    }
}

/// What a reply says of a person.
pub fn profile(reply: Result<Reply, NoReply>) -> Result<Option<Stored>, Refused> {
    match accepted(reply)?.body {
        Value::Object(profile) => Ok(Some(Stored::read(profile))),
        _ => Ok(None),
    }
}
