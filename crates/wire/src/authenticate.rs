//! `POST /co/authenticate`: sign-in from a page of another origin. The reply
//! is a ticket that `/authorize` turns into an authorization code.

use latchlet_core::{Object, Value};

use crate::malformed::{Malformed, insert_some, object, only, optional_text, text};

/// The `credential_type` of a password that belongs to a named connection.
pub const PASSWORD_REALM: &str = "http://auth0.com/oauth/grant-type/password-realm";
/// The `credential_type` of a password for the client's only connection.
pub const PASSWORD: &str = "password";
/// The `credential_type` of a code that was sent to the person.
pub const PASSWORDLESS_OTP: &str = "http://auth0.com/oauth/grant-type/passwordless/otp";

/// What the box sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthenticateRequest {
    /// The application that the person signs in to.
    pub client_id: String,
    /// The e-mail address, the user name or the telephone number, as typed.
    pub username: String,
    /// What proves that it is theirs.
    pub credential: Credential,
    /// The connection, by its name. A code always has one; a password without
    /// one is of the default database connection.
    pub realm: Option<String>,
}

/// What proves who somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// A password, byte for byte as typed.
    Password(String),
    /// The code that `/passwordless/start` sent.
    Otp(String),
}

impl AuthenticateRequest {
    /// The body of the request.
    pub fn to_value(&self) -> Value {
        let mut body = Object::new();
        body.insert("client_id", self.client_id.as_str());
        body.insert("username", self.username.as_str());
        let kind = match &self.credential {
            Credential::Password(password) => {
                body.insert("password", password.as_str());
                match self.realm {
                    Some(_) => PASSWORD_REALM,
                    None => PASSWORD,
                }
            }
            Credential::Otp(otp) => {
                body.insert("otp", otp.as_str());
                PASSWORDLESS_OTP
            }
        };
        insert_some(&mut body, "realm", self.realm.as_ref());
        body.insert("credential_type", kind);
        body.into()
    }

    /// Reads the body of a request. `Ok(None)` is a `credential_type` other
    /// than the three: the contract has an answer of its own for it.
    pub fn from_value(value: &Value) -> Result<Option<Self>, Malformed> {
        let body = object(value)?;
        let mut known = vec!["client_id", "username", "credential_type"];
        let credential = match text(body, "credential_type")?.as_str() {
            PASSWORD_REALM => {
                known.extend(["password", "realm"]);
                Credential::Password(text(body, "password")?)
            }
            PASSWORD => {
                known.push("password");
                Credential::Password(text(body, "password")?)
            }
            PASSWORDLESS_OTP => {
                known.extend(["otp", "realm"]);
                Credential::Otp(text(body, "otp")?)
            }
            _ => return Ok(None),
        };
        only(body, &known)?;
        let realm = match known.contains(&"realm") {
            true => Some(text(body, "realm")?),
            false => None,
        };
        Ok(Some(Self {
            client_id: text(body, "client_id")?,
            username: text(body, "username")?,
            credential,
            realm,
        }))
    }
}

/// What the backend answers: a ticket, and what binds it to this browser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthenticateResponse {
    /// Good once, for a minute, at `/authorize`.
    pub login_ticket: String,
    /// For Auth0's way round a browser that blocks the cookie, which the box does
    /// not go.
    pub co_verifier: String,
    /// The id of the cookie.
    pub co_id: String,
    /// Ours alone: a verifier for PKCE whose challenge stands in for the cookie at
    /// `/authorize`.
    pub code_verifier: Option<String>,
}

impl AuthenticateResponse {
    /// The body of the reply.
    pub fn to_value(&self) -> Value {
        let mut body = Object::new();
        body.insert("login_ticket", self.login_ticket.as_str());
        body.insert("co_verifier", self.co_verifier.as_str());
        body.insert("co_id", self.co_id.as_str());
        insert_some(&mut body, "code_verifier", self.code_verifier.as_ref());
        body.into()
    }

    /// Reads the body of a reply.
    pub fn from_value(value: &Value) -> Result<Self, Malformed> {
        let body = object(value)?;
        Ok(Self {
            login_ticket: text(body, "login_ticket")?,
            co_verifier: text(body, "co_verifier")?,
            co_id: text(body, "co_id")?,
            code_verifier: optional_text(body, "code_verifier")?,
        })
    }
}
