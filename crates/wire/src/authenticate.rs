//! `POST /co/authenticate`: sign-in from a page of another origin. The reply
//! is a ticket that `/authorize` turns into an authorization code.

use latchlet_core::{Object, Value};

use crate::malformed::{Malformed, insert_some, object, only, optional_text, text};

/// The `credential_type` of a password that belongs to a named connection.
pub const PASSWORD_REALM: &str = "http://auth0.com/oauth/grant-type/password-realm";
/// The `credential_type` of a password for the client's only connection.
pub const PASSWORD: &str = "password";

/// What the box sends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthenticateRequest {
    /// The application that the person signs in to.
    pub client_id: String,
    /// The e-mail address or the user name, as typed.
    pub username: String,
    /// The password, byte for byte as typed.
    pub password: String,
    /// The database connection, by its name.
    pub realm: Option<String>,
}

impl AuthenticateRequest {
    /// The body of the request.
    pub fn to_value(&self) -> Value {
        let mut body = Object::new();
        body.insert("client_id", self.client_id.as_str());
        body.insert("username", self.username.as_str());
        body.insert("password", self.password.as_str());
        insert_some(&mut body, "realm", self.realm.as_ref());
        let kind = match self.realm {
            Some(_) => PASSWORD_REALM,
            None => PASSWORD,
        };
        body.insert("credential_type", kind);
        body.into()
    }

    /// Reads the body of a request. Its `credential_type` is the reader's
    /// business: only it knows which ones it serves.
    pub fn from_value(value: &Value) -> Result<Self, Malformed> {
        let body = object(value)?;
        only(
            body,
            &[
                "client_id",
                "username",
                "password",
                "realm",
                "credential_type",
            ],
        )?;
        Ok(Self {
            client_id: text(body, "client_id")?,
            username: text(body, "username")?,
            password: text(body, "password")?,
            realm: optional_text(body, "realm")?,
        })
    }
}

/// What the backend answers: a ticket, and what binds it to this browser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthenticateResponse {
    /// Good once, for a minute, at `/authorize`.
    pub login_ticket: String,
    /// For Auth0's way round a browser that blocks the cookie. The box does not
    /// go it, and our server neither keeps nor accepts what it sends here.
    pub co_verifier: String,
    /// The id of the cookie.
    pub co_id: String,
}

impl AuthenticateResponse {
    /// The body of the reply.
    pub fn to_value(&self) -> Value {
        let mut body = Object::new();
        body.insert("login_ticket", self.login_ticket.as_str());
        body.insert("co_verifier", self.co_verifier.as_str());
        body.insert("co_id", self.co_id.as_str());
        body.into()
    }

    /// Reads the body of a reply.
    pub fn from_value(value: &Value) -> Result<Self, Malformed> {
        let body = object(value)?;
        Ok(Self {
            login_ticket: text(body, "login_ticket")?,
            co_verifier: text(body, "co_verifier")?,
            co_id: text(body, "co_id")?,
        })
    }
}
