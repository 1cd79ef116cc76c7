//! What a box tells its page.

#[cfg(feature = "leptos")]
use latchlet_core::config::Problem;
use latchlet_core::connection::Federated;
use latchlet_core::{Failure, Value};

use crate::backend::Session;

/// What a box tells its page. It carries no secret that a person typed.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A screen is shown.
    Shown(&'static str),
    /// A form of a screen is about to be sent, with these values. The page can
    /// stop it.
    BeforeSubmit(&'static str, Value),
    /// It is sent.
    Submitted(&'static str, Value),
    /// An account was made; this is what the auth backend said.
    SignedUp(Value),
    /// Somebody goes to another one who knows them.
    Federated(Federated, &'static str),
    /// Somebody logged in.
    Authenticated(Session),
    /// An attempt on a screen failed, for this reason.
    Failed(&'static str, Failure),
    /// The config has these problems, and there is no form. For an application;
    /// a page hears it from the module that finds them.
    #[cfg(feature = "leptos")]
    ConfigRejected(Vec<Problem>),
    /// Questions are asked.
    ProfileShown(About),
    /// Questions were answered.
    ProfileAnswered(About),
    /// Questions were left for another login.
    ProfileSkipped(About),
    /// Questions were put off.
    ProfileSnoozed(About),
    /// An answer to a field of a screen is said to be wrong, by its code.
    FieldError(&'static str, String, &'static str),
}

/// What is told of a prompt: names, codes and durations, and no value that
/// anybody typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct About {
    /// The names of the fields that it is about.
    pub fields: Vec<String>,
    /// Of the questions that are shown: why each is asked, by its code.
    pub reasons: Vec<&'static str>,
    /// Of questions that were answered: those that were left open.
    pub open: Vec<String>,
    /// Of questions that are over: those that are not asked any more.
    pub declined: Vec<String>,
    /// How it is shown: `inline`, `modal` or `banner`.
    pub display: &'static str,
    /// Which login of the person this is.
    pub login: u32,
    /// For how many milliseconds it was shown.
    pub shown: u32,
    /// For how many milliseconds it was put off.
    pub snoozed: f64,
}

impl Event {
    /// Every event, by its name without `latchlet:`, with what its detail has.
    /// The documentation is held to it.
    pub const CATALOGUE: [(&'static str, &'static [&'static str]); 13] = [
        ("screen", &["screen"]),
        ("beforesubmit", &["screen", "values"]),
        ("submit", &["screen", "values"]),
        ("signup", &[]),
        ("federated", &["name", "strategy", "action"]),
        (
            "authenticated",
            &["accessToken", "idToken", "idTokenPayload", "…"],
        ),
        ("error", &["code", "message", "screen"]),
        ("config-error", &["path", "code", "message", "suggestion"]),
        ("profileshown", &["fields", "reasons", "display", "login"]),
        (
            "profileanswered",
            &["fields", "open", "declined", "display", "login", "duration"],
        ),
        (
            "profileskipped",
            &["fields", "declined", "display", "login", "duration"],
        ),
        (
            "profilesnoozed",
            &[
                "fields", "declined", "display", "login", "duration", "snooze",
            ],
        ),
        ("fielderror", &["screen", "field", "code"]),
    ];

    /// Its name, without `latchlet:`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Shown(_) => "screen",
            Self::BeforeSubmit(..) => "beforesubmit",
            Self::Submitted(..) => "submit",
            Self::SignedUp(_) => "signup",
            Self::Federated(..) => "federated",
            Self::Authenticated(_) => "authenticated",
            Self::Failed(..) => "error",
            #[cfg(feature = "leptos")]
            Self::ConfigRejected(_) => "config-error",
            Self::ProfileShown(_) => "profileshown",
            Self::ProfileAnswered(_) => "profileanswered",
            Self::ProfileSkipped(_) => "profileskipped",
            Self::ProfileSnoozed(_) => "profilesnoozed",
            Self::FieldError(..) => "fielderror",
        }
    }
}
