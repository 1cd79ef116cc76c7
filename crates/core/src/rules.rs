//! Rules as data: what an answer must be beyond its kind, the same in the
//! browser and on the server.

use crate::date::DateBound;
use crate::decimal::Decimal;

/// The rules of one field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    /// How long a text may be, in Unicode code points.
    pub length: Length,
    /// How many options may be chosen.
    pub items: Length,
    /// What the whole text must match (see [`crate::pattern`]).
    pub pattern: Option<String>,
    /// The smallest number.
    pub min: Option<Decimal>,
    /// The largest number.
    pub max: Option<Decimal>,
    /// The distance of numbers from each other, from `min` or 0 on.
    pub step: Option<Decimal>,
    /// The first day.
    pub first: Option<DateBound>,
    /// The last day.
    pub last: Option<DateBound>,
    /// The only texts that are accepted; all, if there are none here.
    pub one_of: Vec<String>,
    /// The field whose answer must be the same.
    pub equals: Option<String>,
}

/// Limits of a length.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Length {
    /// The least of an answer that is not empty.
    pub min: Option<u32>,
    /// The most.
    pub max: Option<u32>,
}
