//! `rules` of a field, and the developer's own words for them in `messages`.

use crate::date::DateBound;
use crate::decimal::Decimal;
use crate::field::{Field, FieldKind, MAX_DEFERRED_VALUE, Storage, contract_max};
use crate::gather::Gather;
use crate::rules::{Length, Rules};
use crate::value::Value;

use super::problem::{Code, number};
use super::read::{Reader, texts};
use super::spec::MESSAGES;

/// Which rules a kind has.
fn rules_of(kind: &FieldKind) -> &'static [&'static str] {
    match kind {
        FieldKind::Text | FieldKind::TextArea | FieldKind::Secret => {
            &["equals", "maxLength", "minLength", "oneOf", "pattern"]
        }
        FieldKind::Telephone | FieldKind::Url => &["equals", "maxLength", "minLength", "pattern"],
        FieldKind::Email => &["equals", "pattern"],
        FieldKind::Number => &["max", "min", "oneOf", "step"],
        FieldKind::Date => &["max", "min"],
        FieldKind::Checkboxes(_) => &["maxItems", "minItems"],
        _ => &[],
    }
}

/// Reads the rules of a field, whose kind and storage are known by now.
pub fn read_rules(reader: &mut Reader<'_>, field: &Field) -> Rules {
    let mut read = Rules::default();
    let names = rules_of(&field.kind);
    if names.is_empty() {
        if reader.get("rules").is_some() {
            reader.problem("rules", Code::InvalidValue, "this type has no rules");
        }
        return read;
    }
    let Some(mut rules) = reader.object("rules") else {
        return read;
    };
    rules.allow(names);
    let longest = match field.storage {
        Storage::UserMetadata => MAX_DEFERRED_VALUE,
        storage => contract_max(storage, &field.name),
    };
    read.length = read_length(&mut rules, ["minLength", "maxLength"], longest);
    check_least(
        &mut rules,
        read.length,
        contract_max(field.storage, &field.name),
    );
    read.items = read_length(&mut rules, ["minItems", "maxItems"], 1_000);
    read.pattern = read_pattern(&mut rules);
    read.one_of = match field.kind {
        FieldKind::Number => read_numbers(&mut rules),
        _ => texts(&mut rules, "oneOf"),
    };
    if rules.get("oneOf").and_then(Value::as_list) == Some(&[]) {
        rules.problem("oneOf", Code::InvalidValue, "no answer could be accepted");
    }
    read.equals = rules.text("equals");
    match field.kind {
        FieldKind::Number => read_range(&mut rules, &mut read),
        FieldKind::Date => read_days(&mut rules, &mut read),
        _ => {}
    }
    read
}

fn read_length(rules: &mut Reader<'_>, [least, most]: [&str; 2], limit: u32) -> Length {
    let length = Length {
        min: rules.whole_number(least, limit),
        max: rules.whole_number(most, limit),
    };
    if let (Some(min), Some(max)) = (length.min, length.max)
        && min > max
    {
        inverted(rules, least, most);
    }
    length
}

/// A text without a `maxLength` has that of a sign-up.
fn check_least(rules: &mut Reader<'_>, length: Length, contract: u32) {
    if length.max.is_none() && length.min > Some(contract) {
        let message = [
            "a text has at most ",
            &number(contract),
            " characters unless there is a `maxLength`",
        ];
        rules.explain("minLength", Code::InvalidValue, &message);
    }
}

fn inverted(rules: &mut Reader<'_>, least: &str, most: &str) {
    let message = ["`", most, "` is less than `", least, "`"];
    rules.explain(most, Code::InvalidValue, &message);
}

fn read_pattern(rules: &mut Reader<'_>) -> Option<String> {
    let pattern = rules.text("pattern")?;
    if let Err(error) = crate::pattern::Pattern::new(&pattern) {
        rules.problem("pattern", Code::InvalidValue, error);
    }
    Some(pattern)
}

fn read_range(rules: &mut Reader<'_>, read: &mut Rules) {
    read.min = read_decimal(rules, "min");
    read.max = read_decimal(rules, "max");
    read.step = read_decimal(rules, "step");
    if let (Some(min), Some(max)) = (read.min, read.max)
        && min > max
    {
        inverted(rules, "min", "max");
    }
    if read.step.is_some_and(|step| step <= Decimal::whole(0)) {
        rules.problem("step", Code::InvalidValue, "a step is more than 0");
    }
}

/// What is wrong with a number that is no [`Decimal`].
pub const NO_DECIMAL: &str = "give a number of at most 12 digits, 6 of them after the point";

fn read_decimal(rules: &mut Reader<'_>, name: &str) -> Option<Decimal> {
    let number = rules.number(name)?;
    let decimal = Decimal::from_f64(number);
    if decimal.is_none() {
        rules.problem(name, Code::InvalidValue, NO_DECIMAL);
    }
    decimal
}

/// The numbers of `oneOf`, as they are sent.
fn read_numbers(rules: &mut Reader<'_>) -> Vec<String> {
    let mut numbers = Vec::new();
    for (_, item) in rules.list("oneOf").unwrap_or_default() {
        match item.as_number().and_then(Decimal::from_f64) {
            Some(number) => numbers.push(number.to_text()),
            None => rules.problem("oneOf", Code::WrongType, NO_DECIMAL),
        }
    }
    numbers
}

fn read_days(rules: &mut Reader<'_>, read: &mut Rules) {
    read.first = read_day(rules, "min");
    read.last = read_day(rules, "max");
    let sorted = match (read.first, read.last) {
        (Some(DateBound::On(first)), Some(DateBound::On(last))) => first <= last,
        _ => true,
    };
    if !sorted {
        inverted(rules, "min", "max");
    }
}

fn read_day(rules: &mut Reader<'_>, name: &str) -> Option<DateBound> {
    let bound = DateBound::parse(&rules.text(name)?);
    if bound.is_none() {
        let message =
            "give a date such as `2026-01-31`, or `today`, `today-18y`, `today+6m`, `today-30d`";
        rules.problem(name, Code::InvalidValue, message);
    }
    bound
}

/// Reads the developer's own words, in the language of the box.
pub fn read_messages(reader: &mut Reader<'_>, language: &str) -> Vec<(String, String)> {
    let Some(mut messages) = reader.object("messages") else {
        return Vec::new();
    };
    messages.allow(MESSAGES.names);
    MESSAGES
        .names
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), messages.words(name, language)?)))
        .gather()
}

#[cfg(all(test, feature = "schema"))]
mod tests {
    use super::rules_of;
    use crate::config::spec::RULES;
    use crate::field::{FieldKind, Options};

    #[test]
    fn every_rule_is_one_of_a_kind_and_declared() {
        let kinds = [
            FieldKind::Text,
            FieldKind::TextArea,
            FieldKind::Secret,
            FieldKind::Telephone,
            FieldKind::Url,
            FieldKind::Email,
            FieldKind::Number,
            FieldKind::Date,
            FieldKind::Checkboxes(Options::Listed(Vec::new())),
        ];
        let mut read: Vec<&str> = kinds.iter().flat_map(rules_of).copied().collect();
        let mut declared = RULES.names.to_vec();
        read.sort_unstable();
        read.dedup();
        declared.sort_unstable();
        assert_eq!(read, declared);
    }
}
