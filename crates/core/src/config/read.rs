//! Reading one object of a config: typed values out, problems collected.

use crate::field::Source;
use crate::value::{Function, Object, Value};

use super::problem::{Code, Problem};
use super::spec::SOURCE;

/// Reads the options of one object.
pub struct Reader<'a> {
    object: &'a Object,
    path: String,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Reader<'a> {
    /// A reader over a value that must be an object.
    pub fn new(value: &'a Value, path: &str, problems: &'a mut Vec<Problem>) -> Option<Self> {
        let Some(object) = value.as_object() else {
            problems.push(wrong_type(path.to_owned(), "an object", value));
            return None;
        };
        Some(Self {
            object,
            path: path.to_owned(),
            problems,
        })
    }

    /// Says which options there are. Every other one is a problem, with the
    /// nearest of these as a suggestion.
    pub fn allow(&mut self, names: &[&str]) {
        for (name, _) in self.object.iter() {
            if !names.contains(&name) {
                self.problems.push(Problem {
                    path: join(&self.path, name),
                    code: Code::UnknownOption,
                    message: "there is no option of this name".to_owned(),
                    suggestion: nearest(name, names),
                });
            }
        }
    }

    /// The value of an option. `null` is the same as nothing.
    pub fn get(&self, name: &str) -> Option<&'a Value> {
        self.object
            .get(name)
            .filter(|value| !matches!(value, Value::Null))
    }

    /// A text.
    pub fn text(&mut self, name: &str) -> Option<String> {
        let value = self.get(name)?;
        let text = value.as_text();
        if text.is_none() {
            self.wrong_type(name, "a string", value);
        }
        text.map(str::to_owned)
    }

    /// A text, or an object with a text for each language: `{ en: …, de: … }`.
    /// `pt-BR` falls back to `pt`, and what is missing to the first of them.
    pub fn words(&mut self, name: &str, language: &str) -> Option<String> {
        let value = self.get(name)?;
        let Some(by_language) = value.as_object() else {
            return self.text(name);
        };
        for (key, value) in by_language.iter() {
            if value.as_text().is_none() {
                self.wrong_type(&join(name, key), "a string", value);
            }
        }
        let exact = |wanted: &str| {
            let found = by_language
                .iter()
                .find(|(key, _)| key.eq_ignore_ascii_case(wanted));
            found.and_then(|(_, value)| value.as_text())
        };
        let first = || {
            by_language
                .iter()
                .next()
                .and_then(|(_, value)| value.as_text())
        };
        let general = language.split('-').next().unwrap_or_default();
        let found = exact(language).or_else(|| exact(general)).or_else(first);
        if found.is_none() && by_language.is_empty() {
            self.problem(name, Code::InvalidValue, "give a text for a language");
        }
        found.map(str::to_owned)
    }

    /// A function of the page.
    pub fn function(&mut self, name: &str) -> Option<Function> {
        match self.get(name)? {
            Value::Function(function) => Some(*function),
            other => {
                self.wrong_type(name, "a function", other);
                None
            }
        }
    }

    /// Where something is loaded from: a function, or `{ url: … }`. `None` if
    /// the option is something else.
    pub fn source(&mut self, name: &str) -> Option<Source> {
        match self.get(name)? {
            Value::Function(function) => Some(Source::Function(*function)),
            Value::Object(_) => {
                let mut reader = self.object(name)?;
                reader.allow(SOURCE.names);
                let url = reader.required_text("url")?;
                reader.address("url", &url);
                Some(Source::Url(url))
            }
            _ => None,
        }
    }

    /// Checks an address. Only what the page serves itself, or over https: an
    /// address is no place for a script.
    pub fn address(&mut self, name: &str, address: &str) -> bool {
        let local =
            address.starts_with('/') && !address.starts_with("//") && !address.starts_with("/\\");
        let clean = !address.chars().any(|c| c.is_control() || c.is_whitespace());
        // On the machine itself nobody listens in.
        let loopback = ["http://localhost", "http://127.0.0.1"]
            .iter()
            .any(|origin| {
                let Some(rest) = address.strip_prefix(origin) else {
                    return false;
                };
                // A port, and not the name of somebody at another host.
                let port = rest
                    .strip_prefix(':')
                    .map(|port| port.trim_start_matches(|digit: char| digit.is_ascii_digit()));
                let rest = port.unwrap_or(rest);
                rest.is_empty() || rest.starts_with('/')
            });
        let good = clean && (address.starts_with("https://") || local || loopback);
        if !good {
            let message = "give an address that starts with `https://` or `/`";
            self.problem(name, Code::InvalidValue, message);
        }
        good
    }

    /// A number.
    pub fn number(&mut self, name: &str) -> Option<f64> {
        let value = self.get(name)?;
        let number = value.as_number();
        if number.is_none() {
            self.wrong_type(name, "a number", value);
        }
        number
    }

    /// A text that must be there and not be empty.
    pub fn required_text(&mut self, name: &str) -> Option<String> {
        if self.get(name).is_none() {
            self.problem(name, Code::Missing, "this option must be set");
            return None;
        }
        let text = self.text(name)?;
        if text.is_empty() {
            self.problem(name, Code::InvalidValue, "this must not be empty");
            return None;
        }
        Some(text)
    }

    /// A truth value.
    pub fn bool(&mut self, name: &str) -> Option<bool> {
        let value = self.get(name)?;
        let bool = value.as_bool();
        if bool.is_none() {
            self.wrong_type(name, "true or false", value);
        }
        bool
    }

    /// A whole number from 0 to a maximum.
    pub fn whole_number(&mut self, name: &str, max: u32) -> Option<u32> {
        let value = self.get(name)?;
        match value.as_number() {
            Some(number) if number.fract() == 0.0 && (0.0..=f64::from(max)).contains(&number) => {
                Some(number as u32)
            }
            Some(_) => {
                let message = ["give a whole number from 0 to ", &max.to_string()].concat();
                self.problem(name, Code::InvalidValue, &message);
                None
            }
            None => {
                self.wrong_type(name, "a whole number", value);
                None
            }
        }
    }

    /// A reader over an option that is an object itself.
    pub fn object(&mut self, name: &str) -> Option<Reader<'_>> {
        let value = self.get(name)?;
        Reader::new(value, &join(&self.path, name), self.problems)
    }

    /// The items of an option that is a list, each with its path.
    pub fn list(&mut self, name: &str) -> Option<Vec<(String, &'a Value)>> {
        let value = self.get(name)?;
        items(value, &join(&self.path, name), self.problems)
    }

    /// Records that a text is none of the possible ones.
    pub fn one_of(&mut self, name: &str, found: &str, possible: &[&str]) {
        let mut message = "give one of ".to_owned();
        for (index, possible) in possible.iter().enumerate() {
            if index > 0 {
                message.push_str(", ");
            }
            message.push('`');
            message.push_str(possible);
            message.push('`');
        }
        let suggestion = nearest(found, possible);
        self.problems.push(Problem {
            path: join(&self.path, name),
            code: Code::InvalidValue,
            message,
            suggestion,
        });
    }

    /// Records a problem with an option.
    pub fn problem(&mut self, name: &str, code: Code, message: &str) {
        self.problems.push(Problem {
            path: join(&self.path, name),
            code,
            message: message.to_owned(),
            suggestion: None,
        });
    }

    /// Records a problem with an option, and the name that may be meant.
    pub fn suggest(&mut self, name: &str, code: Code, message: &str, suggestion: Option<String>) {
        self.problems.push(Problem {
            path: join(&self.path, name),
            code,
            message: message.to_owned(),
            suggestion,
        });
    }

    /// The object itself.
    pub fn entries(&self) -> &'a Object {
        self.object
    }

    /// Everything collected so far.
    pub fn problems(&mut self) -> &mut Vec<Problem> {
        self.problems
    }

    fn wrong_type(&mut self, name: &str, expected: &str, found: &Value) {
        self.problems
            .push(wrong_type(join(&self.path, name), expected, found));
    }
}

/// The items of a value that must be a list, each with its path.
pub fn items<'a>(
    value: &'a Value,
    path: &str,
    problems: &mut Vec<Problem>,
) -> Option<Vec<(String, &'a Value)>> {
    let Some(items) = value.as_list() else {
        problems.push(wrong_type(path.to_owned(), "a list", value));
        return None;
    };
    let with_path =
        |(index, item): (usize, &'a Value)| ([path, "[", &index.to_string(), "]"].concat(), item);
    Some(items.iter().enumerate().map(with_path).collect())
}

fn wrong_type(path: String, expected: &str, found: &Value) -> Problem {
    Problem {
        path,
        code: Code::WrongType,
        message: ["this must be ", expected, ", not ", found.kind()].concat(),
        suggestion: None,
    }
}

/// The texts of a list. What is none is a problem.
pub fn texts(reader: &mut Reader<'_>, name: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for (path, item) in reader.list(name).unwrap_or_default() {
        match item.as_text() {
            Some(text) => texts.push(text.to_owned()),
            None => reader.problems.push(wrong_type(path, "a string", item)),
        }
    }
    texts
}

/// A path, and an option of what it leads to. No name is the thing itself.
fn join(path: &str, name: &str) -> String {
    match (path, name) {
        ("", name) => name.to_owned(),
        (path, "") => path.to_owned(),
        (path, name) => [path, ".", name].concat(),
    }
}

/// The nearest of some names, if one is near enough to be meant: a third of
/// its letters may differ, and case is no difference.
pub fn nearest(name: &str, names: &[&str]) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    names
        .iter()
        .map(|candidate| {
            let distance = strsim::osa_distance(&lower, &candidate.to_ascii_lowercase());
            (distance, *candidate)
        })
        .filter(|(distance, candidate)| *distance <= candidate.len().div_ceil(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate.to_owned())
}
