//! Problems with all that a developer needs.

use crate::value::Value;

use super::Code;

/// One mistake in a config.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Where it is, as JavaScript would write it:
    /// `additionalSignUpFields[2].name`. Empty for the config itself.
    pub path: String,
    /// Which rule it breaks.
    pub code: Code,
    /// What is wrong, in a sentence.
    pub message: String,
    /// The nearest valid name, where there is one.
    pub suggestion: Option<String>,
}

impl Problem {
    /// A mistake at a place. The sentence comes in parts.
    pub fn new(place: Place, code: Code, message: &[&str]) -> Self {
        Self {
            path: place.0,
            code,
            message: message.concat(),
            suggestion: None,
        }
    }

    /// A text that is none of the possible ones.
    pub fn none_of<N: AsRef<str>>(
        place: Place,
        found: &str,
        possible: impl IntoIterator<Item = N> + Clone,
    ) -> Self {
        let message = ["give one of ", &listed(possible.clone())];
        Self::new(place, Code::InvalidValue, &message).meant(nearest(found, possible))
    }

    /// The same, with the name that may be meant.
    pub fn meant(self, suggestion: Option<String>) -> Self {
        Self { suggestion, ..self }
    }
}

impl core::fmt::Display for Problem {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        if !self.path.is_empty() {
            f.write_str(&self.path)?;
            f.write_str(": ")?;
        }
        f.write_str(&self.message)?;
        if let Some(suggestion) = &self.suggestion {
            f.write_str("; did you mean `")?;
            f.write_str(suggestion)?;
            f.write_str("`?")?;
        }
        f.write_str(" [")?;
        f.write_str(self.code.as_str())?;
        f.write_str("]")
    }
}

/// As pages get it: `path`, `code`, `message` and, where there is one,
/// `suggestion`.
impl From<&Problem> for Value {
    fn from(problem: &Problem) -> Self {
        let mut told: crate::Object = [
            ("path", problem.path.as_str()),
            ("code", problem.code.as_str()),
            ("message", &problem.message),
        ]
        .into_iter()
        .collect();
        if let Some(suggestion) = &problem.suggestion {
            told.insert("suggestion", suggestion.as_str());
        }
        told.into()
    }
}

/// Where in a config one is. By default the config itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place(String);

impl Place {
    /// An option of the config.
    pub fn of(path: &str) -> Self {
        Self(path.to_owned())
    }

    /// An option of what is here. No name is the thing itself.
    #[must_use]
    pub fn option(&self, name: &str) -> Self {
        Self(match (self.0.as_str(), name) {
            ("", name) => name.to_owned(),
            (path, "") => path.to_owned(),
            (path, name) => [path, ".", name].concat(),
        })
    }

    /// An item of the list that is here.
    #[must_use]
    pub fn item(&self, index: usize) -> Self {
        Self([&self.0, "[", &index.to_string(), "]"].concat())
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A number, as a part of a sentence.
pub fn number(number: u32) -> String {
    number.to_string()
}

/// Names in a row, as a part of a sentence.
pub fn listed(names: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let mut listed = String::new();
    for name in names {
        if !listed.is_empty() {
            listed.push_str(", ");
        }
        listed.push('`');
        listed.push_str(name.as_ref());
        listed.push('`');
    }
    listed
}

/// The nearest of some names, if one is near enough to be meant: a third of
/// its letters may differ, and case is no difference.
pub fn nearest(name: &str, names: impl IntoIterator<Item = impl AsRef<str>>) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    names
        .into_iter()
        .map(|candidate| {
            let other = candidate.as_ref().to_ascii_lowercase();
            (strsim::osa_distance(&lower, &other), candidate)
        })
        .filter(|(distance, candidate)| *distance <= candidate.as_ref().len().div_ceil(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate.as_ref().to_owned())
}
