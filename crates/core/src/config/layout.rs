//! `layout`: the order of the sign-up's fields, their groups and steps.

use crate::gather::Gather;
use crate::layout::{Group, Layout, Step};
use crate::value::Value;

use super::problem::{Code, Place, Problem, nearest};
use super::read::{Reader, items};
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
    let place = Place::of("layout");
    let list = items(value, &place, reading.problems).unwrap_or_default();
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
            &place,
            Code::InvalidValue,
            "where one part is a step, all are",
        );
    }
    let steps = list
        .into_iter()
        .filter_map(|(place, item)| reading.step(&place, item));
    Layout {
        steps: steps.gather(),
    }
}

struct Reading<'a> {
    names: &'a [&'a str],
    language: &'a str,
    seen: Vec<String>,
    problems: &'a mut Vec<Problem>,
}

impl Reading<'_> {
    fn step(&mut self, place: &Place, item: &Value) -> Option<Step<Vec<String>>> {
        let mut reader = Reader::new(item, place, self.problems)?;
        reader.allow(STEP.names);
        let title = reader.words("step", self.language).unwrap_or_default();
        let parts = self.fields_of(place, item);
        let groups = self.groups(parts);
        Some(Step { title, groups })
    }

    /// The parts of a step or a group.
    fn fields_of<'v>(&mut self, place: &Place, item: &'v Value) -> Vec<(Place, &'v Value)> {
        let place = place.option("fields");
        let fields = item.as_object().and_then(|object| object.get("fields"));
        let list = match fields {
            Some(fields) => items(fields, &place, self.problems).unwrap_or_default(),
            None => Vec::new(),
        };
        if list.is_empty() {
            self.problem(&place, Code::Missing, "name the fields that stand here");
        }
        list
    }

    /// Neighbours that are names only become one group without a heading.
    fn groups(&mut self, list: Vec<(Place, &Value)>) -> Vec<Group<Vec<String>>> {
        let mut groups: Vec<Group<Vec<String>>> = Vec::new();
        let mut open = false;
        for (place, item) in list {
            if let Some(name) = item.as_text() {
                let name = self.name(&place, name);
                match groups.last_mut() {
                    Some(group) if open => group.fields.extend(name),
                    _ => groups.push(Group::plain(name.into_iter().gather())),
                }
                open = true;
            } else {
                groups.extend(self.group(&place, item));
                open = false;
            }
        }
        groups
    }

    fn group(&mut self, place: &Place, item: &Value) -> Option<Group<Vec<String>>> {
        let mut reader = Reader::new(item, place, self.problems)?;
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
        for (place, item) in self.fields_of(place, item) {
            match item.as_text() {
                Some(name) => fields.extend(self.name(&place, name)),
                None => self.problem(&place, Code::WrongType, "give the name of a field"),
            }
        }
        Some(Group {
            heading,
            columns,
            fields,
        })
    }

    fn name(&mut self, place: &Place, name: &str) -> Option<String> {
        if !self.names.contains(&name) {
            let message = ["there is no field `", name, "`"];
            let problem = Problem::new(place.clone(), Code::UnknownField, &message);
            self.problems.push(problem.meant(nearest(name, self.names)));
            return None;
        }
        if self.seen.iter().any(|seen| seen == name) {
            self.problem(
                place,
                Code::DuplicateName,
                "this field has its place already",
            );
            return None;
        }
        self.seen.push(name.to_owned());
        Some(name.to_owned())
    }

    fn problem(&mut self, place: &Place, code: Code, message: &str) {
        self.problems
            .push(Problem::new(place.clone(), code, &[message]));
    }
}
