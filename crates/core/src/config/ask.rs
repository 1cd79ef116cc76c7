//! `ask` of a question: when it may be asked.

use crate::date::Date;
use crate::field::MAX_METADATA_KEY;
use crate::progressive::Ask;

use super::problem::Code;
use super::progressive::read_duration;
use super::read::Reader;
use super::spec::{ASK, MAX_PRIORITY, MAX_TIMES};

/// What is said of anything that `onDemand` would never wait for.
pub(super) const ON_DEMAND: &str =
    "`onDemand` waits for a part of the page alone: leave one of them out";

/// Reads the object, if it is there.
pub(super) fn read_ask(reader: &mut Reader<'_>) -> Option<Ask> {
    let mut reader = reader.object("ask")?;
    reader.allow(ASK.names);
    let ask = Ask {
        from_login: reader.whole_number("fromLogin", MAX_TIMES).unwrap_or(0),
        every_logins: reader.whole_number("everyLogins", MAX_TIMES).unwrap_or(0),
        since_sign_up: read_duration(&mut reader, "sinceSignUp").unwrap_or(0),
        again: read_duration(&mut reader, "again").unwrap_or(0),
        event: read_event(&mut reader),
        on_demand: reader.bool("onDemand").unwrap_or(false),
        priority: read_priority(&mut reader),
        required_from: read_day(&mut reader),
        share: reader.whole_number("share", 100),
        max_times: reader.whole_number("maxTimes", MAX_TIMES),
    };
    if ask.on_demand {
        for name in [
            "fromLogin",
            "everyLogins",
            "sinceSignUp",
            "event",
            "requiredFrom",
        ] {
            if reader.get(name).is_some() {
                reader.problem(name, Code::InvalidValue, ON_DEMAND);
            }
        }
    }
    Some(ask)
}

fn read_event(reader: &mut Reader<'_>) -> Option<String> {
    reader.get("event")?;
    let event = reader.required_text("event")?;
    // It is kept beside the names of fields.
    if event.chars().count() > MAX_METADATA_KEY {
        let message = "the name of an event has at most 100 characters";
        reader.problem("event", Code::TooLong, message);
    }
    Some(event)
}

fn read_priority(reader: &mut Reader<'_>) -> i32 {
    let Some(number) = reader.number("priority") else {
        return 0;
    };
    let most = f64::from(MAX_PRIORITY);
    if number.fract() != 0.0 || !(-most..=most).contains(&number) {
        let message = "give a whole number from -1000 to 1000";
        reader.problem("priority", Code::InvalidValue, message);
        return 0;
    }
    number as i32
}

fn read_day(reader: &mut Reader<'_>) -> Option<Date> {
    let day = Date::parse(&reader.text("requiredFrom")?);
    if day.is_none() {
        let message = "give a day such as `2026-12-01`";
        reader.problem("requiredFrom", Code::InvalidValue, message);
    }
    day
}
