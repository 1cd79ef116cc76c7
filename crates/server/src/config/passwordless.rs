//! A passwordless connection: people sign in with a code or a link that is sent
//! to them.

use std::path::Path;

use latchlet_core::Value;
use latchlet_core::config::{Place, Problem, Reader};

use super::ConfigError;
use super::box_config::BoxConfig;

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
    /// The box that asks its people something later. With it, nothing else is
    /// stored; without, whatever the contract allows.
    pub the_box: Option<BoxConfig>,
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
        place: &Place,
        channel: Channel,
        folder: &Path,
        problems: &mut Vec<Problem>,
    ) -> Result<Option<Self>, ConfigError> {
        let Some(mut reader) = Reader::new(value, place, problems) else {
            return Ok(None);
        };
        reader.allow(&["box", "disable_signup", "name", "strategy"]);
        let name = reader.required_text("name");
        let disable_signup = reader.bool("disable_signup").unwrap_or(false);
        let the_box = match reader.text("box") {
            Some(file) => Some(BoxConfig::load(&folder.join(&file), reader.problems())?),
            None => None,
        };
        Ok(name.map(|name| Self {
            name,
            channel,
            disable_signup,
            the_box,
        }))
    }
}
