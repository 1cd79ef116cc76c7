//! `POST /continue-profile`: what somebody answered whom a tenant sent here in
//! the middle of a login, and the way back to the tenant.

use latchlet_core::progressive::HISTORY;
use latchlet_core::{Object, Value};

use crate::malformed::{Malformed, object, only, optional_object, text};

/// The parameter, here and at the tenant, that has a signed token.
pub const SESSION_TOKEN: &str = "session_token";
/// The parameter by which the tenant knows its login again.
pub const STATE: &str = "state";

/// What somebody answered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ContinueRequest {
    /// The token that the tenant sent along.
    pub session_token: String,
    /// The state that the tenant sent along.
    pub state: String,
    /// What changes of `user_metadata`, the history of questions included.
    pub user_metadata: Object,
}

/// The way back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ContinueResponse {
    /// Where the token is to be posted to.
    pub address: String,
    /// What the tenant is told, signed.
    pub session_token: String,
}

impl ContinueRequest {
    /// The body of the request. The history stands beside the answers.
    pub fn to_value(&self) -> Value {
        let mut answers = self.user_metadata.clone();
        let history = answers.remove(HISTORY);
        let mut body = Object::new();
        body.insert(SESSION_TOKEN, self.session_token.as_str());
        body.insert(STATE, self.state.as_str());
        body.insert("user_metadata", answers);
        if let Some(history) = history {
            body.insert(HISTORY, history);
        }
        body.into()
    }

    /// Reads the body of a request.
    pub fn from_value(value: &Value) -> Result<Self, Malformed> {
        let body = object(value)?;
        only(body, &[SESSION_TOKEN, STATE, "user_metadata", HISTORY])?;
        let mut user_metadata = optional_object(body, "user_metadata")?;
        if let Some(history) = body.get(HISTORY) {
            user_metadata.insert(HISTORY, history.clone());
        }
        Ok(Self {
            session_token: text(body, SESSION_TOKEN)?,
            state: text(body, STATE)?,
            user_metadata,
        })
    }
}

impl ContinueResponse {
    /// The body of the reply.
    pub fn to_value(&self) -> Value {
        let mut body = Object::new();
        body.insert("address", self.address.as_str());
        body.insert(SESSION_TOKEN, self.session_token.as_str());
        body.into()
    }

    /// Reads the body of a reply.
    pub fn from_value(value: &Value) -> Result<Self, Malformed> {
        let body = object(value)?;
        Ok(Self {
            address: text(body, "address")?,
            session_token: text(body, SESSION_TOKEN)?,
        })
    }
}
