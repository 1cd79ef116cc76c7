//! `POST /api/v2/jobs/verification-email`: an application has a letter sent to
//! somebody, with which they show that their address is theirs.

use latchlet_core::Value;

use crate::malformed::{Malformed, object, only, optional_text, text};

/// What the application sends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VerificationEmailRequest {
    /// The user, with the provider.
    pub user_id: String,
    /// The application that the letter is sent for.
    pub client_id: Option<String>,
}

impl VerificationEmailRequest {
    /// Reads the body of a request.
    pub fn from_value(value: &Value) -> Result<Self, Malformed> {
        let body = object(value)?;
        only(body, &["user_id", "client_id"])?;
        Ok(Self {
            user_id: text(body, "user_id")?,
            client_id: optional_text(body, "client_id")?,
        })
    }
}
