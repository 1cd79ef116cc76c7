//! `additionalSignUpFields`: Lock's properties with Lock's meaning, and ours
//! beside them.

use crate::Answers;
use crate::answers::Answer;
use crate::date::{Date, Today};
use crate::field::{
    Field, FieldKind, MAX_METADATA_FIELDS, MAX_METADATA_KEY, MAX_METADATA_VALUE, Options, Prefill,
    ROOT_ATTRIBUTES, Storage,
};
use crate::judge::Context;
use crate::value::Value;
use crate::violation::Violation;

use super::condition::{check_conditions, read_condition};
use super::kinds::read_kind;
use super::problem::{Code, Problem};
use super::read::{Reader, items, texts};
use super::rules::{NO_DECIMAL, read_messages, read_rules};
use super::spec::{FIELD, STORAGES};

/// The built-in fields, whose names are theirs.
pub const BUILT_IN: [&str; 3] = ["email", "username", "password"];

/// Reads the list of additional fields, in the language of the box.
pub fn read_fields(
    value: &Value,
    path: &str,
    language: &str,
    problems: &mut Vec<Problem>,
) -> Vec<Field> {
    let mut fields: Vec<(String, Field)> = Vec::new();
    for (path, item) in items(value, path, problems).unwrap_or_default() {
        let Some(mut reader) = Reader::new(item, &path, problems) else {
            continue;
        };
        let Some(field) = read_field(&mut reader, &path, language) else {
            continue;
        };
        if fields.iter().any(|(_, other)| other.name == field.name) {
            reader.problem(
                "name",
                Code::DuplicateName,
                "another field has this name: one of the answers would be lost",
            );
        }
        fields.push((path, field));
    }
    check_conditions(&fields, &BUILT_IN, problems);
    check_equals(&fields, problems);
    let mut fields: Vec<Field> = fields.into_iter().map(|(_, field)| field).collect();
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
fn read_field(reader: &mut Reader<'_>, path: &str, language: &str) -> Option<Field> {
    // Lock's `placeholderHTML` is told by another problem.
    reader.allow(&[FIELD.names, &["placeholderHTML"]].concat());
    let name = read_name(reader);
    let kind = read_kind(reader, language);
    let storage = read_storage(reader, name.as_deref(), &kind);
    let (label, placeholder) = read_label(reader, &kind, language);
    let when = match reader.get("when") {
        Some(value) => {
            let path = [path, ".when"].concat();
            read_condition(value, &path, reader.problems())
        }
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
    let by_default = field.validator.is_none()
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

fn read_prefill(reader: &mut Reader<'_>, field: &Field) -> Prefill {
    let option = match field.kind {
        FieldKind::Hidden => "value",
        _ => "prefill",
    };
    let given = |answer| Prefill::Given(answer);
    let nothing = || given(Answer::Text(String::new()));
    let Some(value) = reader.get(option) else {
        if let FieldKind::Hidden = field.kind {
            reader.problem("value", Code::Missing, "this option must be set");
        }
        return nothing();
    };
    let text = match (&field.kind, value) {
        (FieldKind::Secret, _) => {
            reader.problem(option, Code::InvalidValue, "a secret cannot be prefilled");
            return nothing();
        }
        (FieldKind::Consent(_), _) => {
            let message = "a consent that is ticked already is none (GDPR, recital 32)";
            reader.problem(option, Code::InvalidValue, message);
            return nothing();
        }
        (_, Value::Function(_) | Value::Object(_)) => {
            return match reader.source(option) {
                Some(source) => Prefill::Loaded(source),
                None => nothing(),
            };
        }
        (FieldKind::Checkbox, value) => return given(Answer::Bool(read_ticked(reader, value))),
        (FieldKind::Checkboxes(_), Value::List(_)) => {
            let answer = Answer::List(texts(reader, option));
            check_answer(reader, option, field, &answer);
            return given(answer);
        }
        (FieldKind::Checkboxes(_), _) => {
            reader.problem(option, Code::WrongType, "give a list of options");
            return given(Answer::List(Vec::new()));
        }
        // Lock stops at a number here.
        (_, Value::Number(number))
            if matches!(field.kind, FieldKind::Number | FieldKind::Hidden) =>
        {
            match crate::decimal::Decimal::from_f64(*number) {
                Some(number) => number.to_string(),
                None => {
                    reader.problem(option, Code::InvalidValue, NO_DECIMAL);
                    return nothing();
                }
            }
        }
        (FieldKind::Hidden, Value::Bool(bool)) => bool.to_string(),
        _ => reader.text(option).unwrap_or_default(),
    };
    let answer = field.typed(&text);
    if !text.is_empty() {
        check_answer(reader, option, field, &answer);
    }
    given(answer)
}

/// What the config answers itself must be an answer.
fn check_answer(reader: &mut Reader<'_>, option: &str, field: &Field, answer: &Answer) {
    let context = Context {
        answers: &Answers::default(),
        known: None,
        // Rules relative to today are judged when somebody signs up.
        today: Today::here(Date::EPOCH),
        matches: &|_, _| true,
    };
    match field.validate(answer, &context) {
        Err(Violation::NotAnOption) if field.options().is_some() => {
            let values: Vec<&str> = match field.options() {
                Some(Options::Listed(options)) => options.iter().map(|it| &*it.value).collect(),
                _ => Vec::new(),
            };
            reader.one_of(option, &answer.to_text(), &values);
        }
        Err(Violation::TooLong(max)) => {
            let message = ["this takes at most ", &max.to_string(), " characters"];
            reader.problem(option, Code::TooLong, &message.concat());
        }
        Err(
            violation @ (Violation::NotANumber
            | Violation::NotADate
            | Violation::NotAnOption
            | Violation::Url),
        ) => {
            let message = ["this is no answer to the field: ", violation.code()].concat();
            reader.problem(option, Code::InvalidValue, &message);
        }
        // A person who starts with it can still mend it.
        _ => {}
    }
}

/// Whether a checkbox starts ticked: Lock's strings, or a boolean.
fn read_ticked(reader: &mut Reader<'_>, value: &Value) -> bool {
    match value {
        Value::Bool(ticked) => *ticked,
        Value::Text(text) if text == "true" => true,
        Value::Text(text) if text == "false" => false,
        _ => {
            reader.problem(
                "prefill",
                Code::WrongType,
                "a checkbox starts with true or false",
            );
            false
        }
    }
}

/// `equals` names another field, whose answer is a text.
fn check_equals(fields: &[(String, Field)], problems: &mut Vec<Problem>) {
    for (path, field) in fields {
        let Some(other) = &field.rules.equals else {
            continue;
        };
        let found = fields.iter().find(|(_, field)| field.name == *other);
        let exists = BUILT_IN.contains(&other.as_str()) || found.is_some();
        let (code, message) = match found {
            _ if !exists || *other == field.name => (
                Code::UnknownField,
                ["there is no other field `", other, "`"].concat(),
            ),
            Some((_, other)) if !other.is_text() => {
                let message = ["the answer to `", &other.name, "` is no text"];
                (Code::InvalidValue, message.concat())
            }
            _ => continue,
        };
        problems.push(Problem {
            path: [path, ".rules.equals"].concat(),
            code,
            message,
            suggestion: None,
        });
    }
}
