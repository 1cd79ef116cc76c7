//! `progressiveProfile`: what is asked after the sign-up, when, and where the
//! answers go.

use crate::field::Field;
use crate::progressive::{AfterSkips, Display, Policy, Schema, Seconds, duration};
use crate::value::{Function, Value};

use super::problem::{Code, Problem};
use super::questions::read_questions;
use super::read::Reader;
use super::save::read_save;
use super::spec::{
    AFTER_SKIPS, DISPLAYS, FOREVER, MAX_FIELDS, MAX_TIMES, MAX_VERSION, PROGRESSIVE,
};

/// What a config says about progressive profiling.
#[derive(Clone, Debug, PartialEq)]
pub struct Progressive {
    /// What holds for every prompt.
    pub policy: Policy,
    /// The questions.
    pub schema: Schema,
    /// Where the answers go.
    pub save: Save,
    /// Whether answers that cannot be sent wait in the browser, encrypted, for
    /// the next login.
    pub queue: bool,
}

/// Where answers go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Save {
    /// `PATCH /api/v2/users/{id}` of an Auth0 tenant, with the person's own
    /// token.
    #[default]
    Auth0,
    /// The same of the auth backend of this project, which counts logins,
    /// recomputes the plan, and takes an `Idempotency-Key`.
    Latchlet,
    /// The page's own server: a JSON Merge Patch (RFC 7396).
    Endpoint {
        /// Its address.
        url: String,
        /// Whether it knows the person by a cookie, and not by their token.
        cookie: bool,
        /// Whether it takes an `Idempotency-Key`.
        idempotent: bool,
    },
    /// The page of the auth backend to which a post-login Action sends the
    /// browser, and from there back to the tenant.
    Continue,
    /// A function of the page.
    Function(Function),
}

/// Reads `progressiveProfile` of a config, if it is there, in the language of
/// the box. `sign_up` are the additional fields of its sign-up.
pub fn read_progressive(
    options: &mut Reader<'_>,
    sign_up: &[Field],
    language: &str,
) -> Option<Progressive> {
    let mut reader = options.object("progressiveProfile")?;
    reader.allow(PROGRESSIVE.names);
    Some(Progressive {
        schema: Schema {
            fields: read_questions(&mut reader, sign_up, language),
            sign_up: sign_up.to_vec(),
        },
        policy: read_policy(&mut reader),
        save: read_save(&mut reader),
        queue: reader.bool("queue").unwrap_or(false),
    })
}

fn read_policy(reader: &mut Reader<'_>) -> Policy {
    let default = Policy::default();
    let max_fields = read_positive(reader, "maxFields", MAX_FIELDS);
    Policy {
        max_fields: max_fields.unwrap_or(default.max_fields),
        cool_down: read_duration(reader, "coolDown").unwrap_or(default.cool_down),
        snooze: read_snooze(reader).unwrap_or(default.snooze),
        after_skips: read_after_skips(reader, default.after_skips),
        version: read_version(reader),
        display: read_display(reader),
        steps: reader.bool("steps").unwrap_or(default.steps),
    }
}

/// A whole number that is not 0.
fn read_positive(reader: &mut Reader<'_>, name: &str, max: u32) -> Option<u32> {
    let number = reader.whole_number(name, max)?;
    if number == 0 {
        reader.problem(name, Code::InvalidValue, "give 1 or more");
        return None;
    }
    Some(number)
}

/// What is wrong with a length of time.
const NO_DURATION: &str =
    "give a length of time such as `36h`, `7d` or `2w`, of ten years at the most";

/// A length of time.
pub(super) fn read_duration(reader: &mut Reader<'_>, name: &str) -> Option<Seconds> {
    let length = duration(&reader.text(name)?);
    if length.is_none() {
        reader.problem(name, Code::InvalidValue, NO_DURATION);
    }
    length
}

fn read_snooze(reader: &mut Reader<'_>) -> Option<Vec<Seconds>> {
    let mut lengths = Vec::new();
    for (place, item) in reader.list("snooze")? {
        let (code, message) = match item.as_text().map(duration) {
            None => (Code::WrongType, NO_DURATION),
            Some(None) => (Code::InvalidValue, NO_DURATION),
            Some(Some(0)) => {
                let message = "this would put nothing off: give more than 0";
                (Code::InvalidValue, message)
            }
            Some(Some(length)) if lengths.contains(&length) => {
                let message = "this length of time is offered already";
                (Code::DuplicateName, message)
            }
            Some(Some(length)) => {
                lengths.push(length);
                continue;
            }
        };
        let problem = Problem::new(place, code, &[message]);
        reader.problems().push(problem);
    }
    Some(lengths)
}

fn read_after_skips(reader: &mut Reader<'_>, default: Option<AfterSkips>) -> Option<AfterSkips> {
    if let Some(Value::Bool(happens)) = reader.get("afterSkips") {
        if *happens {
            let message = "give false, or say how many `skips` and how long the `rest` is";
            reader.problem("afterSkips", Code::InvalidValue, message);
        }
        return None;
    }
    let Some(mut reader) = reader.object("afterSkips") else {
        return default;
    };
    reader.allow(AFTER_SKIPS.names);
    let default = default?;
    let skips = read_positive(&mut reader, "skips", MAX_TIMES);
    let rest = match reader.get("rest").and_then(Value::as_text) {
        Some(FOREVER) => None,
        _ => read_duration(&mut reader, "rest").or(default.rest),
    };
    Some(AfterSkips {
        skips: skips.unwrap_or(default.skips),
        rest,
    })
}

fn read_version(reader: &mut Reader<'_>) -> String {
    let version = reader.text("version").unwrap_or_default();
    if version.chars().count() > MAX_VERSION {
        let message = "an edition has at most 20 characters";
        reader.problem("version", Code::TooLong, message);
    }
    version
}

fn read_display(reader: &mut Reader<'_>) -> Display {
    match reader.text("display").as_deref() {
        None | Some("inline") => Display::Inline,
        Some("modal") => Display::Modal,
        Some("banner") => Display::Banner,
        Some(other) => {
            reader.one_of("display", other, &DISPLAYS);
            Display::Inline
        }
    }
}
