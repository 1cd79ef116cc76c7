//! `POST /dbconnections/change_password`: somebody has forgotten their
//! password, and a link to choose another is mailed to them.
//!
//! The reply is a text, [`REPLY`], whether there is such an account or not.

use latchlet_core::{Object, Value};

use crate::malformed::{Malformed, object, only, text};

/// What the backend answers, as `text/html` although it is text.
pub const REPLY: &str = "We've just sent you an email to reset your password.";

/// What the box sends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangePasswordRequest {
    /// The application that the person wants to sign in to.
    pub client_id: String,
    /// The address of the account, as typed.
    pub email: String,
    /// The database connection, by its name.
    pub connection: String,
}

impl ChangePasswordRequest {
    /// The body of the request.
    pub fn to_value(&self) -> Value {
        let mut body = Object::new();
        body.insert("client_id", self.client_id.as_str());
        body.insert("email", self.email.as_str());
        body.insert("connection", self.connection.as_str());
        body.into()
    }

    /// Reads the body of a request.
    pub fn from_value(value: &Value) -> Result<Self, Malformed> {
        let body = object(value)?;
        only(body, &["client_id", "email", "connection"])?;
        Ok(Self {
            client_id: text(body, "client_id")?,
            email: text(body, "email")?,
            connection: text(body, "connection")?,
        })
    }
}
