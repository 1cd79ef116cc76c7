//! What a sign-up may send at all, by Auth0's contract.

use latchlet_core::Value;
use latchlet_core::codec::SignUpValues;
use latchlet_core::field::{
    MAX_METADATA_FIELDS, MAX_METADATA_KEY, MAX_METADATA_VALUE, Storage, contract_max,
};
use latchlet_wire::FieldError;

use super::{MAX_METADATA, pointer, pointer_into};

/// The contract's own limits.
pub(super) fn check(received: &SignUpValues) -> Vec<FieldError> {
    let metadata = &received.user_metadata;
    let mut errors = Vec::new();
    let mut whole = |code: &str, message: String| {
        errors.push(FieldError {
            path: "/user_metadata".to_owned(),
            code: code.to_owned(),
            message,
        });
    };
    if metadata.len() > MAX_METADATA_FIELDS {
        let message = format!("A sign-up takes at most {MAX_METADATA_FIELDS} fields.");
        whole("too_many_fields", message);
    }
    if serde_json::json!(metadata).to_string().len() > MAX_METADATA {
        let message = format!("All fields together take at most {MAX_METADATA} bytes as JSON.");
        whole("too_large", message);
    }
    for (key, value) in metadata.iter() {
        errors.extend(check_key(key));
        errors.extend(check_length(Storage::UserMetadata, key, value));
    }
    for (name, value) in received.root.iter() {
        errors.extend(check_length(Storage::Root, name, value));
    }
    errors
}

pub(super) fn check_key(key: &str) -> Option<FieldError> {
    let (code, message) = if key.chars().count() > MAX_METADATA_KEY {
        (
            "key_too_long",
            format!("A key has at most {MAX_METADATA_KEY} characters."),
        )
    } else if key.is_empty() || key.contains(['.', '$']) {
        (
            "invalid_key",
            "A key must not be empty nor contain `.` or `$`.".to_owned(),
        )
    } else {
        return None;
    };
    Some(FieldError {
        path: pointer(key),
        code: code.to_owned(),
        message,
    })
}

fn check_length(storage: Storage, name: &str, value: &Value) -> Option<FieldError> {
    let max = match storage {
        Storage::Root => contract_max(storage, name),
        Storage::UserMetadata | Storage::Nowhere => MAX_METADATA_VALUE,
    };
    let (code, message) = match value.as_text() {
        None => ("wrong_type", "A sign-up takes strings alone.".to_owned()),
        Some(text) if text.chars().count() > max as usize => (
            "too_long",
            format!("A sign-up takes at most {max} characters here."),
        ),
        Some(_) => return None,
    };
    Some(FieldError {
        path: pointer_into(storage, name),
        code: code.to_owned(),
        message,
    })
}
