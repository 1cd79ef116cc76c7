//! What the config says: the questions, and when they may be asked.

use crate::date::Date;
use crate::field::Field;

/// A time in seconds since 1970 (UTC), or a length of time in seconds.
pub type Seconds = i64;

/// The seconds of a day.
pub const DAY: Seconds = 86_400;

/// What holds for every prompt.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// The most questions of a prompt.
    pub max_fields: u32,
    /// How long no prompt follows another.
    pub cool_down: Seconds,
    /// For how long one can put a prompt off. Empty: one cannot.
    pub snooze: Vec<Seconds>,
    /// What happens when prompts are skipped again and again.
    pub after_skips: Option<AfterSkips>,
    /// Which edition of the questions this is. Another one asks again what was
    /// skipped, declined, or asked often enough.
    pub version: String,
    /// How a prompt is shown.
    pub display: Display,
    /// Whether each question is a step of its own.
    pub steps: bool,
}

/// What happens when prompts are skipped again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AfterSkips {
    /// How many prompts must be skipped in a row.
    pub skips: u32,
    /// How long no prompt follows; `None`: none ever does.
    pub rest: Option<Seconds>,
}

/// How a prompt is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Display {
    /// Where the box is.
    #[default]
    Inline,
    /// Over the page.
    Modal,
    /// A line at the edge of the page, which opens.
    Banner,
}

/// The questions, in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schema {
    /// What is asked after the sign-up.
    pub fields: Vec<ProfileField>,
    /// What a sign-up asks beside; conditions may look at the answers.
    pub sign_up: Vec<Field>,
}

/// One question, and when it may be asked.
#[derive(Clone, Debug, PartialEq)]
pub struct ProfileField {
    /// The question.
    pub field: Field,
    /// When it may be asked.
    pub ask: Ask,
    /// Where else an answer may be known from.
    pub from: Vec<Origin>,
    /// Whether it is asked although the answer is known.
    pub always: bool,
    /// How long an answer holds until it is shown to be confirmed.
    pub confirm: Option<Seconds>,
    /// Whether one can say that one does not want to be asked.
    pub declinable: bool,
    /// Who may write the answer.
    pub write: Write,
    /// Whether what another source knows is stored in `user_metadata`, too.
    pub keep: bool,
}

/// When a question may be asked. Everything that is said must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ask {
    /// From the n-th login on; 0 and 1 are the first.
    pub from_login: u32,
    /// How many logins lie between two askings, at the least.
    pub every_logins: u32,
    /// How long after the sign-up.
    pub since_sign_up: Seconds,
    /// How long after it was asked last.
    pub again: Seconds,
    /// What the page must have reported.
    pub event: Option<String>,
    /// Whether a part of the page must ask for it.
    pub on_demand: bool,
    /// What is asked first: the larger number.
    pub priority: i32,
    /// The day from which on it must be answered; the first day of all, if it
    /// always must.
    pub required_from: Option<Date>,
    /// The share of users who are asked, in per cent; all, if absent.
    pub share: Option<u32>,
    /// How often it is asked at the most.
    pub max_times: Option<u32>,
}

/// Where an answer may be known from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Which of the facts.
    pub root: OriginRoot,
    /// The names that lead to it from there; a number leads into a list.
    pub path: Vec<String>,
}

/// Which of the facts an answer is looked for in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OriginRoot {
    /// The claims of the ID token and of `/userinfo`.
    Claims,
    /// The profile of the Management API.
    Profile,
    /// `user_metadata`.
    Metadata,
    /// `app_metadata.enrichment` of the profile.
    Enrichment,
    /// What the page says under `known`.
    Known,
}

/// Who may write an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Write {
    /// The person, at any time.
    #[default]
    User,
    /// The person, once.
    Create,
    /// Only a server: it is never asked.
    Server,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            max_fields: 2,
            cool_down: DAY,
            snooze: vec![7 * DAY],
            after_skips: Some(AfterSkips {
                skips: 3,
                rest: Some(90 * DAY),
            }),
            version: String::new(),
            display: Display::default(),
            steps: false,
        }
    }
}

impl ProfileField {
    /// A question that is asked from the first login on.
    pub fn new(field: Field) -> Self {
        Self {
            field,
            ask: Ask::default(),
            from: Vec::new(),
            always: false,
            confirm: None,
            declinable: false,
            write: Write::default(),
            keep: false,
        }
    }

    /// Whether it must be answered once it is asked.
    pub fn is_required(&self, now: Seconds) -> bool {
        self.ask
            .required_from
            .is_some_and(|day| day.seconds() <= now)
    }
}

impl Schema {
    /// The question of a name.
    pub fn field(&self, name: &str) -> Option<&ProfileField> {
        self.fields.iter().find(|it| it.field.name == name)
    }
}
