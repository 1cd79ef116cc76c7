//! A secret in the config: a text, or the name of the variable of the
//! environment that has it.

use std::env;

use latchlet_core::Value;
use latchlet_core::config::{Code, Reader};

/// A secret that is sent on, and must not be shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The secret itself.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    /// Without the secret.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secret")
    }
}

/// Reads a secret that is sent on. `None` as below, and where it is empty.
pub fn read_secret(reader: &mut Reader<'_>, name: &str) -> Option<Secret> {
    let secret = read(reader, name)?;
    if secret.is_empty() {
        reader.problem(name, Code::InvalidValue, "this must not be empty");
        return None;
    }
    Some(Secret(secret))
}

/// Reads a secret. `None` if there is none, or none that can be read.
pub fn read(reader: &mut Reader<'_>, name: &str) -> Option<String> {
    match reader.get(name)? {
        Value::Object(_) => {
            let mut inside = reader.object(name)?;
            inside.allow(&["env"]);
            let variable = inside.required_text("env")?;
            let value = env::var(&variable).ok();
            if value.is_none() {
                let message = format!("the environment has no variable `{variable}`");
                inside.problem("env", Code::Missing, &message);
            }
            value
        }
        _ => reader.text(name),
    }
}

/// Says that a secret could be guessed.
pub fn too_short(reader: &mut Reader<'_>, name: &str) {
    let message = "a secret has at least 32 characters, chosen by chance";
    reader.problem(name, Code::InvalidValue, message);
}
