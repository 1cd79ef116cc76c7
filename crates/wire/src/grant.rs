//! `POST /oauth/token` without a browser: credentials become tokens at once.
//!
//! The box never asks for these, so they are only read here.

use latchlet_core::Value;

use crate::authenticate::{PASSWORD, PASSWORD_REALM, PASSWORDLESS_OTP};
use crate::malformed::{Malformed, object, optional_text, text};

/// The `grant_type` of an application that asks for itself.
pub const CLIENT_CREDENTIALS: &str = "client_credentials";

/// What is asked for, by what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectGrant {
    /// What proves who asks.
    pub proof: Proof,
    /// The API that the access token is for.
    pub audience: Option<String>,
    /// What is to be granted.
    pub scope: Option<String>,
}

/// What proves who asks, by `grant_type`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// `client_credentials`: the application itself, by its secret.
    Client,
    /// `password`, and with a realm Auth0's `password-realm`.
    Password {
        /// The e-mail address or the user name, as typed.
        username: String,
        /// The password, byte for byte as typed.
        password: String,
        /// The connection; the default one if there is none.
        realm: Option<String>,
    },
    /// Auth0's `passwordless/otp`.
    Otp {
        /// The address or the number that the code was sent to.
        username: String,
        /// The code.
        otp: String,
        /// The passwordless connection.
        realm: String,
    },
}

impl DirectGrant {
    /// Reads the body of a request. `Ok(None)` is another `grant_type`.
    pub fn from_value(value: &Value) -> Result<Option<Self>, Malformed> {
        let body = object(value)?;
        let proof = match text(body, "grant_type")?.as_str() {
            CLIENT_CREDENTIALS => Proof::Client,
            PASSWORD => Proof::Password {
                username: text(body, "username")?,
                password: text(body, "password")?,
                realm: None,
            },
            PASSWORD_REALM => Proof::Password {
                username: text(body, "username")?,
                password: text(body, "password")?,
                realm: Some(text(body, "realm")?),
            },
            PASSWORDLESS_OTP => Proof::Otp {
                username: text(body, "username")?,
                otp: text(body, "otp")?,
                realm: text(body, "realm")?,
            },
            _ => return Ok(None),
        };
        Ok(Some(Self {
            proof,
            audience: optional_text(body, "audience")?,
            scope: optional_text(body, "scope")?,
        }))
    }
}
