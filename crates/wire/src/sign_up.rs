//! `POST /dbconnections/signup`: a new user of a database connection.

use latchlet_core::field::ROOT_ATTRIBUTES;
use latchlet_core::{Object, Value};

use crate::malformed::{
    Malformed, insert_some, object, only, optional_object, optional_text, text,
};

/// What the box sends.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SignupRequest {
    /// The application that the person signs up for.
    pub client_id: String,
    /// The database connection, by its name.
    pub connection: String,
    /// The address, as typed.
    pub email: String,
    /// The password, byte for byte as typed.
    pub password: String,
    /// The name to sign in with, where the connection asks for one.
    pub username: Option<String>,
    /// The international telephone number, if there is one.
    pub phone_number: Option<String>,
    /// Attributes at the root of the profile: texts by [`ROOT_ATTRIBUTES`].
    pub attributes: Object,
    /// The additional fields, byte for byte as typed.
    pub user_metadata: Object,
}

impl SignupRequest {
    /// The body of the request.
    pub fn to_value(&self) -> Value {
        let mut body = Object::new();
        body.insert("client_id", self.client_id.as_str());
        body.insert("connection", self.connection.as_str());
        body.insert("email", self.email.as_str());
        body.insert("password", self.password.as_str());
        insert_some(&mut body, "username", self.username.as_ref());
        insert_some(&mut body, "phone_number", self.phone_number.as_ref());
        for (key, value) in self.attributes.iter() {
            body.insert(key, value.clone());
        }
        if !self.user_metadata.is_empty() {
            body.insert("user_metadata", self.user_metadata.clone());
        }
        body.into()
    }

    /// Reads the body of a request.
    pub fn from_value(value: &Value) -> Result<Self, Malformed> {
        let body = object(value)?;
        let mut known = vec![
            "client_id",
            "connection",
            "email",
            "password",
            "username",
            "phone_number",
            "user_metadata",
        ];
        known.extend(ROOT_ATTRIBUTES.map(|(name, _)| name));
        only(body, &known)?;
        Ok(Self {
            client_id: text(body, "client_id")?,
            connection: text(body, "connection")?,
            email: text(body, "email")?,
            password: text(body, "password")?,
            username: optional_text(body, "username")?,
            phone_number: optional_text(body, "phone_number")?,
            attributes: attributes(body)?,
            user_metadata: optional_object(body, "user_metadata")?,
        })
    }
}

/// What the backend answers: the new user.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SignupResponse {
    /// The id without the provider: `sub` is `auth0|` and this.
    pub id: String,
    /// The address, as stored.
    pub email: String,
    /// Whether the address is known to be the person's own.
    pub email_verified: bool,
    /// The name to sign in with, if there is one.
    pub username: Option<String>,
    /// The international telephone number, if there is one.
    pub phone_number: Option<String>,
    /// Attributes at the root of the profile.
    pub attributes: Object,
    /// The additional fields, as stored.
    pub user_metadata: Object,
}

impl SignupResponse {
    /// The body of the reply.
    pub fn to_value(&self) -> Value {
        let mut body = Object::new();
        body.insert("_id", self.id.as_str());
        body.insert("email", self.email.as_str());
        body.insert("email_verified", self.email_verified);
        insert_some(&mut body, "username", self.username.as_ref());
        insert_some(&mut body, "phone_number", self.phone_number.as_ref());
        for (key, value) in self.attributes.iter() {
            body.insert(key, value.clone());
        }
        if !self.user_metadata.is_empty() {
            body.insert("user_metadata", self.user_metadata.clone());
        }
        body.into()
    }

    /// Reads the body of a reply. Properties that it does not know are left
    /// alone: a tenant may send more.
    pub fn from_value(value: &Value) -> Result<Self, Malformed> {
        let body = object(value)?;
        Ok(Self {
            id: text(body, "_id")?,
            email: text(body, "email")?,
            email_verified: body
                .get("email_verified")
                .and_then(Value::as_bool)
                .unwrap_or(false),
            username: optional_text(body, "username")?,
            phone_number: optional_text(body, "phone_number")?,
            attributes: attributes(body)?,
            user_metadata: optional_object(body, "user_metadata")?,
        })
    }
}

fn attributes(body: &Object) -> Result<Object, Malformed> {
    let mut attributes = Object::new();
    for (key, _) in ROOT_ATTRIBUTES {
        if let Some(text) = optional_text(body, key)? {
            attributes.insert(key, text);
        }
    }
    Ok(attributes)
}
