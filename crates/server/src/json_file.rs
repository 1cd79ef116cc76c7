//! A JSON file that a command reads.

use std::fs;
use std::path::Path;

use latchlet_core::Value;

/// Why a file gives nothing.
pub struct Unreadable {
    /// What the operating system or the reader of JSON says.
    pub why: String,
    /// The line and the column, if it is not JSON.
    pub at: Option<(usize, usize)>,
}

/// What is in a file.
pub fn read(path: &Path) -> Result<Value, Unreadable> {
    let text = fs::read_to_string(path).map_err(|error| Unreadable {
        why: error.to_string(),
        at: None,
    })?;
    serde_json::from_str(&text).map_err(|error| {
        let said = error.to_string();
        let at = format!(" at line {} column {}", error.line(), error.column());
        Unreadable {
            why: said.strip_suffix(&at).unwrap_or(&said).to_owned(),
            at: Some((error.line(), error.column())),
        }
    })
}

impl Unreadable {
    /// What to say of the file.
    pub fn describe(&self, file: &str) -> String {
        match self.at {
            None => format!("{file}: cannot be read: {}", self.why),
            Some((line, column)) => format!("{file}:{line}:{column}: not JSON: {}", self.why),
        }
    }
}
