//! `when` of a field: read, and checked for what can never be true.

use crate::condition::{Comparison, Condition, Subject, Test, has};
use crate::country;
use crate::date::Date;
use crate::decimal::Decimal;
use crate::field::{Field, FieldKind, Options};
use crate::gather::Gather;
use crate::value::Value;

use super::problem::{Code, Place, Problem, listed, nearest};
use super::read::{Reader, items};
use super::spec::{ALL, ANY, NOT, TEST, operators};

/// Reads a condition.
pub fn read_condition(
    value: &Value,
    place: &Place,
    problems: &mut Vec<Problem>,
) -> Option<Condition> {
    let mut reader = Reader::new(value, place, problems)?;
    let groups = [ALL.names, ANY.names, NOT.names].concat();
    let found: Vec<&str> = groups
        .into_iter()
        .filter(|name| reader.get(name).is_some())
        .gather();
    match found[..] {
        [] => read_test(&mut reader),
        [group] => {
            reader.allow(&[group]);
            let value = value.as_object()?.get(group)?;
            let place = place.option(group);
            if group == "not" {
                return Some(Condition::Not(Box::new(read_condition(
                    value, &place, problems,
                )?)));
            }
            let parts = read_all(value, &place, problems)?;
            Some(match group {
                "all" => Condition::All(parts),
                _ => Condition::Any(parts),
            })
        }
        _ => {
            reader.problem(
                "",
                Code::InvalidValue,
                "give one of `all`, `any` and `not`, not several",
            );
            None
        }
    }
}

fn read_all(value: &Value, place: &Place, problems: &mut Vec<Problem>) -> Option<Vec<Condition>> {
    let list = items(value, place, problems)?;
    if list.is_empty() {
        problems.push(dead(place, &["an empty list decides nothing"]));
    }
    let read = list
        .into_iter()
        .map(|(place, item)| read_condition(item, &place, problems));
    let read: Vec<_> = read.gather();
    read.into_iter().collect()
}

fn read_test(reader: &mut Reader<'_>) -> Option<Condition> {
    reader.allow(TEST.names);
    let subject = match (reader.text("field"), reader.text("known")) {
        (Some(name), None) => Subject::Field(name),
        (None, Some(name)) => Subject::Known(name),
        _ => {
            let message = "say what is looked at: give one of `field` and `known`";
            reader.problem("", Code::Missing, message);
            return None;
        }
    };
    let found: Vec<&str> = operators()
        .iter()
        .copied()
        .filter(|name| reader.get(name).is_some())
        .gather();
    let [operator] = found[..] else {
        let message = ["give one of ", &listed(operators())];
        reader.explain("", Code::Missing, &message);
        return None;
    };
    let value = reader.get(operator)?.clone();
    if let Value::Function(_) = value {
        let message = "give a text, a number, true or false: a function cannot be compared";
        reader.problem(operator, Code::WrongType, message);
        return None;
    }
    let compared = !matches!(operator, "contains" | "equals" | "exists" | "in");
    if compared && !is_number(&value) && !is_day(&value) {
        let message = "give a number, or a day such as `2026-01-31`";
        reader.problem(operator, Code::InvalidValue, message);
        return None;
    }
    let compare = |comparison| Test::Compare(comparison, value.clone());
    let test = match operator {
        "equals" => Test::Equals(value),
        "contains" => Test::Contains(value),
        "exists" => Test::Exists(reader.bool("exists")?),
        "in" => match value {
            Value::List(values) if !values.is_empty() => Test::In(values),
            Value::List(_) => {
                reader.problem("in", Code::DeadCondition, "nothing is in an empty list");
                return None;
            }
            _ => {
                reader.problem("in", Code::WrongType, "give a list");
                return None;
            }
        },
        "lessThan" => compare(Comparison::LessThan),
        "atMost" => compare(Comparison::AtMost),
        "greaterThan" => compare(Comparison::GreaterThan),
        _ => compare(Comparison::AtLeast),
    };
    Some(Condition::Is(subject, test))
}

fn dead(place: &Place, message: &[&str]) -> Problem {
    Problem::new(place.clone(), Code::DeadCondition, message)
}

/// Checks the conditions of all fields against each other: names that do not
/// exist, answers that nobody can give, and circles. `fields` has the path of
/// each; the fields `beside` and the `built_in` names are what conditions may
/// look at as well.
pub fn check_conditions(
    fields: &[(Place, Field)],
    beside: &[Field],
    built_in: &[&str],
    problems: &mut Vec<Problem>,
) {
    let all = fields.iter().map(|(_, field)| field).chain(beside);
    let all: Vec<&Field> = all.gather();
    for (place, field) in fields {
        let Some(condition) = &field.when else {
            continue;
        };
        let place = place.option("when");
        check(condition, &place, &all, built_in, problems);
        if reaches(&field.name, condition, &all, &mut Vec::new()) {
            let message = "the field would depend on its own answer";
            problems.push(Problem::new(place, Code::Cycle, &[message]));
        }
    }
}

/// Whether a condition looks at a field, itself or through the conditions of
/// those that it looks at. Each is followed once.
fn reaches<'a>(
    name: &str,
    condition: &'a Condition,
    fields: &[&'a Field],
    seen: &mut Vec<&'a str>,
) -> bool {
    condition.fields().into_iter().any(|other| {
        if other == name {
            return true;
        }
        if seen.contains(&other) {
            return false;
        }
        seen.push(other);
        let further = fields.iter().find(|field| field.name == other);
        further
            .and_then(|field| field.when.as_ref())
            .is_some_and(|condition| reaches(name, condition, fields, seen))
    })
}

fn check(
    condition: &Condition,
    place: &Place,
    fields: &[&Field],
    built_in: &[&str],
    problems: &mut Vec<Problem>,
) {
    let (name, test) = match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                check(part, place, fields, built_in, problems);
            }
            if let Condition::All(parts) = condition
                && contradict(parts)
            {
                problems.push(dead(place, &["an answer cannot equal two values at once"]));
            }
            return;
        }
        Condition::Not(part) => return check(part, place, fields, built_in, problems),
        Condition::Is(Subject::Known(_), _) => return,
        Condition::Is(Subject::Field(name), test) => (name, test),
    };
    let Some(field) = fields.iter().find(|field| field.name == *name) else {
        if !built_in.contains(&name.as_str()) {
            let names = fields.iter().map(|field| &field.name);
            let message = ["there is no field `", name, "`"];
            let problem = Problem::new(place.clone(), Code::UnknownField, &message);
            problems.push(problem.meant(nearest(name, names)));
        }
        return;
    };
    let possible = match test {
        Test::Equals(value) => can_equal(field, value),
        Test::Contains(value) => can_contain(field, value),
        Test::In(values) => values.iter().any(|value| can_equal(field, value)),
        Test::Exists(_) => true,
        Test::Compare(_, value) => match field.kind {
            FieldKind::Number => is_number(value),
            FieldKind::Date => is_day(value),
            _ => false,
        },
    };
    if !possible {
        let why = match (&field.kind, test) {
            (FieldKind::Checkboxes(_), Test::Equals(_) | Test::In(_)) => {
                "` has a list of answers: ask whether it `contains` one"
            }
            _ => "` can never be that",
        };
        problems.push(dead(place, &["`", name, why]));
    }
}

/// Whether two parts want one field to equal different values.
fn contradict(parts: &[Condition]) -> bool {
    let wanted = |part: &Condition| match part {
        Condition::Is(subject, Test::Equals(value)) => Some((subject.clone(), value.clone())),
        _ => None,
    };
    let wanted: Vec<_> = parts.iter().filter_map(wanted).gather();
    wanted.iter().enumerate().any(|(place, (subject, value))| {
        wanted[..place]
            .iter()
            .any(|(other, another)| other == subject && another != value)
    })
}

/// Whether a field can have an answer that equals a value.
fn can_equal(field: &Field, value: &Value) -> bool {
    match (&field.kind, value) {
        (FieldKind::Checkboxes(_), _) => false,
        (FieldKind::Checkbox | FieldKind::Consent(_), value) => value.as_bool().is_some(),
        (FieldKind::Number, value) => is_number(value),
        (FieldKind::Date, value) => is_day(value),
        (FieldKind::Country(only), Value::Text(code)) => {
            country::is_code(code) && (only.is_empty() || only.contains(code))
        }
        (_, Value::Text(text)) => some_option(field, |option| option == text),
        _ => false,
    }
}

/// Whether a field can have an answer that has a value in it.
fn can_contain(field: &Field, value: &Value) -> bool {
    match (&field.kind, value) {
        (FieldKind::Checkboxes(_), Value::Text(text)) => some_option(field, |it| it == text),
        (FieldKind::Checkbox | FieldKind::Consent(_) | FieldKind::Number | FieldKind::Date, _) => {
            false
        }
        (_, Value::Text(text)) => some_option(field, |option| has(option, text)),
        _ => false,
    }
}

/// Whether an option is what is looked for; true where the options are not
/// known, or anything can be typed.
fn some_option(field: &Field, wanted: impl Fn(&str) -> bool) -> bool {
    match field.options() {
        Some(Options::Listed(options)) => options.iter().any(|option| wanted(&option.value)),
        _ => true,
    }
}

fn is_number(value: &Value) -> bool {
    value.as_number().and_then(Decimal::from_f64).is_some()
}

fn is_day(value: &Value) -> bool {
    value.as_text().and_then(Date::parse).is_some()
}
