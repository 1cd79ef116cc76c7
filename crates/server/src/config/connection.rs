//! A database connection: a set of accounts, and what they must be like.

use std::path::Path;

use latchlet_core::config::{Code, Problem, Reader, read_connection, read_fields};
use latchlet_core::field::Field;
use latchlet_core::{Connection, Object, Value};

use super::{ConfigError, read_json};

/// What the server alone says of a connection, beside what the box knows too.
const OWN: [&str; 2] = ["box", "disable_signup"];

/// A database connection.
#[derive(Clone, Debug)]
pub struct DatabaseConnection {
    /// Its name, password policy and user names, as the box has them.
    pub rules: Connection,
    /// Whether only existing users may come in.
    pub disable_signup: bool,
    /// The additional fields of the sign-up. With them, nothing else is
    /// stored; without, whatever the contract allows.
    pub form: Option<Vec<Field>>,
    /// What `/client/{id}.js` says of it.
    pub public: Object,
}

impl DatabaseConnection {
    /// Reads a connection. `None` only if it has no usable name. `box` names a
    /// config of the box, by its path from the server's config: its
    /// `additionalSignUpFields` are the form, so that both sides read one file.
    pub(super) fn read(
        value: &Value,
        path: &str,
        folder: &Path,
        problems: &mut Vec<Problem>,
    ) -> Result<Option<Self>, ConfigError> {
        let Some(object) = value.as_object() else {
            read_connection(value, path, problems);
            return Ok(None);
        };
        let mut public = object.clone();
        for name in OWN {
            public.remove(name);
        }
        let rules = read_connection(&Value::from(public.clone()), path, problems);
        let Some(mut own) = Reader::new(value, path, problems) else {
            return Ok(None);
        };
        let disable_signup = own.bool("disable_signup").unwrap_or(false);
        let form = match own.text("box") {
            Some(file) => Some(read_form(&folder.join(&file), own.problems())?),
            None => None,
        };
        public.insert("showSignup", !disable_signup);
        Ok(rules.map(|rules| Self {
            rules,
            disable_signup,
            form,
            public,
        }))
    }
}

fn read_form(path: &Path, problems: &mut Vec<Problem>) -> Result<Vec<Field>, ConfigError> {
    let config = read_json(path)?;
    let mut found = Vec::new();
    let fields = match config
        .as_object()
        .map(|it| it.get("additionalSignUpFields"))
    {
        Some(Some(fields)) => read_fields(fields, "additionalSignUpFields", &mut found),
        Some(None) => Vec::new(),
        None => {
            found.push(Problem {
                path: String::new(),
                code: Code::WrongType,
                message: "a config of the box must be an object".to_owned(),
                suggestion: None,
            });
            Vec::new()
        }
    };
    // The mistakes are in the other file, so the path says which.
    problems.extend(found.into_iter().map(|problem| Problem {
        path: format!("{}: {}", path.display(), problem.path),
        ..problem
    }));
    Ok(fields)
}
