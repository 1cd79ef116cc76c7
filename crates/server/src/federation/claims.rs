//! What a provider says of a person, as a profile has it.

use latchlet_core::{Object, Value, email};

use crate::config::FederatedConnection;

/// What a provider says of a person.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// What it calls them: `sub`.
    pub subject: String,
    /// Their address, in its canonical form.
    pub email: Option<String>,
    /// Whether it vouches for the address, and is believed.
    pub email_verified: bool,
    /// Everything else: attributes at the root of a profile.
    pub attributes: Object,
}

/// What a token says about itself, and not about the person.
const OF_THE_TOKEN: [&str; 26] = [
    "acr",
    "aio",
    "amr",
    "at_hash",
    "aud",
    "auth_time",
    "azp",
    "c_hash",
    "client_id",
    "exp",
    "iat",
    "idp",
    "iss",
    "jti",
    "nbf",
    "nonce",
    "nonce_supported",
    "rh",
    "s_hash",
    "sid",
    "sub",
    "token_use",
    "typ",
    "updated_at",
    "uti",
    "ver",
];
/// What this server alone says of a person.
const OURS: [&str; 20] = [
    "_id",
    "app_metadata",
    "blocked",
    "connection",
    "created_at",
    "email",
    "email_verified",
    "identities",
    "last_ip",
    "last_login",
    "last_password_reset",
    "logins_count",
    "multifactor",
    "password",
    "phone_verified",
    "provider",
    "user_id",
    "user_metadata",
    "username",
    "blocked_for",
];
/// What is a text, or is nothing.
const TEXTS: [&str; 13] = [
    "birthdate",
    "family_name",
    "gender",
    "given_name",
    "locale",
    "middle_name",
    "name",
    "nickname",
    "phone_number",
    "picture",
    "preferred_username",
    "website",
    "zoneinfo",
];
/// The most bytes of one attribute, and of all of them, as JSON.
const MAX_ONE: usize = 2_048;
const MAX_ALL: usize = 16_384;

impl Said {
    /// Reads claims that are verified.
    pub fn read(connection: &FederatedConnection, claims: &Object) -> Self {
        let email = claims.text("email").and_then(email::canonical);
        // Apple writes it as a text.
        let vouched = match claims.get("email_verified") {
            Some(Value::Bool(vouched)) => *vouched,
            Some(Value::Text(text)) => text == "true",
            _ => false,
        };
        let mut room = MAX_ALL;
        let mut attributes = Object::new();
        for (name, value) in claims.iter().filter(|(name, value)| is_said(name, value)) {
            let size = name.len() + serde_json::json!(value).to_string().len();
            if size <= MAX_ONE.min(room) {
                room -= size;
                attributes.insert(name, value.clone());
            }
        }
        Self {
            subject: claims.text("sub").unwrap_or_default().to_owned(),
            email_verified: vouched && connection.trust_email && email.is_some(),
            email,
            attributes,
        }
    }
}

fn is_said(name: &str, value: &Value) -> bool {
    let is_of_the_person = !OF_THE_TOKEN.contains(&name) && !OURS.contains(&name);
    let is_attribute = match value {
        Value::Null | Value::Function(_) => false,
        Value::Text(text) if name == "picture" => {
            text.starts_with("https://") || text.starts_with("http://")
        }
        Value::Text(text) => !text.is_empty(),
        _ => !TEXTS.contains(&name),
    };
    is_of_the_person && is_attribute && !name.is_empty() && !name.contains(['.', '$'])
}

/// What Apple sends beside its token, at the first login alone: a name. It comes
/// through the browser, so it is what the person says of themselves.
pub fn add_name(claims: &mut Object, user: &str) {
    let user: Option<Object> = serde_json::from_str(user).ok();
    let name = user.as_ref().and_then(|it| it.get("name")?.as_object());
    let part = |key| name.and_then(|it| it.text(key)).unwrap_or_default();
    let (first, last) = (part("firstName"), part("lastName"));
    let whole = [first, last].join(" ");
    for (key, value) in [
        ("given_name", first),
        ("family_name", last),
        ("name", whole.trim()),
    ] {
        if !value.is_empty() && claims.get(key).is_none() {
            claims.insert(key, value);
        }
    }
}
