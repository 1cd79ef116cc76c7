//! Why a question is asked, or is not.

use super::facts::Source;
use super::policy::Seconds;

/// Why a question is asked or not: one for each at every login.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// It is asked.
    Asked(Why),
    /// The answer is known.
    Known(Source),
    /// The person does not want to be asked, or did not agree to this version
    /// of a document.
    Declined,
    /// It was asked as often as the policy allows.
    AskedOften,
    /// The person is not in the share of users who are asked.
    NotInShare,
    /// Only a server writes the answer.
    ServerOnly,
    /// Its condition does not hold.
    Condition,
    /// Only a part of the page asks for it.
    OnDemand,
    /// The page has not reported this.
    Event(String),
    /// It waits for this login.
    Login(u32),
    /// It waits for this time.
    Time(Seconds),
    /// No prompt follows another until this time.
    CoolDown(Seconds),
    /// The person put prompts off until this time, or skipped so many that
    /// none comes until then.
    Rest(Seconds),
    /// The person skipped so many prompts that none ever comes.
    NoMore,
    /// At this login something was asked already.
    ThisLogin,
    /// There were more important questions.
    NoRoom,
}

/// Why a question is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is its time.
    Due,
    /// It must be answered.
    Required,
    /// A part of the page asks for it.
    Requested,
    /// The document that was agreed to has another version.
    Renewed,
    /// It is time to confirm the answer that is known.
    Confirm,
    /// It is always asked.
    Always,
    /// It was asked at this login and is neither answered nor skipped.
    Open,
}

/// What it takes until a question may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waits {
    /// It is asked.
    No,
    /// This time.
    Time(Seconds),
    /// This login.
    Login(u32),
    /// Something that neither time nor logins bring.
    Other,
    /// Nothing: it is not asked any more.
    Never,
}

impl Reason {
    /// The code as it is written. The codes are stable.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Asked(why) => why.code(),
            Self::Known(_) => "known",
            Self::Declined => "declined",
            Self::AskedOften => "asked_often_enough",
            Self::NotInShare => "not_in_share",
            Self::ServerOnly => "server_only",
            Self::Condition => "condition",
            Self::OnDemand => "on_demand",
            Self::Event(_) => "waits_for_event",
            Self::Login(_) => "waits_for_login",
            Self::Time(_) => "waits_for_time",
            Self::CoolDown(_) => "cool_down",
            Self::Rest(_) => "rest",
            Self::NoMore => "no_more_prompts",
            Self::ThisLogin => "asked_at_this_login",
            Self::NoRoom => "no_room",
        }
    }

    /// What it takes until the question may be asked. `login` is this login.
    pub fn waits(&self, login: u32) -> Waits {
        match self {
            Self::Asked(_) => Waits::No,
            Self::Known(_)
            | Self::Declined
            | Self::AskedOften
            | Self::NotInShare
            | Self::ServerOnly
            | Self::NoMore => Waits::Never,
            Self::Condition | Self::OnDemand | Self::Event(_) => Waits::Other,
            Self::Login(login) => Waits::Login(*login),
            Self::Time(at) | Self::CoolDown(at) | Self::Rest(at) => Waits::Time(*at),
            Self::ThisLogin | Self::NoRoom => Waits::Login(login.saturating_add(1)),
        }
    }
}

impl Why {
    /// The code as it is written. The codes are stable.
    pub fn code(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Required => "required",
            Self::Requested => "requested",
            Self::Renewed => "renewed",
            Self::Confirm => "confirm",
            Self::Always => "always",
            Self::Open => "open",
        }
    }
}
