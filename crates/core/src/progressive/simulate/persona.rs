//! A person who signs in again and again, as a file describes them.

use crate::config::{Code, Place, Problem, Reader, read_texts};
use crate::date::Date;
use crate::value::{Object, Value};

use super::super::duration;
use super::super::policy::{DAY, Seconds};

/// A person who signs in again and again.
#[derive(Clone, Debug, PartialEq)]
pub struct Persona {
    /// Their id, `sub`.
    pub user: String,
    /// The connection that they sign in with.
    pub connection: String,
    /// The language of their box.
    pub locale: String,
    /// When they sign up, and in for the first time.
    pub signed_up: Seconds,
    /// The claims of their ID token.
    pub claims: Object,
    /// Their profile of the Management API.
    pub profile: Object,
    /// What they said at the sign-up.
    pub metadata: Object,
    /// What the page knows.
    pub known: Object,
    /// What they answer, by the name of the field.
    pub answers: Object,
    /// How long after the one before each login is; the last holds on.
    every: Vec<Seconds>,
    /// What they do at each login; the last holds on.
    does: Vec<Does>,
    /// What the page reports at a login.
    events: Vec<(u32, Vec<String>)>,
    /// What the page asks for at a login.
    requests: Vec<(u32, Vec<String>)>,
}

/// What somebody does with a prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// They answer what they have an answer to, and save.
    Answer,
    /// They skip it.
    Skip,
    /// They put it off, for the first time that is offered.
    Snooze,
    /// They do not want to be asked again.
    Decline,
    /// They close the page.
    Leave,
}

const DOES: [Does; 5] = [
    Does::Answer,
    Does::Skip,
    Does::Snooze,
    Does::Decline,
    Does::Leave,
];

const NAMES: [&str; 14] = [
    "$schema",
    "answers",
    "claims",
    "connection",
    "does",
    "events",
    "every",
    "known",
    "locale",
    "metadata",
    "profile",
    "requests",
    "signedUp",
    "user",
];

impl Does {
    /// The word for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Answer => "answers",
            Self::Skip => "skips",
            Self::Snooze => "snoozes",
            Self::Decline => "declines",
            Self::Leave => "leaves",
        }
    }
}

impl Persona {
    /// Reads a persona, or says everything that is wrong with it.
    pub fn read(value: &Value) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let persona = read(value, &mut problems);
        match (persona, problems.is_empty()) {
            (Some(persona), true) => Ok(persona),
            _ => Err(problems),
        }
    }

    /// What the person does at a login, if something is asked.
    pub fn does(&self, login: u32) -> Does {
        let place = login.saturating_sub(1) as usize;
        let does = self.does.get(place).or(self.does.last());
        does.copied().unwrap_or(Does::Answer)
    }

    /// When a login is.
    pub fn time_of(&self, login: u32) -> Seconds {
        let between = |place: usize| {
            let every = self.every.get(place).or(self.every.last());
            every.copied().unwrap_or(DAY)
        };
        let later: Seconds = (0..login.saturating_sub(1) as usize).map(between).sum();
        self.signed_up.saturating_add(later)
    }

    pub(super) fn events(&self, login: u32) -> &[String] {
        at(&self.events, login)
    }

    pub(super) fn requests(&self, login: u32) -> &[String] {
        at(&self.requests, login)
    }
}

fn at(lists: &[(u32, Vec<String>)], login: u32) -> &[String] {
    let found = lists.iter().find(|(at, _)| *at == login);
    found.map_or(&[], |(_, list)| list)
}

fn read(value: &Value, problems: &mut Vec<Problem>) -> Option<Persona> {
    let mut options = Reader::new(value, &Place::default(), problems)?;
    options.allow(&NAMES);
    let _ = options.text("$schema");
    let day = options.required_text("signedUp");
    let signed_up = day.as_deref().and_then(Date::parse);
    if day.is_some() && signed_up.is_none() {
        let message = "give a day such as `2026-01-31`";
        options.problem("signedUp", Code::InvalidValue, message);
    }
    let mut tree = |name| match options.object(name) {
        Some(object) => object.entries().clone(),
        None => Object::new(),
    };
    let (claims, profile, metadata) = (tree("claims"), tree("profile"), tree("metadata"));
    let (known, answers) = (tree("known"), tree("answers"));
    Some(Persona {
        user: options.required_text("user").unwrap_or_default(),
        connection: options.text("connection").unwrap_or_default(),
        locale: options.text("locale").unwrap_or_else(|| "en".to_owned()),
        signed_up: signed_up.map_or(0, Date::seconds),
        every: read_every(&mut options),
        does: read_does(&mut options),
        events: read_by_login(&mut options, "events"),
        requests: read_by_login(&mut options, "requests"),
        claims,
        profile,
        metadata,
        known,
        answers,
    })
}

/// One text, or a list of texts.
fn texts(options: &mut Reader<'_>, name: &str) -> Vec<String> {
    match options.get(name) {
        Some(Value::List(_)) => read_texts(options, name),
        Some(_) => options.text(name).into_iter().collect(),
        None => Vec::new(),
    }
}

fn read_every(options: &mut Reader<'_>) -> Vec<Seconds> {
    let mut every = Vec::new();
    for text in texts(options, "every") {
        match duration(&text) {
            Some(time) => every.push(time),
            None => {
                let message = "give times such as `12h`, `1d` or `2w`";
                options.problem("every", Code::InvalidValue, message);
            }
        }
    }
    every
}

fn read_does(options: &mut Reader<'_>) -> Vec<Does> {
    let mut does = Vec::new();
    for text in texts(options, "does") {
        match DOES.into_iter().find(|it| it.code() == text) {
            Some(known) => does.push(known),
            None => options.one_of("does", &text, &DOES.map(Does::code)),
        }
    }
    does
}

/// Lists by the number of a login: `{ "3": ["exported"] }`.
fn read_by_login(options: &mut Reader<'_>, name: &str) -> Vec<(u32, Vec<String>)> {
    let Some(mut by_login) = options.object(name) else {
        return Vec::new();
    };
    let logins: Vec<String> = by_login
        .entries()
        .iter()
        .map(|(key, _)| key.to_owned())
        .collect();
    let mut lists = Vec::new();
    for key in logins {
        let list = texts(&mut by_login, &key);
        match key.parse::<u32>() {
            Ok(login) if login > 0 => lists.push((login, list)),
            _ => by_login.problem(&key, Code::InvalidValue, "give the number of a login"),
        }
    }
    lists
}
