//! A passwordless connection: people sign in with a code or a link that is sent
//! to them.

use latchlet_core::Value;
use latchlet_core::config::{Problem, Reader};

/// How people are reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// By e-mail.
    Email,
    /// By text message.
    Sms,
}

/// A passwordless connection.
#[derive(Clone, Debug)]
pub struct PasswordlessConnection {
    /// Its name, sent as `connection` and `realm`.
    pub name: String,
    /// How people are reached.
    pub channel: Channel,
    /// Whether only existing users may come in.
    pub disable_signup: bool,
}

impl Channel {
    /// The channel of a strategy, by Auth0's name for it.
    pub fn of_strategy(strategy: &str) -> Option<Self> {
        match strategy {
            "email" => Some(Self::Email),
            "sms" => Some(Self::Sms),
            _ => None,
        }
    }

    /// Auth0's name for the strategy, and what stands before the `|` in `sub`.
    pub fn strategy(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }
}

impl PasswordlessConnection {
    /// Reads a connection. `None` only if it has no usable name.
    pub(super) fn read(
        value: &Value,
        path: &str,
        channel: Channel,
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let mut reader = Reader::new(value, path, problems)?;
        reader.allow(&["disable_signup", "name", "strategy"]);
        Some(Self {
            name: reader.required_text("name")?,
            channel,
            disable_signup: reader.bool("disable_signup").unwrap_or(false),
        })
    }
}
