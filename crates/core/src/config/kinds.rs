//! `type` of a field, and the options that only some types have.

use crate::country;
use crate::field::{Consent, FieldKind, MAX_METADATA_VALUE, Options, SelectOption, Source};
use crate::value::Value;

use super::problem::{Code, Place, Problem};
use super::read::{Reader, texts};
use super::spec::{OPTION, TYPES};

const TOO_LONG: &str = "a sign-up takes at most 500 characters here";

/// Reads the type of a field.
pub fn read_kind(reader: &mut Reader<'_>, language: &str) -> FieldKind {
    let name = reader.text("type").unwrap_or_else(|| "text".to_owned());
    let kind = match name.as_str() {
        "text" => FieldKind::Text,
        "textarea" => FieldKind::TextArea,
        "email" => FieldKind::Email,
        "tel" => FieldKind::Telephone,
        "url" => FieldKind::Url,
        "number" => FieldKind::Number,
        "date" => FieldKind::Date,
        "password" => FieldKind::Secret,
        "select" => FieldKind::Select(read_options(reader, language)),
        "radio" => FieldKind::Radio(read_options(reader, language)),
        "combobox" => FieldKind::Combobox(read_options(reader, language)),
        "checkboxes" | "multiselect" => FieldKind::Checkboxes(read_options(reader, language)),
        "country" => FieldKind::Country(read_countries(reader)),
        "checkbox" => FieldKind::Checkbox,
        "consent" => FieldKind::Consent(read_consent(reader)),
        "hidden" => FieldKind::Hidden,
        other => {
            reader.one_of("type", other, &TYPES);
            // Nothing more can be said about a field of no known type.
            return FieldKind::Text;
        }
    };
    let hidden = matches!(kind, FieldKind::Hidden);
    let consent = matches!(kind, FieldKind::Consent(_));
    let options = matches!(
        kind,
        FieldKind::Select(_)
            | FieldKind::Radio(_)
            | FieldKind::Combobox(_)
            | FieldKind::Checkboxes(_)
            | FieldKind::Country(_)
    );
    for (option, allowed) in [
        ("options", options),
        ("value", hidden),
        ("prefill", !hidden),
        ("document", consent),
        ("version", consent),
        ("hint", !hidden),
        ("purpose", !hidden),
    ] {
        if !allowed && reader.get(option).is_some() {
            let message = ["a field of type `", &name, "` has no such option"];
            reader.explain(option, Code::InvalidValue, &message);
        }
    }
    kind
}

/// `options`: a list, or where they are loaded from.
fn read_options(reader: &mut Reader<'_>, language: &str) -> Options {
    let Some(value) = reader.get("options") else {
        reader.problem("options", Code::Missing, "this type needs its options");
        return Options::Listed(Vec::new());
    };
    if let Value::Function(function) = value {
        return Options::Loaded(Source::Function(*function));
    }
    if value.as_object().is_some() {
        return match reader.source("options") {
            Some(source) => Options::Loaded(source),
            None => Options::Listed(Vec::new()),
        };
    }
    let list = reader.list("options").unwrap_or_default();
    if list.is_empty() && value.as_list().is_some() {
        reader.problem("options", Code::InvalidValue, "this type needs an option");
    }
    let mut options: Vec<SelectOption> = Vec::new();
    for (place, item) in list {
        // A text is its own label.
        if let Some(text) = item.as_text().filter(|text| !text.is_empty()) {
            add(
                &mut options,
                [text.to_owned(), text.to_owned()],
                place,
                reader.problems(),
            );
            continue;
        }
        let Some(mut option) = Reader::new(item, &place, reader.problems()) else {
            continue;
        };
        option.allow(OPTION.names);
        let value = option.text("value");
        if value.is_none() && option.get("value").is_none() {
            option.problem("value", Code::Missing, "this option must be set");
        }
        let label = option.words("label", language).filter(|it| !it.is_empty());
        if label.is_none() {
            option.problem("label", Code::Missing, "an option needs a label to show");
        }
        let (Some(value), Some(label)) = (value, label) else {
            continue;
        };
        let place = place.option("value");
        add(&mut options, [value, label], place, reader.problems());
    }
    Options::Listed(options)
}

/// Adds an option, if it can be told from the others and be sent.
fn add(
    options: &mut Vec<SelectOption>,
    [value, label]: [String; 2],
    place: Place,
    problems: &mut Vec<Problem>,
) {
    let mut problem = |code, message: &str| {
        problems.push(Problem::new(place.clone(), code, &[message]));
    };
    if value.chars().count() > MAX_METADATA_VALUE as usize {
        problem(Code::TooLong, TOO_LONG);
    }
    if options.iter().any(|other| other.value == value) {
        problem(Code::DuplicateName, "another option has this value");
    }
    options.push(SelectOption { value, label });
}

/// The countries to choose from; all, if there is no such list.
fn read_countries(reader: &mut Reader<'_>) -> Vec<String> {
    let codes = texts(reader, "options");
    for code in &codes {
        if !country::is_code(code) {
            let message = "give two-letter codes of ISO 3166-1, such as `DE`";
            reader.problem("options", Code::InvalidValue, message);
            break;
        }
    }
    codes
}

fn read_consent(reader: &mut Reader<'_>) -> Consent {
    let version = reader.required_text("version").unwrap_or_default();
    if version.chars().count() > MAX_METADATA_VALUE as usize {
        reader.problem("version", Code::TooLong, TOO_LONG);
    }
    let url = reader.text("document");
    let url = match url {
        Some(url) if reader.address("document", &url) => Some(url),
        _ => None,
    };
    Consent { version, url }
}
