//! `PATCH /api/v2/users/{id}` with the person's own token.
//!
//! The reply, like that of `GET`, is the whole profile, which has no fixed
//! shape: it is read as the tree that it is.

use latchlet_core::{Object, Value};

use crate::malformed::{Malformed, object, only};

/// The header by which a change that is sent again is known as the same one.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// The header of a reply that was given before.
pub const IDEMPOTENT_REPLAYED: &str = "idempotent-replayed";

/// A change of `user_metadata`, merged key by key: a key with `null` is
/// deleted, other keys stay, an empty object clears everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MetadataUpdate {
    /// The keys that change.
    pub user_metadata: Object,
}

impl MetadataUpdate {
    /// The body of the request.
    pub fn to_value(&self) -> Value {
        let mut body = Object::new();
        body.insert("user_metadata", self.user_metadata.clone());
        body.into()
    }

    /// Reads the body of a request. `user_metadata` must be there: leaving it
    /// out is a mistake, and not a wish to clear it.
    pub fn from_value(value: &Value) -> Result<Self, Malformed> {
        let body = object(value)?;
        only(body, &["user_metadata"])?;
        match body.get("user_metadata") {
            Some(Value::Object(user_metadata)) => Ok(Self {
                user_metadata: user_metadata.clone(),
            }),
            _ => Err(Malformed::new("user_metadata", "an object")),
        }
    }
}

/// A change of metadata key by key, where an empty one clears everything.
pub fn spelt_out(change: &Object, metadata: &Object) -> Object {
    match change.is_empty() {
        true => metadata.iter().map(|(key, _)| (key, Value::Null)).collect(),
        false => change.clone(),
    }
}

/// The metadata after a change that is spelt out. Nested objects are replaced.
pub fn merged(metadata: &Object, change: &Object) -> Object {
    let mut merged = metadata.clone();
    for (key, value) in change.iter() {
        match value {
            Value::Null => {
                merged.remove(key);
            }
            value => {
                merged.insert(key, value.clone());
            }
        }
    }
    merged
}
