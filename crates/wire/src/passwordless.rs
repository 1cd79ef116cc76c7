//! `POST /passwordless/start`: a code or a link is sent to somebody, who signs
//! in with it instead of a password.
//!
//! A code comes back through `/co/authenticate`; a link ends the login by
//! itself, with what `authParams` says.

use latchlet_core::{Object, Value};

use crate::malformed::{Malformed, object, only, optional_object, optional_text, text};

/// What the box sends.
#[derive(Clone, Debug, PartialEq)]
pub struct PasswordlessStartRequest {
    /// The application that the person signs in to.
    pub client_id: String,
    /// The passwordless connection, by its name: `email` or `sms`.
    pub connection: String,
    /// Where to send it.
    pub recipient: Recipient,
    /// What to send.
    pub send: Delivery,
    /// What `/authorize` would be asked with: `redirect_uri`, `scope`, `state`,
    /// `nonce`, `audience`, `response_type`, `response_mode`, and the PKCE
    /// challenge. Only a link needs it.
    pub auth_params: Object,
}

/// Somebody who can be sent something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// By e-mail.
    Email(String),
    /// By text message, at an international number.
    PhoneNumber(String),
}

/// What is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Six digits to type.
    Code,
    /// A link to follow; by e-mail alone.
    Link,
}

impl PasswordlessStartRequest {
    /// The body of the request.
    pub fn to_value(&self) -> Value {
        let mut body = Object::new();
        body.insert("client_id", self.client_id.as_str());
        body.insert("connection", self.connection.as_str());
        let (key, to) = self.recipient.property();
        body.insert(key, to);
        let send = match self.send {
            Delivery::Code => "code",
            Delivery::Link => "link",
        };
        body.insert("send", send);
        if !self.auth_params.is_empty() {
            body.insert("authParams", self.auth_params.clone());
        }
        body.into()
    }

    /// Reads the body of a request. An e-mail is a link unless it says
    /// otherwise; a text message is always a code.
    pub fn from_value(value: &Value) -> Result<Self, Malformed> {
        let body = object(value)?;
        only(
            body,
            &[
                "client_id",
                "connection",
                "email",
                "phone_number",
                "send",
                "authParams",
            ],
        )?;
        let recipient = Recipient::read(body)?;
        let by_email = matches!(recipient, Recipient::Email(_));
        let send = match (optional_text(body, "send")?.as_deref(), by_email) {
            (Some("code"), _) | (None, false) => Delivery::Code,
            (Some("link") | None, true) => Delivery::Link,
            (_, true) => return Err(Malformed::new("send", "`code` or `link`")),
            (_, false) => return Err(Malformed::new("send", "`code`")),
        };
        Ok(Self {
            client_id: text(body, "client_id")?,
            connection: text(body, "connection")?,
            recipient,
            send,
            auth_params: optional_object(body, "authParams")?,
        })
    }
}

impl Recipient {
    /// The property that names them.
    fn property(&self) -> (&'static str, &str) {
        match self {
            Self::Email(address) => ("email", address),
            Self::PhoneNumber(number) => ("phone_number", number),
        }
    }

    /// Reads the one property that names them.
    fn read(body: &Object) -> Result<Self, Malformed> {
        let email = optional_text(body, "email")?;
        match (email, optional_text(body, "phone_number")?) {
            (Some(address), None) => Ok(Self::Email(address)),
            (None, Some(number)) => Ok(Self::PhoneNumber(number)),
            (None, None) => Err(Malformed::new(
                "email",
                "a string, unless there is a `phone_number`",
            )),
            (Some(_), Some(_)) => Err(Malformed::new(
                "phone_number",
                "left out where there is an `email`",
            )),
        }
    }
}

/// What the backend answers, whether it knew the person or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordlessStartResponse {
    /// An id that means nothing to the client.
    pub id: String,
    /// Where it was sent to, in canonical form.
    pub recipient: Recipient,
}

impl PasswordlessStartResponse {
    /// The body of the reply.
    pub fn to_value(&self) -> Value {
        let mut body = Object::new();
        body.insert("_id", self.id.as_str());
        let (key, to) = self.recipient.property();
        body.insert(key, to);
        match self.recipient {
            Recipient::Email(_) => body.insert("email_verified", false),
            Recipient::PhoneNumber(_) => {
                body.insert("phone_verified", false);
                body.insert("request_language", Value::Null)
            }
        };
        body.into()
    }

    /// Reads the body of a reply.
    pub fn from_value(value: &Value) -> Result<Self, Malformed> {
        let body = object(value)?;
        Ok(Self {
            id: text(body, "_id")?,
            recipient: Recipient::read(body)?,
        })
    }
}
