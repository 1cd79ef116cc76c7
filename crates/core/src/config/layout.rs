//! `layout`: the order of the sign-up's fields, their groups and steps.

use crate::layout::{Group, Layout, Step};
use crate::value::Value;

use super::problem::{Code, Problem};
use super::read::{Reader, items, nearest};
use super::spec::{GROUP, STEP};

/// Reads the layout. `names` are all fields of the form, the built-in ones
/// included.
pub fn read_layout(
    value: &Value,
    names: &[&str],
    language: &str,
    problems: &mut Vec<Problem>,
) -> Layout {
    let mut reading = Reading {
        names,
        language,
        seen: Vec::new(),
        problems,
    };
    let list = items(value, "layout", reading.problems).unwrap_or_default();
    let is_step = |item: &Value| {
        item.as_object()
            .and_then(|object| object.get("step"))
            .is_some_and(|step| *step != Value::Null)
    };
    let steps = list.iter().filter(|(_, item)| is_step(item)).count();
    if steps == 0 {
        let groups = reading.groups(list);
        return Layout {
            steps: vec![Step {
                title: String::new(),
                groups,
            }],
        };
    }
    if steps < list.len() {
        reading.problem(
            "layout",
            Code::InvalidValue,
            "where one part is a step, all are",
        );
    }
    let steps = list
        .into_iter()
        .filter_map(|(path, item)| reading.step(&path, item));
    Layout {
        steps: steps.collect(),
    }
}

struct Reading<'a> {
    names: &'a [&'a str],
    language: &'a str,
    seen: Vec<String>,
    problems: &'a mut Vec<Problem>,
}

impl Reading<'_> {
    fn step(&mut self, path: &str, item: &Value) -> Option<Step<Vec<String>>> {
        let mut reader = Reader::new(item, path, self.problems)?;
        reader.allow(STEP.names);
        let title = reader.words("step", self.language).unwrap_or_default();
        let parts = self.fields_of(path, item);
        let groups = self.groups(parts);
        Some(Step { title, groups })
    }

    /// The parts of a step or a group.
    fn fields_of<'v>(&mut self, path: &str, item: &'v Value) -> Vec<(String, &'v Value)> {
        let path = [path, ".fields"].concat();
        let fields = item.as_object().and_then(|object| object.get("fields"));
        let list = match fields {
            Some(fields) => items(fields, &path, self.problems).unwrap_or_default(),
            None => Vec::new(),
        };
        if list.is_empty() {
            self.problem(&path, Code::Missing, "name the fields that stand here");
        }
        list
    }

    /// Neighbours that are names only become one group without a heading.
    fn groups(&mut self, list: Vec<(String, &Value)>) -> Vec<Group<Vec<String>>> {
        let mut groups: Vec<Group<Vec<String>>> = Vec::new();
        let mut open = false;
        for (path, item) in list {
            if let Some(name) = item.as_text() {
                let name = self.name(&path, name);
                match groups.last_mut() {
                    Some(group) if open => group.fields.extend(name),
                    _ => groups.push(Group::plain(name.into_iter().collect())),
                }
                open = true;
            } else {
                groups.extend(self.group(&path, item));
                open = false;
            }
        }
        groups
    }

    fn group(&mut self, path: &str, item: &Value) -> Option<Group<Vec<String>>> {
        let mut reader = Reader::new(item, path, self.problems)?;
        reader.allow(GROUP.names);
        let heading = reader.words("heading", self.language).unwrap_or_default();
        let columns = match reader.whole_number("columns", 2) {
            Some(0) => {
                reader.problem("columns", Code::InvalidValue, "give 1 or 2");
                false
            }
            columns => columns == Some(2),
        };
        let mut fields = Vec::new();
        for (path, item) in self.fields_of(path, item) {
            match item.as_text() {
                Some(name) => fields.extend(self.name(&path, name)),
                None => self.problem(&path, Code::WrongType, "give the name of a field"),
            }
        }
        Some(Group {
            heading,
            columns,
            fields,
        })
    }

    fn name(&mut self, path: &str, name: &str) -> Option<String> {
        if !self.names.contains(&name) {
            self.problems.push(Problem {
                path: path.to_owned(),
                code: Code::UnknownField,
                message: ["there is no field `", name, "`"].concat(),
                suggestion: nearest(name, self.names),
            });
            return None;
        }
        if self.seen.iter().any(|seen| seen == name) {
            self.problem(
                path,
                Code::DuplicateName,
                "this field has its place already",
            );
            return None;
        }
        self.seen.push(name.to_owned());
        Some(name.to_owned())
    }

    fn problem(&mut self, path: &str, code: Code, message: &str) {
        self.problems.push(Problem {
            path: path.to_owned(),
            code,
            message: message.to_owned(),
            suggestion: None,
        });
    }
}
