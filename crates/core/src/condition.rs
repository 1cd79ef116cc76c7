//! `when`: a small expression over other answers and what is known of the
//! person, by which a field is asked or not.

use crate::gather::Gather;
use core::cmp::Ordering;

use crate::answers::{Answer, Answers};
use crate::date::Date;
use crate::decimal::Decimal;
use crate::value::{Object, Value};

/// An expression that is true or false.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// Every one is true.
    All(Vec<Condition>),
    /// At least one is true.
    Any(Vec<Condition>),
    /// It is false.
    Not(Box<Condition>),
    /// What a subject is.
    Is(Subject, Test),
}

/// What is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The answer to the field of this name.
    Field(String),
    /// What is known under this name.
    Known(String),
}

/// What it must be. What is absent passes no test but `Exists(false)`.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// Equal to a text, number or truth value.
    Equals(Value),
    /// Equal to one of these.
    In(Vec<Value>),
    /// Whether there is an answer at all.
    Exists(bool),
    /// A list that has this value, or a text that has this text in it.
    Contains(Value),
    /// A number or a day compared with another.
    Compare(Comparison, Value),
}

/// How a number or a day is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `lessThan`
    LessThan,
    /// `atMost`
    AtMost,
    /// `greaterThan`
    GreaterThan,
    /// `atLeast`
    AtLeast,
}

/// What conditions look at.
pub struct Facts<'a> {
    /// The answers of fields that are asked; of the others, none.
    pub answers: &'a Answers,
    /// What is known of the person. `None` on the server, which does not know
    /// what the page told the box.
    pub known: Option<&'a Object>,
    /// Whether more is known to somebody else, so that what is not found here
    /// may still be known.
    pub known_in_part: bool,
    /// Fields whose answers nobody here can see.
    pub unseen: &'a [&'a str],
}

impl Condition {
    /// Whether it holds; `None` if that depends on what nobody can tell.
    pub fn holds(&self, facts: &Facts<'_>) -> Option<bool> {
        match self {
            Self::All(conditions) => every(conditions, true, facts),
            Self::Any(conditions) => every(conditions, false, facts),
            Self::Not(condition) => condition.holds(facts).map(|holds| !holds),
            Self::Is(Subject::Field(name), _) if facts.unseen.contains(&name.as_str()) => None,
            Self::Is(Subject::Field(name), test) => {
                Some(test.passes(facts.answers.given(name).map(Operand::Answer)))
            }
            Self::Is(Subject::Known(name), test) => {
                let known = facts.known?.get(name).map(Operand::Value);
                match known {
                    None if facts.known_in_part => None,
                    known => Some(test.passes(known)),
                }
            }
        }
    }

    /// The names of the fields that it looks at.
    pub fn fields(&self) -> Vec<&str> {
        match self {
            Self::All(conditions) | Self::Any(conditions) => {
                conditions.iter().flat_map(Self::fields).gather()
            }
            Self::Not(condition) => condition.fields(),
            Self::Is(Subject::Field(name), _) => vec![name],
            Self::Is(Subject::Known(_), _) => Vec::new(),
        }
    }
}

/// All are `wanted` (`wanted` true), or none is (`wanted` false), in the logic
/// of three values.
fn every(conditions: &[Condition], wanted: bool, facts: &Facts<'_>) -> Option<bool> {
    let mut result = Some(wanted);
    for condition in conditions {
        match condition.holds(facts) {
            Some(holds) if holds != wanted => return Some(!wanted),
            Some(_) => {}
            None => result = None,
        }
    }
    result
}

/// What a test looks at.
#[derive(Clone, Copy)]
enum Operand<'a> {
    Answer(&'a Answer),
    Value(&'a Value),
}

impl Test {
    fn passes(&self, operand: Option<Operand<'_>>) -> bool {
        let Some(operand) = operand else {
            return *self == Self::Exists(false);
        };
        match self {
            Self::Equals(value) => operand.equals(value),
            Self::In(values) => values.iter().any(|value| operand.equals(value)),
            Self::Exists(exists) => *exists,
            Self::Contains(value) => operand.contains(value),
            Self::Compare(comparison, value) => operand
                .compare(value)
                .is_some_and(|ordering| comparison.allows(ordering)),
        }
    }
}

impl Comparison {
    fn allows(self, ordering: Ordering) -> bool {
        match self {
            Self::LessThan => ordering.is_lt(),
            Self::AtMost => ordering.is_le(),
            Self::GreaterThan => ordering.is_gt(),
            Self::AtLeast => ordering.is_ge(),
        }
    }
}

impl Operand<'_> {
    fn equals(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Value(known), value) => known == value,
            (Self::Answer(Answer::Bool(answer)), Value::Bool(value)) => answer == value,
            (Self::Answer(Answer::Text(answer)), Value::Text(value)) => answer == value,
            (Self::Answer(Answer::Date(_) | Answer::Number(_)), value) => {
                self.compare(value) == Some(Ordering::Equal)
            }
            _ => false,
        }
    }

    fn contains(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Answer(Answer::List(items)), Value::Text(text)) => items.contains(text),
            (Self::Value(Value::List(items)), value) => items.contains(value),
            (Self::Answer(Answer::Text(answer)), Value::Text(text))
            | (Self::Value(Value::Text(answer)), Value::Text(text)) => has(answer, text),
            _ => false,
        }
    }

    fn compare(self, value: &Value) -> Option<Ordering> {
        match (self, value) {
            (Self::Answer(Answer::Number(answer)), Value::Number(number)) => {
                Some(answer.cmp(&Decimal::from_f64(*number)?))
            }
            (Self::Answer(Answer::Date(answer)), Value::Text(day)) => {
                Some(answer.cmp(&Date::parse(day)?))
            }
            (Self::Value(Value::Number(known)), Value::Number(number)) => known.partial_cmp(number),
            (Self::Value(Value::Text(known)), Value::Text(day)) => {
                Some(Date::parse(known)?.cmp(&Date::parse(day)?))
            }
            _ => None,
        }
    }
}

/// `str::contains`, without the search by two ways that it brings along.
pub(crate) fn has(text: &str, part: &str) -> bool {
    part.is_empty()
        || text
            .as_bytes()
            .windows(part.len())
            .any(|window| window == part.as_bytes())
}
