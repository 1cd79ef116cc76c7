//! `additionalSignUpFields`: Lock's properties with Lock's meaning, and ours
//! beside them.

use crate::field::{
    Field, FieldKind, MAX_METADATA_FIELDS, MAX_METADATA_KEY, MAX_METADATA_VALUE, ROOT_ATTRIBUTES,
    Storage,
};
use crate::gather::Gather;
use crate::progressive::HISTORY;
use crate::value::Value;

use super::condition::{check_conditions, read_condition};
use super::kinds::read_kind;
use super::prefill::read_prefill;
use super::problem::{Code, Place, Problem};
use super::read::{Reader, items};
use super::rules::{read_messages, read_rules};
use super::spec::{FIELD, QUESTION, STORAGES};

/// The built-in fields, whose names are theirs.
pub const BUILT_IN: [&str; 3] = ["email", "username", "password"];

/// What is said of a name that stands twice.
pub(super) const TWICE: &str = "another field has this name: one of the answers would be lost";

/// Where a field is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// In the form of the sign-up.
    AtSignUp,
    /// In a prompt after it.
    Later,
}

/// Reads the list of additional fields, in the language of the box.
pub fn read_fields(
    value: &Value,
    place: &Place,
    language: &str,
    problems: &mut Vec<Problem>,
) -> Vec<Field> {
    let mut fields: Vec<(Place, Field)> = Vec::new();
    for (place, item) in items(value, place, problems).unwrap_or_default() {
        let Some(mut reader) = Reader::new(item, &place, problems) else {
            continue;
        };
        let Some(field) = read_field(&mut reader, &place, language, Asked::AtSignUp) else {
            continue;
        };
        if fields.iter().any(|(_, other)| other.name == field.name) {
            reader.problem("name", Code::DuplicateName, TWICE);
        }
        fields.push((place, field));
    }
    check_conditions(&fields, &[], &BUILT_IN, problems);
    check_equals(&fields, &[], &BUILT_IN, problems);
    let mut fields: Vec<Field> = fields.into_iter().map(|(_, field)| field).gather();
    defer(&mut fields);
    fields
}

/// Marks what does not fit a sign-up any more: every property after the tenth.
fn defer(fields: &mut [Field]) {
    let fitting = fields
        .iter_mut()
        .filter(|field| field.is_metadata() && !field.deferred);
    for field in fitting.skip(MAX_METADATA_FIELDS) {
        field.deferred = true;
    }
}

/// Whether an answer cannot fit a sign-up: a list, or a text that may be longer
/// than it takes.
fn is_too_much(field: &Field) -> bool {
    let long = field.rules.length.max > Some(MAX_METADATA_VALUE);
    field.is_metadata() && (long || matches!(field.kind, FieldKind::Checkboxes(_)))
}

/// Reads one field. `None` only if it has no usable name.
pub(super) fn read_field(
    reader: &mut Reader<'_>,
    place: &Place,
    language: &str,
    asked: Asked,
) -> Option<Field> {
    let more = match asked {
        Asked::AtSignUp => &[],
        Asked::Later => QUESTION.names,
    };
    // Lock's `placeholderHTML` is told by another problem.
    reader.allow(&[FIELD.names, more, &["placeholderHTML"]].concat());
    let name = read_name(reader);
    let kind = read_kind(reader, language);
    let storage = match asked {
        Asked::AtSignUp => read_storage(reader, name.as_deref(), &kind),
        Asked::Later => {
            // What it may be is checked with the kind.
            let _ = reader.text("storage");
            Storage::UserMetadata
        }
    };
    let (label, placeholder) = read_label(reader, &kind, language);
    let when = match reader.get("when") {
        Some(value) => read_condition(value, &place.option("when"), reader.problems()),
        None => None,
    };
    let mut field = Field::new(&name?, kind, &label);
    field.storage = storage;
    field.when = when;
    field.placeholder = placeholder;
    field.aria_label = reader.words("ariaLabel", language);
    field.hint = reader.words("hint", language);
    field.purpose = reader.words("purpose", language);
    field.autocomplete = reader.text("autocomplete");
    field.icon = reader.text("icon");
    if let Some(icon) = field.icon.clone()
        && !reader.address("icon", &icon)
    {
        field.icon = None;
    }
    field.validator = reader.function("validator");
    // As in Lock, where only these could not be left empty, and a validator
    // alone decides what may be.
    let by_default = asked == Asked::AtSignUp
        && field.validator.is_none()
        && !matches!(
            field.kind,
            FieldKind::Checkbox
                | FieldKind::Checkboxes(_)
                | FieldKind::Consent(_)
                | FieldKind::Hidden
        );
    field.required = reader.bool("required").unwrap_or(by_default);
    field.rules = read_rules(reader, &field);
    field.deferred = is_too_much(&field);
    field.messages = read_messages(reader, language);
    field.prefill = read_prefill(reader, &field);
    Some(field)
}

fn read_name(reader: &mut Reader<'_>) -> Option<String> {
    let name = reader.required_text("name")?;
    if BUILT_IN.contains(&name.as_str()) {
        reader.problem(
            "name",
            Code::ReservedName,
            "the box asks for this itself: choose another name",
        );
    } else if name == HISTORY {
        reader.problem(
            "name",
            Code::ReservedName,
            "the history of questions is kept under this name: choose another name",
        );
    } else if !name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    {
        reader.problem(
            "name",
            Code::InvalidValue,
            "a name has letters a to z, digits and `_` alone",
        );
    } else if name.len() > MAX_METADATA_KEY {
        reader.problem("name", Code::TooLong, "a name has at most 100 characters");
    }
    Some(name)
}

fn read_storage(reader: &mut Reader<'_>, name: Option<&str>, kind: &FieldKind) -> Storage {
    let secret = matches!(kind, FieldKind::Secret);
    let Some(storage) = reader.text("storage") else {
        // What is hidden on the screen is not put where everybody reads it,
        // unless the config says so.
        return if secret {
            Storage::Nowhere
        } else {
            Storage::UserMetadata
        };
    };
    match storage.as_str() {
        "user_metadata" => Storage::UserMetadata,
        "none" => Storage::Nowhere,
        "root" => {
            let known = |name| ROOT_ATTRIBUTES.iter().any(|(known, _)| *known == name);
            if let Some(name) = name
                && !known(name)
            {
                reader.one_of("name", name, &ROOT_ATTRIBUTES.map(|(known, _)| known));
            }
            if matches!(kind, FieldKind::Checkboxes(_)) {
                let message = "an attribute of the user is a text, and this answer is a list";
                reader.problem("storage", Code::InvalidValue, message);
            }
            Storage::Root
        }
        other => {
            reader.one_of("storage", other, &STORAGES);
            Storage::UserMetadata
        }
    }
}

/// The visible label, and what is shown inside the empty control. Lock knows
/// only `placeholder`; it is the label then, since a label must stay visible
/// while one types (WCAG 2.2, 3.3.2).
fn read_label(
    reader: &mut Reader<'_>,
    kind: &FieldKind,
    language: &str,
) -> (String, Option<String>) {
    if reader.get("placeholderHTML").is_some() {
        let message = "HTML is never interpreted: give a `label`, and for a link a field of type `consent` with a `document`";
        reader.problem("placeholderHTML", Code::Html, message);
        return ("-".to_owned(), None);
    }
    let mut words = |name| {
        let words = reader.words(name, language);
        words.filter(|words| !words.trim().is_empty())
    };
    match (words("label"), words("placeholder")) {
        (Some(label), placeholder) => (label, placeholder),
        (None, Some(placeholder)) => (placeholder, None),
        (None, None) => {
            if !matches!(kind, FieldKind::Hidden) {
                reader.problem(
                    "label",
                    Code::Missing,
                    "a field needs a `label`, or a `placeholder` to show as one",
                );
            }
            Default::default()
        }
    }
}

/// `equals` names another field, whose answer is a text: one of the same list,
/// one of those beside it, or a built-in one.
pub(super) fn check_equals(
    fields: &[(Place, Field)],
    beside: &[Field],
    built_in: &[&str],
    problems: &mut Vec<Problem>,
) {
    for (place, field) in fields {
        let Some(other) = &field.rules.equals else {
            continue;
        };
        let mut all = fields.iter().map(|(_, field)| field).chain(beside);
        let found = all.find(|field| field.name == *other);
        let exists = built_in.contains(&other.as_str()) || found.is_some();
        let (code, message) = match found {
            _ if !exists || *other == field.name => (
                Code::UnknownField,
                ["there is no other field `", other, "`"],
            ),
            Some(other) if !other.is_text() => (
                Code::InvalidValue,
                ["the answer to `", &other.name, "` is no text"],
            ),
            _ => continue,
        };
        let place = place.option("rules.equals");
        problems.push(Problem::new(place, code, &message));
    }
}
