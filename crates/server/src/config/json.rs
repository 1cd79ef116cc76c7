//! The files of a config.

use std::fs;
use std::path::Path;

use latchlet_core::Value;

use super::ConfigError;

/// A file of JSON that others read too: the config of a box.
pub fn read(path: &Path) -> Result<Value, ConfigError> {
    parse(path, &text(path)?)
}

/// A file of JSON that people write for this server alone. It may have
/// comments, and a comma after the last entry.
pub fn read_with_comments(path: &Path) -> Result<Value, ConfigError> {
    let mut text = text(path)?;
    // They become white space, so that every mistake keeps its line.
    json_strip_comments::strip(&mut text).map_err(|error| not_json(path, &error))?;
    parse(path, &text)
}

fn text(path: &Path) -> Result<String, ConfigError> {
    fs::read_to_string(path).map_err(|error| ConfigError::Unreadable {
        path: path.to_owned(),
        reason: error.to_string(),
    })
}

fn parse(path: &Path, text: &str) -> Result<Value, ConfigError> {
    serde_json::from_str(text).map_err(|error| not_json(path, &error))
}

fn not_json(path: &Path, reason: &dyn std::error::Error) -> ConfigError {
    ConfigError::NotJson {
        path: path.to_owned(),
        reason: reason.to_string(),
    }
}
