//! Users in the Management API, as an application's backend adds and changes
//! them.

use latchlet_core::field::ROOT_ATTRIBUTES;
use latchlet_core::{Object, Value};

use crate::malformed::{Malformed, object, only, optional_text, text};

/// What `app_metadata` must not have at its root, because the profile has it
/// elsewhere.
pub const RESERVED: [&str; 18] = [
    "__tenant",
    "_id",
    "blocked",
    "clientID",
    "created_at",
    "email",
    "email_verified",
    "globalClientID",
    "global_client_id",
    "identities",
    "lastIP",
    "lastLogin",
    "loginsCount",
    "metadata",
    "multifactor",
    "multifactor_last_modified",
    "updated_at",
    "user_id",
];

/// What a change may say, beside the attributes at the root of a profile.
pub const CHANGEABLE: [&str; 13] = [
    "app_metadata",
    "blocked",
    "client_id",
    "connection",
    "email",
    "email_verified",
    "password",
    "phone_number",
    "phone_verified",
    "user_metadata",
    "username",
    "verify_email",
    "verify_phone_number",
];

/// What a request says of a user. What it does not say stays, or is left to
/// the connection.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UserFields {
    /// The connection that the account belongs to.
    pub connection: Option<String>,
    /// The address, as typed.
    pub email: Option<String>,
    /// Whether the address is known to be the person's own.
    pub email_verified: Option<bool>,
    /// The international telephone number.
    pub phone_number: Option<String>,
    /// Whether the number is known to be the person's own.
    pub phone_verified: Option<bool>,
    /// The name to sign in with.
    pub username: Option<String>,
    /// The password, byte for byte.
    pub password: Option<String>,
    /// Whether the person is kept out.
    pub blocked: Option<bool>,
    /// Attributes at the root of the profile; `null` takes one out.
    pub attributes: Object,
    /// What the person says about themselves.
    pub user_metadata: Option<Object>,
    /// What the application knows about them.
    pub app_metadata: Option<Object>,
    /// Whether to ask the person by mail whether the address is theirs.
    pub verify_email: Option<bool>,
}

impl UserFields {
    /// Reads a change of a user. One that changes nothing is a mistake.
    pub fn read_change(value: &Value) -> Result<Self, Malformed> {
        let body = object(value)?;
        let fields = Self::read(body, &[])?;
        match fields == Self::default() {
            true => Err(Malformed::new("", "an object with what changes")),
            false => Ok(fields),
        }
    }

    /// Reads a new user, and the id that the application chose, if it did.
    pub fn read_new(value: &Value) -> Result<(Self, Option<String>), Malformed> {
        let body = object(value)?;
        let fields = Self::read(body, &["user_id"])?;
        text(body, "connection")?;
        Ok((fields, optional_text(body, "user_id")?))
    }

    fn read(body: &Object, more: &[&str]) -> Result<Self, Malformed> {
        let mut known = [&CHANGEABLE[..], more].concat();
        known.extend(ROOT_ATTRIBUTES.map(|(name, _)| name));
        only(body, &known)?;
        optional_text(body, "client_id")?;
        optional_bool(body, "verify_phone_number")?;
        Ok(Self {
            connection: optional_text(body, "connection")?,
            email: optional_text(body, "email")?,
            email_verified: optional_bool(body, "email_verified")?,
            phone_number: optional_text(body, "phone_number")?,
            phone_verified: optional_bool(body, "phone_verified")?,
            username: optional_text(body, "username")?,
            password: optional_text(body, "password")?,
            blocked: optional_bool(body, "blocked")?,
            attributes: attributes(body)?,
            user_metadata: metadata(body, "user_metadata")?,
            app_metadata: metadata(body, "app_metadata")?,
            verify_email: optional_bool(body, "verify_email")?,
        })
    }

    /// The properties that name the person at a login, and their secret: a
    /// request changes one of them at a time.
    pub fn credentials(&self) -> Vec<&'static str> {
        [
            ("email", self.email.is_some()),
            ("phone_number", self.phone_number.is_some()),
            ("username", self.username.is_some()),
            ("password", self.password.is_some()),
        ]
        .into_iter()
        .filter_map(|(name, is_set)| is_set.then_some(name))
        .collect()
    }
}

fn optional_bool(body: &Object, key: &str) -> Result<Option<bool>, Malformed> {
    match body.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Bool(flag)) => Ok(Some(*flag)),
        Some(_) => Err(Malformed::new(key, "true or false")),
    }
}

fn metadata(body: &Object, key: &str) -> Result<Option<Object>, Malformed> {
    match body.get(key) {
        None => Ok(None),
        Some(Value::Object(metadata)) => Ok(Some(metadata.clone())),
        Some(_) => Err(Malformed::new(key, "an object")),
    }
}

fn attributes(body: &Object) -> Result<Object, Malformed> {
    let mut attributes = Object::new();
    for (key, most) in ROOT_ATTRIBUTES {
        match body.get(key) {
            None => {}
            Some(Value::Null) => {
                attributes.insert(key, Value::Null);
            }
            Some(Value::Text(text))
                if !text.is_empty() && text.chars().count() <= most as usize =>
            {
                attributes.insert(key, text.as_str());
            }
            Some(_) => return Err(Malformed::new(key, "a string, neither empty nor too long")),
        }
    }
    Ok(attributes)
}
