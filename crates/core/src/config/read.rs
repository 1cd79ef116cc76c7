//! Reading one object of a config: typed values out, problems collected.

use crate::field::Source;
use crate::gather::Gather;
use crate::value::{Function, Object, Value};

use super::problem::{Code, Place, Problem, nearest, number};
use super::spec::SOURCE;

/// Reads the options of one object.
pub struct Reader<'a> {
    object: &'a Object,
    place: Place,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Reader<'a> {
    /// A reader over a value that must be an object.
    pub fn new(value: &'a Value, place: &Place, problems: &'a mut Vec<Problem>) -> Option<Self> {
        let Some(object) = value.as_object() else {
            problems.push(wrong_type(place.clone(), "an object", value));
            return None;
        };
        Some(Self {
            object,
            place: place.clone(),
            problems,
        })
    }

    /// Says which options there are. Every other one is a problem, with the
    /// nearest of these as a suggestion.
    pub fn allow(&mut self, names: &[&str]) {
        for (name, _) in self.object.iter() {
            if !names.contains(&name) {
                let message = "there is no option of this name";
                self.suggest(name, Code::UnknownOption, message, nearest(name, names));
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
                let place = self.place.option(name).option(key);
                self.problems.push(wrong_type(place, "a string", value));
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
            Some(found) if found.fract() == 0.0 && (0.0..=f64::from(max)).contains(&found) => {
                Some(found as u32)
            }
            Some(_) => {
                let message = ["give a whole number from 0 to ", &number(max)];
                self.explain(name, Code::InvalidValue, &message);
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
        Reader::new(value, &self.place.option(name), self.problems)
    }

    /// The items of an option that is a list, each with its place.
    pub fn list(&mut self, name: &str) -> Option<Vec<(Place, &'a Value)>> {
        let value = self.get(name)?;
        items(value, &self.place.option(name), self.problems)
    }

    /// Records that a text is none of the possible ones.
    pub fn one_of<N: AsRef<str>>(
        &mut self,
        name: &str,
        found: &str,
        possible: impl IntoIterator<Item = N> + Clone,
    ) {
        let problem = Problem::none_of(self.place.option(name), found, possible);
        self.problems.push(problem);
    }

    /// Records a problem with an option.
    pub fn problem(&mut self, name: &str, code: Code, message: &str) {
        self.explain(name, code, &[message]);
    }

    /// Records a problem with an option, in a sentence of several parts.
    pub fn explain(&mut self, name: &str, code: Code, message: &[&str]) {
        let problem = self.at(name, code, message);
        self.problems.push(problem);
    }

    /// Records a problem with an option, and the name that may be meant.
    pub fn suggest(&mut self, name: &str, code: Code, message: &str, suggestion: Option<String>) {
        let problem = self.at(name, code, &[message]).meant(suggestion);
        self.problems.push(problem);
    }

    fn at(&self, name: &str, code: Code, message: &[&str]) -> Problem {
        Problem::new(self.place.option(name), code, message)
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
            .push(wrong_type(self.place.option(name), expected, found));
    }
}

/// The items of a value that must be a list, each with its place.
pub fn items<'a>(
    value: &'a Value,
    place: &Place,
    problems: &mut Vec<Problem>,
) -> Option<Vec<(Place, &'a Value)>> {
    let Some(items) = value.as_list() else {
        problems.push(wrong_type(place.clone(), "a list", value));
        return None;
    };
    let items = items.iter().enumerate();
    Some(
        items
            .map(|(index, item)| (place.item(index), item))
            .gather(),
    )
}

fn wrong_type(place: Place, expected: &str, found: &Value) -> Problem {
    let message = ["this must be ", expected, ", not ", found.kind()];
    Problem::new(place, Code::WrongType, &message)
}

/// The texts of a list. What is none is a problem.
pub fn texts(reader: &mut Reader<'_>, name: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for (place, item) in reader.list(name).unwrap_or_default() {
        match item.as_text() {
            Some(text) => texts.push(text.to_owned()),
            None => reader.problems.push(wrong_type(place, "a string", item)),
        }
    }
    texts
}
