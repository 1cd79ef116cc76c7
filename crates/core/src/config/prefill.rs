//! `prefill` and `value` of a field: the answer before the person gave one.

use crate::Answers;
use crate::answers::Answer;
use crate::date::{Date, Today};
use crate::field::{Field, FieldKind, Options, Prefill};
use crate::judge::Context;
use crate::value::Value;
use crate::violation::Violation;

use super::problem::{Code, number};
use super::read::{Reader, texts};
use super::rules::NO_DECIMAL;

/// Reads what a field starts with; of a hidden one, what it says.
pub(super) fn read_prefill(reader: &mut Reader<'_>, field: &Field) -> Prefill {
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
                Some(number) => number.to_text(),
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
            let options = match field.options() {
                Some(Options::Listed(options)) => &options[..],
                _ => &[],
            };
            let values = options.iter().map(|option| &option.value);
            reader.one_of(option, &answer.to_text(), values);
        }
        Err(Violation::TooLong(max)) => {
            let message = ["this takes at most ", &number(max), " characters"];
            reader.explain(option, Code::TooLong, &message);
        }
        Err(
            violation @ (Violation::NotANumber
            | Violation::NotADate
            | Violation::NotAnOption
            | Violation::Url),
        ) => {
            let message = ["this is no answer to the field: ", violation.code()];
            reader.explain(option, Code::InvalidValue, &message);
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
