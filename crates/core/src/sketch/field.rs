//! One field of a sketch.

use crate::answers::Answer;
use crate::config::Config;
use crate::country;
use crate::field::{Field, FieldKind, Identifier, Options, Prefill};
use crate::value::{Object, Value};
use crate::{checklist, password::PasswordPolicy};

/// A field as it is painted; `None` for one that nobody sees.
pub(super) fn sketch(field: &Field, is_asked: bool, config: &Config) -> Option<Value> {
    let mut sketch = Object::new();
    sketch.insert("name", field.name.as_str());
    sketch.insert("kind", kind(&field.kind)?);
    sketch.insert("label", field.label.as_str());
    sketch.insert("autocomplete", field.autocomplete());
    sketch.insert("required", field.required);
    let texts = [
        ("ariaLabel", &field.aria_label),
        ("placeholder", &field.placeholder),
        ("icon", &field.icon),
    ];
    for (name, text) in texts {
        if let Some(text) = text {
            sketch.insert(name, text.as_str());
        }
    }
    let help: Vec<Value> = [&field.hint, &field.purpose]
        .into_iter()
        .flatten()
        .map(|line| line.as_str().into())
        .collect();
    if !help.is_empty() {
        sketch.insert("help", help);
    }
    if field.validator.is_some() {
        sketch.insert("checked", true);
    }
    if !is_asked {
        sketch.insert("hidden", true);
    }
    if let Some(value) = value(field, config) {
        sketch.insert("value", value);
    }
    match &field.kind {
        FieldKind::NewPassword(policy) => {
            sketch.insert("policy", lines(policy, config));
        }
        FieldKind::Country(only) => {
            sketch.insert("options", countries(only));
        }
        FieldKind::Consent(consent) => {
            if let Some(url) = &consent.url {
                sketch.insert("document", url.as_str());
            }
        }
        _ => {}
    }
    match field.options() {
        Some(Options::Listed(options)) => {
            let options = options.iter().map(|it| pair(&it.value, it.label.as_str()));
            sketch.insert("options", options.collect::<Vec<Value>>());
        }
        Some(Options::Loaded(_)) => {
            sketch.insert("loads", true);
        }
        None => {}
    }
    Some(sketch.into())
}

fn kind(kind: &FieldKind) -> Option<&'static str> {
    Some(match kind {
        FieldKind::Email | FieldKind::Identifier(Identifier::Email) => "email",
        FieldKind::Identifier(Identifier::Either) => "either",
        FieldKind::Identifier(Identifier::Username) | FieldKind::Username(_) => "username",
        FieldKind::NewPassword(_) => "newPassword",
        FieldKind::CurrentPassword => "currentPassword",
        FieldKind::OneTimeCode => "code",
        FieldKind::Secret => "password",
        FieldKind::Text => "text",
        FieldKind::TextArea => "textarea",
        FieldKind::Telephone => "tel",
        FieldKind::Url => "url",
        FieldKind::Number => "number",
        FieldKind::Date => "date",
        FieldKind::Select(_) => "select",
        FieldKind::Radio(_) => "radio",
        FieldKind::Combobox(_) => "combobox",
        FieldKind::Country(_) => "country",
        FieldKind::Checkboxes(_) => "checkboxes",
        FieldKind::Checkbox => "checkbox",
        FieldKind::Consent(_) => "consent",
        FieldKind::Hidden => return None,
    })
}

/// What it starts with: what the config says of the person, else its own prefill.
fn value(field: &Field, config: &Config) -> Option<Value> {
    let known = match (&field.kind, field.name.as_str()) {
        (FieldKind::Identifier(_), _) | (_, "email") => &config.prefill.email,
        (_, "username") => &config.prefill.username,
        (_, "phone_number") => &config.prefill.phone_number,
        _ => "",
    };
    match &field.prefill {
        _ if !known.is_empty() => Some(known.into()),
        Prefill::Given(Answer::Bool(ticked)) => Some((*ticked).into()),
        Prefill::Given(Answer::List(values)) => {
            let values = values.iter().map(|value| value.as_str().into());
            Some(values.collect::<Vec<Value>>().into())
        }
        Prefill::Given(answer) if !answer.is_blank() => Some(answer.to_text().into()),
        Prefill::Given(_) | Prefill::Loaded(_) => None,
    }
}

/// What a new password needs, and whether it is an item of the line above.
fn lines(policy: &PasswordPolicy, config: &Config) -> Value {
    let lines = checklist::lines(&policy.check(""), &config.texts);
    let lines = lines.into_iter().map(|line| pair(&line.text, line.item));
    lines.collect::<Vec<Value>>().into()
}

/// Their codes: a browser has their names.
fn countries(only: &[String]) -> Value {
    let codes: Vec<&str> = match only {
        [] => country::codes().collect(),
        only => only.iter().map(String::as_str).collect(),
    };
    let codes = codes.into_iter().map(|code| pair(code, code));
    codes.collect::<Vec<Value>>().into()
}

fn pair(first: &str, second: impl Into<Value>) -> Value {
    vec![first.into(), second.into()].into()
}
