//! Whether what a sign-up or a change of the profile says may be stored.
//!
//! A connection with a form stores what its fields ask for and nothing else,
//! by the very functions that the box runs. One without a form stores whatever
//! the contract allows.

mod contract;

use latchlet_core::codec::{self, SignUpValues};
use latchlet_core::date::Today;
use latchlet_core::field::Storage;
use latchlet_core::{Context, Date, Field, Form, Object, Texts, Value, pattern};
use latchlet_store::UnixMillis;
use latchlet_wire::error::code;
use latchlet_wire::{ApiError, FieldError};

use crate::clock;

/// The most bytes of `user_metadata` as JSON. What a sign-up may send always
/// fits, ten values of 500 characters, however they are escaped. Auth0 names
/// 10 KB as a soft limit.
pub const MAX_METADATA: usize = 32 * 1024;

/// What is stored of a sign-up. What the contract limits, it limits with a form
/// too, whose own words come first.
pub fn of_sign_up(
    form: Option<&[Field]>,
    attributes: &Object,
    user_metadata: &Object,
    now: UnixMillis,
) -> Result<SignUpValues, ApiError> {
    let received = SignUpValues {
        root: attributes.clone(),
        user_metadata: user_metadata.clone(),
        deferred: Object::new(),
    };
    let limits = contract::check(&received);
    let (stored, mut errors) = match form {
        Some(fields) => read(&Form::new(fields.to_vec()), &received, None, now),
        None => (received, Vec::new()),
    };
    for limit in limits {
        if errors.iter().all(|error| error.path != limit.path) {
            errors.push(limit);
        }
    }
    refuse(errors)?;
    Ok(stored)
}

/// The change of the metadata that is merged. Deleting is always allowed, and
/// a form's `required` is about signing up; a text that is no answer to the
/// form deletes what was answered before.
pub fn of_change(
    form: Option<Vec<&Field>>,
    change: &Object,
    now: UnixMillis,
) -> Result<Object, ApiError> {
    let set: Object = change
        .iter()
        .filter(|(_, value)| **value != Value::Null)
        .map(|(key, value)| (key, value.clone()))
        .collect();
    let Some(fields) = form else {
        refuse(
            set.iter()
                .flat_map(|(key, _)| contract::check_key(key))
                .collect(),
        )?;
        return Ok(change.clone());
    };
    // Each is judged by itself: what it depends on may have been answered at
    // another time. There is no contract of a sign-up to fit.
    let named = fields
        .into_iter()
        .filter(|field| field.is_metadata() && set.get(&field.name).is_some())
        .map(|field| {
            let mut alone = field.clone();
            alone.when = None;
            alone.rules.equals = None;
            alone
        });
    let form = Form::new(named.collect());
    let (received, deferred) = split(&form, set);
    let received = SignUpValues {
        user_metadata: received,
        deferred,
        ..SignUpValues::default()
    };
    // Nothing is left that the server cannot see, what was deferred included.
    let (mut stored, errors) = read(&form, &received, Some(&Object::new()), now);
    for (key, value) in core::mem::take(&mut stored.deferred).iter() {
        stored.user_metadata.insert(key, value.clone());
    }
    refuse(errors)?;
    Ok(change
        .iter()
        .map(|(key, _)| {
            let value = stored.user_metadata.get(key);
            (key, value.cloned().unwrap_or(Value::Null))
        })
        .collect())
}

/// What is stored of what was received for some fields, and what is wrong with
/// it. What is no answer, white space alone for instance, is not stored.
fn read(
    form: &Form,
    received: &SignUpValues,
    known: Option<&Object>,
    now: UnixMillis,
) -> (SignUpValues, Vec<FieldError>) {
    let answers = match codec::decode(form, received) {
        Ok(answers) => answers,
        Err(problems) => {
            let errors = problems.into_iter().map(|problem| FieldError {
                path: pointer_into(problem.storage, &problem.name),
                code: problem.code.to_owned(),
                message: match problem.code {
                    "unknown_field" => "The form of this connection has no such field.",
                    _ => "This must be a string, as the field's type writes it.",
                }
                .to_owned(),
            });
            return (SignUpValues::default(), errors.collect());
        }
    };
    let context = Context {
        answers: &answers,
        known,
        today: today(now),
        matches: &pattern::matches,
    };
    let errors = form
        .validate(&context)
        .into_iter()
        .map(|(field, violation)| FieldError {
            path: pointer_into(field.storage, &field.name),
            code: violation.code().to_owned(),
            message: violation.describe(field, &Texts::default()),
        })
        .collect();
    let stored = codec::encode(form, &answers, known);
    // A box that was not sent would become `"false"`, which nobody said.
    let said = |stored: Object, received: &Object| -> Object {
        stored
            .iter()
            .filter(|(name, _)| received.get(name).is_some())
            .map(|(name, value)| (name, value.clone()))
            .collect()
    };
    let stored = SignUpValues {
        root: said(stored.root, &received.root),
        user_metadata: said(stored.user_metadata, &received.user_metadata),
        deferred: said(stored.deferred, &received.deferred),
    };
    (stored, errors)
}

/// What fits a sign-up, and what is sent after it.
fn split(form: &Form, set: Object) -> (Object, Object) {
    let deferred = |key: &str| form.field(key).is_some_and(|field| field.deferred);
    let part = |wanted: bool| {
        set.iter()
            .filter(|(key, _)| deferred(key) == wanted)
            .map(|(key, value)| (key, value.clone()))
            .collect()
    };
    (part(false), part(true))
}

/// The day that it is somewhere on Earth.
pub fn today(now: UnixMillis) -> Today {
    let utc = clock::iso(now)
        .get(..10)
        .and_then(Date::parse)
        .unwrap_or(Date::EPOCH);
    Today::anywhere(utc)
}

/// A JSON pointer (RFC 6901) to a property of `user_metadata` in the request.
pub fn pointer(name: &str) -> String {
    pointer_into(Storage::UserMetadata, name)
}

fn pointer_into(storage: Storage, name: &str) -> String {
    let name = name.replace('~', "~0").replace('/', "~1");
    match storage {
        Storage::Root => format!("/{name}"),
        Storage::UserMetadata | Storage::Nowhere => format!("/user_metadata/{name}"),
    }
}

/// Refuses, if there are errors.
pub fn refuse(errors: Vec<FieldError>) -> Result<(), ApiError> {
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

#[cfg(test)]
mod tests {
    use latchlet_core::config::{Place, read_fields};
    use latchlet_core::{Field, Object, Value};
    use serde_json::json;

    use super::{of_change, of_sign_up};

    fn fields() -> Vec<Field> {
        let described = json!([
            { "name": "tick", "label": "T", "type": "checkbox" },
            { "name": "many", "label": "M", "type": "checkboxes", "options": ["a", "b"] },
            { "name": "long", "label": "L", "required": false, "rules": { "maxLength": 600 } },
            { "name": "then", "label": "W", "when": { "field": "tick", "equals": true } },
            { "name": "mail", "label": "W", "when": { "field": "email", "contains": "@x.org" } },
        ]);
        let mut problems = Vec::new();
        let described: Value = serde_json::from_value(described).unwrap();
        let fields = read_fields(&described, &Place::default(), "en", &mut problems);
        assert_eq!(problems, []);
        fields
    }

    fn object(json: serde_json::Value) -> Object {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn a_sign_up_stores_what_was_asked_as_far_as_the_server_can_tell() {
        let sign_up = |metadata| {
            let stored = of_sign_up(Some(&fields()), &Object::new(), &object(metadata), 0);
            stored.map(|stored| json!(stored.user_metadata))
        };
        let metadata = json!({ "tick": "false", "then": "never asked", "mail": "x" });
        assert_eq!(
            sign_up(metadata).unwrap(),
            json!({ "tick": "false", "mail": "x" })
        );
        let missing = sign_up(json!({ "tick": "true" })).unwrap_err();
        assert_eq!(missing.errors[0].path, "/user_metadata/then");
        // A box that was not sent is not ticked, and nothing says that it was.
        assert_eq!(sign_up(json!({})).unwrap(), json!({}));
    }

    #[test]
    fn what_was_deferred_is_judged_when_it_comes() {
        let change = |metadata| {
            let change = of_change(Some(fields().iter().collect()), &object(metadata), 0);
            change.map(|change| json!(change)).map_err(|error| {
                let codes = error.errors.into_iter().map(|error| error.code);
                codes.collect::<Vec<_>>()
            })
        };
        let good = json!({ "many": ["b", "a"], "long": "x".repeat(600), "then": "x" });
        assert_eq!(change(good.clone()).unwrap(), good);
        assert_eq!(
            change(json!({ "many": ["c"], "long": "x".repeat(601) })).unwrap_err(),
            ["not_an_option", "too_long"]
        );
        assert_eq!(change(json!({ "many": "a" })).unwrap_err(), ["wrong_type"]);
        assert_eq!(
            change(json!({ "long": " " })).unwrap(),
            json!({ "long": null })
        );
    }
}
