//! Whether what a sign-up or a change of the profile says may be stored.
//!
//! A connection with a form stores what its fields ask for and nothing else,
//! by the very functions that the box runs. One without a form stores whatever
//! the contract allows.

use latchlet_core::codec::{self, SignUpValues};
use latchlet_core::field::{
    MAX_METADATA_FIELDS, MAX_METADATA_KEY, MAX_METADATA_VALUE, Storage, contract_max,
};
use latchlet_core::{Field, Form, Object, Value};
use latchlet_wire::error::code;
use latchlet_wire::{ApiError, FieldError};

/// Checks the attributes and the metadata of a sign-up.
pub fn check_sign_up(
    form: Option<&[Field]>,
    attributes: &Object,
    user_metadata: &Object,
) -> Result<(), ApiError> {
    let errors = match form {
        Some(fields) => check_form(fields, attributes, user_metadata),
        None => {
            let mut errors = check_contract(user_metadata);
            for (name, value) in attributes.iter() {
                errors.extend(check_length(Storage::Root, name, value));
            }
            errors
        }
    };
    refuse(errors)
}

/// Checks a change of the metadata: the keys that it sets. Deleting is always
/// allowed, and a form's `required` is about signing up.
pub fn check_change(form: Option<&[Field]>, change: &Object) -> Result<(), ApiError> {
    let set: Object = change
        .iter()
        .filter(|(_, value)| **value != Value::Null)
        .map(|(key, value)| (key, value.clone()))
        .collect();
    let errors = match form {
        Some(fields) => {
            let named: Vec<Field> = fields
                .iter()
                .filter(|field| set.get(&field.name).is_some())
                .cloned()
                .collect();
            check_form(&named, &Object::new(), &set)
        }
        None => set.iter().flat_map(|(key, _)| check_key(key)).collect(),
    };
    refuse(errors)
}

fn check_form(fields: &[Field], attributes: &Object, user_metadata: &Object) -> Vec<FieldError> {
    let form = Form {
        fields: fields.to_vec(),
    };
    let received = SignUpValues {
        root: attributes.clone(),
        user_metadata: user_metadata.clone(),
    };
    match codec::decode(&form, &received) {
        Ok(answers) => form
            .validate(&answers)
            .into_iter()
            .map(|(field, violation)| FieldError {
                path: pointer(field.storage, &field.name),
                code: violation.code().to_owned(),
                message: violation.describe(field),
            })
            .collect(),
        Err(problems) => problems
            .into_iter()
            .map(|problem| FieldError {
                path: pointer(problem.storage, &problem.name),
                code: problem.code.to_owned(),
                message: match problem.code {
                    "unknown_field" => "The form of this connection has no such field.",
                    _ => "This must be a string, as the field's type writes it.",
                }
                .to_owned(),
            })
            .collect(),
    }
}

/// The contract's own limits.
fn check_contract(user_metadata: &Object) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if user_metadata.len() > MAX_METADATA_FIELDS {
        errors.push(FieldError {
            path: "/user_metadata".to_owned(),
            code: "too_many_fields".to_owned(),
            message: format!("A sign-up takes at most {MAX_METADATA_FIELDS} fields."),
        });
    }
    for (key, value) in user_metadata.iter() {
        errors.extend(check_key(key));
        errors.extend(check_length(Storage::UserMetadata, key, value));
    }
    errors
}

fn check_key(key: &str) -> Option<FieldError> {
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
        path: pointer(Storage::UserMetadata, key),
        code: code.to_owned(),
        message,
    })
}

fn check_length(storage: Storage, name: &str, value: &Value) -> Option<FieldError> {
    let max = match storage {
        Storage::Root => contract_max(storage, name),
        Storage::UserMetadata => MAX_METADATA_VALUE,
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
        path: pointer(storage, name),
        code: code.to_owned(),
        message,
    })
}

/// A JSON pointer (RFC 6901) into the request.
fn pointer(storage: Storage, name: &str) -> String {
    let name = name.replace('~', "~0").replace('/', "~1");
    match storage {
        Storage::Root => format!("/{name}"),
        Storage::UserMetadata => format!("/user_metadata/{name}"),
    }
}

fn refuse(errors: Vec<FieldError>) -> Result<(), ApiError> {
    match errors.is_empty() {
        true => Ok(()),
        false => Err(ApiError {
            name: Some("BadRequestError".to_owned()),
            errors,
            ..ApiError::new(
                400,
                code::INVALID_USER_METADATA,
                "Some values are not accepted; `errors` says which and why.",
            )
        }),
    }
}
