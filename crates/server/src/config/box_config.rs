//! The config of a box, as far as the server has to agree with it.

use std::path::Path;

use latchlet_core::config::{
    Place, Problem, Progressive, Reader, read_connection, read_fields, read_progressive,
};
use latchlet_core::field::Field;
use latchlet_core::{Connection, Object};

use super::{ConfigError, json};

/// The language of the server's own messages.
const LANGUAGE: &str = "en";

/// What a box shows, and the server must hold.
#[derive(Clone, Debug, Default)]
pub struct BoxConfig {
    /// The additional fields of its sign-up.
    pub fields: Vec<Field>,
    /// The rules of its database connections.
    pub connections: Vec<Connection>,
    /// What it asks after the sign-up.
    pub progressive: Option<Progressive>,
    /// All that it says.
    pub whole: Object,
}

impl BoxConfig {
    /// Reads the config of a box.
    pub fn load(path: &Path, problems: &mut Vec<Problem>) -> Result<Self, ConfigError> {
        let value = json::read(path)?;
        let mut config = Self {
            whole: value.as_object().cloned().unwrap_or_default(),
            ..Self::default()
        };
        let mut found = Vec::new();
        if let Some(mut options) = Reader::new(&value, &Place::default(), &mut found) {
            if let Some(fields) = options.get("additionalSignUpFields") {
                let place = Place::of("additionalSignUpFields");
                config.fields = read_fields(fields, &place, LANGUAGE, options.problems());
            }
            config.progressive = read_progressive(&mut options, &config.fields, LANGUAGE);
            for (place, item) in options.list("connections").unwrap_or_default() {
                let strategy = item.as_object().and_then(|it| it.text("strategy"));
                if strategy.is_some_and(|strategy| strategy != "auth0") {
                    continue;
                }
                let connection = read_connection(item, &place, options.problems());
                config.connections.extend(connection);
            }
        }
        // The mistakes are in the other file, so the path says which.
        problems.extend(found.into_iter().map(|problem| Problem {
            path: match problem.path.as_str() {
                "" => path.display().to_string(),
                inside => format!("{}: {inside}", path.display()),
            },
            ..problem
        }));
        Ok(config)
    }
}
