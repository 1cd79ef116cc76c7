//! `additionalSignUpFields`: Lock's properties with Lock's meaning, and ours
//! beside them.

use crate::field::{
    Field, FieldKind, Length, MAX_METADATA_FIELDS, MAX_METADATA_KEY, ROOT_ATTRIBUTES, SelectOption,
    Storage, contract_max,
};
use crate::value::Value;

use super::problem::{Code, Problem};
use super::read::{Reader, items};

/// The built-in fields, whose names are theirs.
const BUILT_IN: [&str; 3] = ["email", "username", "password"];

const TYPES: [&str; 4] = ["text", "select", "checkbox", "hidden"];

/// Reads the list of additional fields.
pub fn read_fields(value: &Value, path: &str, problems: &mut Vec<Problem>) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for (item_path, item) in items(value, path, problems).unwrap_or_default() {
        let Some(mut reader) = Reader::new(item, &item_path, problems) else {
            continue;
        };
        let Some(field) = read_field(&mut reader) else {
            continue;
        };
        if fields.iter().any(|other| other.name == field.name) {
            reader.problem(
                "name",
                Code::DuplicateName,
                "another field has this name: one of the answers would be lost",
            );
        }
        fields.push(field);
    }
    let metadata = fields.iter().filter(|field| field.is_metadata()).count();
    if metadata > MAX_METADATA_FIELDS {
        problems.push(Problem {
            path: path.to_owned(),
            code: Code::TooManyFields,
            message: [
                "a sign-up takes 10 metadata fields, and these are ",
                &metadata.to_string(),
            ]
            .concat(),
            suggestion: None,
        });
    }
    fields
}

/// Reads one field. `None` only if it has no usable name.
fn read_field(reader: &mut Reader<'_>) -> Option<Field> {
    reader.allow(&[
        "ariaLabel",
        "icon",
        "label",
        "name",
        "options",
        "placeholder",
        "prefill",
        "required",
        "rules",
        "storage",
        "type",
        "value",
    ]);
    let name = read_name(reader);
    let kind = read_kind(reader);
    let storage = read_storage(reader, name.as_deref());
    let (label, placeholder) = read_label(reader, &kind);
    let name = name?;
    let mut field = Field::new(&name, kind, &label);
    field.placeholder = placeholder;
    field.aria_label = reader.text("ariaLabel");
    field.storage = storage;
    field.icon = read_icon(reader);
    // As in Lock, where only these two could not be left empty.
    let by_default = matches!(field.kind, FieldKind::Text | FieldKind::Select(_));
    field.required = reader.bool("required").unwrap_or(by_default);
    field.length = read_length(reader, &field);
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

fn read_kind(reader: &mut Reader<'_>) -> FieldKind {
    let name = reader.text("type").unwrap_or_else(|| "text".to_owned());
    let kind = match name.as_str() {
        "text" => FieldKind::Text,
        "select" => FieldKind::Select(read_options(reader)),
        "checkbox" => FieldKind::Checkbox,
        "hidden" => FieldKind::Hidden,
        other => {
            reader.one_of("type", other, &TYPES);
            // Nothing more can be said about a field of no known type.
            return FieldKind::Text;
        }
    };
    for (option, allowed) in [
        ("options", matches!(kind, FieldKind::Select(_))),
        ("value", matches!(kind, FieldKind::Hidden)),
        ("prefill", !matches!(kind, FieldKind::Hidden)),
        ("rules", matches!(kind, FieldKind::Text)),
    ] {
        if !allowed && reader.get(option).is_some() {
            let message = ["a field of type `", &name, "` has no such option"].concat();
            reader.problem(option, Code::InvalidValue, &message);
        }
    }
    kind
}

fn read_options(reader: &mut Reader<'_>) -> Vec<SelectOption> {
    if reader.get("options").is_none() {
        reader.problem("options", Code::Missing, "a select needs its options");
        return Vec::new();
    }
    let list = reader.list("options").unwrap_or_default();
    if list.is_empty() {
        reader.problem("options", Code::InvalidValue, "a select needs an option");
    }
    let mut options: Vec<SelectOption> = Vec::new();
    for (path, item) in list {
        let Some(mut option) = Reader::new(item, &path, reader.problems()) else {
            continue;
        };
        option.allow(&["label", "value"]);
        let (value, label) = (option.required_text("value"), option.required_text("label"));
        let (Some(value), Some(label)) = (value, label) else {
            continue;
        };
        if options.iter().any(|other| other.value == value) {
            option.problem(
                "value",
                Code::DuplicateName,
                "another option has this value",
            );
        }
        check_value(&mut option, "value", &value, Storage::UserMetadata, "");
        options.push(SelectOption { value, label });
    }
    options
}

fn read_storage(reader: &mut Reader<'_>, name: Option<&str>) -> Storage {
    let Some(storage) = reader.text("storage") else {
        return Storage::UserMetadata;
    };
    match storage.as_str() {
        "user_metadata" => Storage::UserMetadata,
        "root" => {
            let known = |name| ROOT_ATTRIBUTES.iter().any(|(known, _)| *known == name);
            if let Some(name) = name
                && !known(name)
            {
                reader.one_of("name", name, &ROOT_ATTRIBUTES.map(|(known, _)| known));
            }
            Storage::Root
        }
        other => {
            reader.one_of("storage", other, &["user_metadata", "root"]);
            Storage::UserMetadata
        }
    }
}

/// The visible label, and what is shown inside the empty control. Lock knows
/// only `placeholder`; it is the label then, since a label must stay visible
/// while one types (WCAG 2.2, 3.3.2).
fn read_label(reader: &mut Reader<'_>, kind: &FieldKind) -> (String, Option<String>) {
    let label = reader.text("label").filter(|label| !label.is_empty());
    let placeholder = reader.text("placeholder").filter(|text| !text.is_empty());
    match (label, placeholder) {
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

/// An image address. Only what the page serves itself or over https: an
/// address is no place for a script.
fn read_icon(reader: &mut Reader<'_>) -> Option<String> {
    let icon = reader.text("icon")?;
    let local = icon.starts_with('/') && !icon.starts_with("//") && !icon.starts_with("/\\");
    let clean = !icon.chars().any(|c| c.is_control() || c.is_whitespace());
    if clean && (icon.starts_with("https://") || local) {
        return Some(icon);
    }
    reader.problem(
        "icon",
        Code::InvalidValue,
        "give an address that starts with `https://` or `/`",
    );
    None
}

fn read_length(reader: &mut Reader<'_>, field: &Field) -> Length {
    let Some(mut rules) = reader.object("rules") else {
        return Length::default();
    };
    rules.allow(&["maxLength", "minLength"]);
    let contract = contract_max(field.storage, &field.name);
    let length = Length {
        min: rules.whole_number("minLength", contract),
        max: rules.whole_number("maxLength", contract),
    };
    if let (Some(min), Some(max)) = (length.min, length.max)
        && min > max
    {
        rules.problem(
            "maxLength",
            Code::InvalidValue,
            "`maxLength` is less than `minLength`",
        );
    }
    length
}

fn read_prefill(reader: &mut Reader<'_>, field: &Field) -> String {
    match &field.kind {
        FieldKind::Hidden => {
            let value = reader.required_text("value").unwrap_or_default();
            check_value(reader, "value", &value, field.storage, &field.name);
            value
        }
        FieldKind::Checkbox => read_ticked(reader).to_string(),
        FieldKind::Select(options) => {
            let prefill = reader.text("prefill").unwrap_or_default();
            if !prefill.is_empty() && !options.iter().any(|option| option.value == prefill) {
                let values: Vec<&str> = options.iter().map(|o| o.value.as_str()).collect();
                reader.one_of("prefill", &prefill, &values);
            }
            prefill
        }
        _ => {
            let prefill = reader.text("prefill").unwrap_or_default();
            check_value(reader, "prefill", &prefill, field.storage, &field.name);
            prefill
        }
    }
}

/// Whether a checkbox starts ticked: Lock's strings, or a boolean.
fn read_ticked(reader: &mut Reader<'_>) -> bool {
    match reader.get("prefill") {
        None => false,
        Some(Value::Bool(ticked)) => *ticked,
        Some(Value::Text(text)) if text == "true" => true,
        Some(Value::Text(text)) if text == "false" => false,
        Some(_) => {
            reader.problem(
                "prefill",
                Code::WrongType,
                "a checkbox starts with true or false",
            );
            false
        }
    }
}

fn check_value(reader: &mut Reader<'_>, option: &str, value: &str, storage: Storage, name: &str) {
    let max = contract_max(storage, name);
    if value.chars().count() > max as usize {
        let message = [
            "a sign-up takes at most ",
            &max.to_string(),
            " characters here",
        ]
        .concat();
        reader.problem(option, Code::TooLong, &message);
    }
}
