//! What is said of a body that does not have the shape that it should have,
//! and the few readers that find it out.

use core::fmt;

use latchlet_core::{Object, Value};

/// One property of a body is not what the contract says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// The name of the property; empty for the body itself.
    pub property: String,
    /// What it should have been, for instance `a string`.
    pub expected: &'static str,
}

impl Malformed {
    pub(crate) fn new(property: &str, expected: &'static str) -> Self {
        Self {
            property: property.to_owned(),
            expected,
        }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.property.is_empty() {
            formatter.write_str("The body must be ")?;
        } else {
            formatter.write_str("The property `")?;
            formatter.write_str(&self.property)?;
            formatter.write_str("` must be ")?;
        }
        formatter.write_str(self.expected)?;
        formatter.write_str(".")
    }
}

impl core::error::Error for Malformed {}

/// The body as an object.
pub(crate) fn object(value: &Value) -> Result<&Object, Malformed> {
    value
        .as_object()
        .ok_or_else(|| Malformed::new("", "an object"))
}

/// A text that must be there.
pub(crate) fn text(object: &Object, key: &str) -> Result<String, Malformed> {
    optional_text(object, key)?.ok_or_else(|| Malformed::new(key, "a string"))
}

/// A text that may be missing. `null` counts as missing, as it does for the
/// clients that serialise an unset option.
pub(crate) fn optional_text(object: &Object, key: &str) -> Result<Option<String>, Malformed> {
    match object.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Text(text)) => Ok(Some(text.clone())),
        Some(_) => Err(Malformed::new(key, "a string")),
    }
}

/// An object that may be missing, and is then empty.
pub(crate) fn optional_object(object: &Object, key: &str) -> Result<Object, Malformed> {
    match object.get(key) {
        None | Some(Value::Null) => Ok(Object::new()),
        Some(Value::Object(inner)) => Ok(inner.clone()),
        Some(_) => Err(Malformed::new(key, "an object")),
    }
}

/// Refuses a property that the contract does not name: a misspelt one would
/// otherwise be lost without a word.
pub(crate) fn only(object: &Object, allowed: &[&str]) -> Result<(), Malformed> {
    match object.iter().find(|(key, _)| !allowed.contains(key)) {
        Some((key, _)) => Err(Malformed::new(
            key,
            "left out: this request does not know it",
        )),
        None => Ok(()),
    }
}

/// Sets a key when there is something to set.
pub(crate) fn insert_some(object: &mut Object, key: &str, value: Option<&String>) {
    if let Some(value) = value {
        object.insert(key, value.as_str());
    }
}
