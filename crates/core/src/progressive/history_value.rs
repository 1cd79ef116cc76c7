//! How a history is stored: one key of `user_metadata`, compact, with a version.
//!
//! ```json
//! { "v": 1,
//!   "l": [3, "3:1764060000"],
//!   "p": [1764060000, 2, false],
//!   "r": [1, 1764660000, 1764060000],
//!   "f": { "company": [1, 1764060000, 2, "a", 1764060020] },
//!   "e": { "exported": 1764060000 },
//!   "c": { "news": ["2026-11", true, 1764060020, "en", "profile", "…"] } }
//! ```
//!
//! - `l`: how many logins were counted; of the last ones the number, and what tells
//!   each from others;
//! - `p`: when a prompt was shown last, at which login, whether it is open;
//! - `r`: prompts skipped in a row, until when none is shown, since when;
//! - `f`: how often a question was asked, when last, at which login, what came
//!   of it (`o` open, `s` skipped, `z` put off, `a` answered, `d` declined),
//!   when that was, and if need be the edition and who knows the answer;
//! - `e`: what the page reported, and when;
//! - `c`: receipts of consents: version, granted, when, locale, method, SHA-256.

use crate::gather::Gather;
use crate::value::{Object, Value};

use super::consent::Receipt;
use super::facts::Source;
use super::history::{Entry, History, Outcome, Prompted, Rest};
use super::policy::Seconds;

/// The key of `user_metadata` that has the history.
pub const HISTORY: &str = "latchlet";

const VERSION: u32 = 1;

impl History {
    /// The history that is stored in `user_metadata`. What cannot be read
    /// counts as nothing: it is about what is asked, and never an answer.
    pub fn read(metadata: &Object) -> Self {
        let mut history = Self::default();
        let Some(stored) = metadata.get(HISTORY).and_then(Value::as_object) else {
            return history;
        };
        if number(stored.get("v")) != Some(VERSION.into()) {
            return history;
        }
        if let Some([count, marks @ ..]) = list(stored.get("l")) {
            history.login.count = small(count).unwrap_or_default();
            for (login, mark) in marks.iter().filter_map(mark) {
                history.login.add(login, mark);
            }
        }
        history.prompt = list(stored.get("p")).and_then(prompt);
        history.rest = list(stored.get("r")).and_then(rest).unwrap_or_default();
        history.entries = each(stored.get("f"), |value| entry(list(Some(value))?));
        history.events = each(stored.get("e"), |value| number(Some(value)));
        history.receipts = each(stored.get("c"), |value| receipt(list(Some(value))?));
        history.prune();
        history
    }

    /// The history as it is stored.
    pub fn to_value(&self) -> Value {
        let mut history = self.clone();
        history.prune();
        let mut stored = Object::new();
        stored.insert("v", VERSION);
        if history.login.count > 0 {
            let mut login: Vec<Value> = vec![history.login.count.into()];
            let marks = history.login.marks.iter();
            login.extend(marks.map(|(at, mark)| [&at.to_string(), ":", mark].concat().into()));
            stored.insert("l", login);
        }
        if let Some(prompt) = history.prompt {
            stored.insert(
                "p",
                vec![time(prompt.at), prompt.login.into(), prompt.open.into()],
            );
        }
        if history.rest != Rest::default() {
            let Rest { skips, until, at } = history.rest;
            stored.insert("r", vec![skips.into(), time(until), time(at)]);
        }
        let mut put = |key: &str, object: Object| {
            if !object.is_empty() {
                stored.insert(key, object);
            }
        };
        put("f", object(&history.entries, entry_value));
        put("e", object(&history.events, |at| time(*at)));
        put("c", object(&history.receipts, receipt_value));
        stored.into()
    }
}

fn mark(value: &Value) -> Option<(u32, &str)> {
    let (login, mark) = value.as_text()?.split_once(':')?;
    Some((login.parse().ok()?, mark))
}

fn prompt(items: &[Value]) -> Option<Prompted> {
    let [at, login, open] = items else {
        return None;
    };
    Some(Prompted {
        at: number(Some(at))?,
        login: small(login)?,
        open: open.as_bool()?,
    })
}

fn rest(items: &[Value]) -> Option<Rest> {
    let [skips, until, at] = items else {
        return None;
    };
    Some(Rest {
        skips: small(skips)?,
        until: number(Some(until))?,
        at: number(Some(at))?,
    })
}

fn entry(items: &[Value]) -> Option<Entry> {
    let [asked, at, login, outcome, outcome_at, rest @ ..] = items else {
        return None;
    };
    let text = |place: usize| rest.get(place).and_then(Value::as_text);
    Some(Entry {
        asked: small(asked)?,
        at: number(Some(at))?,
        login: small(login)?,
        outcome: outcome_of(outcome.as_text()?)?,
        outcome_at: number(Some(outcome_at))?,
        version: text(0).unwrap_or_default().to_owned(),
        source: text(1).and_then(source_of).unwrap_or(Source::User),
    })
}

fn entry_value(entry: &Entry) -> Value {
    let mut items = vec![
        entry.asked.into(),
        time(entry.at),
        entry.login.into(),
        letter(entry.outcome).into(),
        time(entry.outcome_at),
    ];
    if !entry.version.is_empty() || entry.source != Source::User {
        items.push(entry.version.as_str().into());
    }
    if entry.source != Source::User {
        items.push(entry.source.code().into());
    }
    items.into()
}

fn receipt(items: &[Value]) -> Option<Receipt> {
    let [version, granted, at, locale, method, hash] = items else {
        return None;
    };
    let text = |value: &Value| value.as_text().map(str::to_owned);
    Some(Receipt {
        version: text(version)?,
        granted: granted.as_bool()?,
        at: number(Some(at))?,
        locale: text(locale)?,
        method: text(method)?,
        hash: text(hash)?,
    })
}

fn receipt_value(receipt: &Receipt) -> Value {
    let text = |text: &str| Value::from(text);
    vec![
        text(&receipt.version),
        receipt.granted.into(),
        time(receipt.at),
        text(&receipt.locale),
        text(&receipt.method),
        text(&receipt.hash),
    ]
    .into()
}

fn letter(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Open => "o",
        Outcome::Skipped => "s",
        Outcome::Snoozed => "z",
        Outcome::Answered => "a",
        Outcome::Declined => "d",
    }
}

fn outcome_of(text: &str) -> Option<Outcome> {
    Some(match text {
        "o" => Outcome::Open,
        "s" => Outcome::Skipped,
        "z" => Outcome::Snoozed,
        "a" => Outcome::Answered,
        "d" => Outcome::Declined,
        _ => return None,
    })
}

fn source_of(code: &str) -> Option<Source> {
    let all = [
        Source::User,
        Source::App,
        Source::Provider,
        Source::Enrichment,
    ];
    all.into_iter().find(|source| source.code() == code)
}

fn time(seconds: Seconds) -> Value {
    Value::Number(seconds as f64)
}

fn number(value: Option<&Value>) -> Option<Seconds> {
    let number = value?.as_number()?;
    (number.fract() == 0.0 && (0.0..=Rest::FOR_GOOD as f64).contains(&number))
        .then_some(number as Seconds)
}

fn small(value: &Value) -> Option<u32> {
    u32::try_from(number(Some(value))?).ok()
}

fn list(value: Option<&Value>) -> Option<&[Value]> {
    value?.as_list()
}

fn each<T>(value: Option<&Value>, read: impl Fn(&Value) -> Option<T>) -> Vec<(String, T)> {
    let entries = value
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Object::iter);
    entries
        .filter_map(|(name, value)| Some((name.to_owned(), read(value)?)))
        .gather()
}

fn object<T>(entries: &[(String, T)], write: impl Fn(&T) -> Value) -> Object {
    let entries = entries.iter();
    entries
        .map(|(name, entry)| (name.as_str(), write(entry)))
        .collect()
}
