//! How a form is laid out: its steps, and the groups of each.

use crate::gather::Gather;

/// What the config says of the layout, by the names of fields. What it does
/// not name comes last, in the usual order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// The steps in order; one without a title for a form that has none.
    pub steps: Vec<Step<Vec<String>>>,
}

/// One step: what is asked at a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Step<F> {
    /// What it is about; empty in a form of one step.
    pub title: String,
    /// Its groups in order.
    pub groups: Vec<Group<F>>,
}

/// Fields that stand together.
#[derive(Clone, Debug, PartialEq)]
pub struct Group<F> {
    /// What they are about; empty for none.
    pub heading: String,
    /// Whether they stand side by side where there is room.
    pub columns: bool,
    /// The fields.
    pub fields: F,
}

impl<F> Group<F> {
    /// A group without a heading.
    pub fn plain(fields: F) -> Self {
        Self {
            heading: String::new(),
            columns: false,
            fields,
        }
    }
}

impl Layout {
    /// Brings items that have a name into the order of the layout. The steps
    /// hold the places of their fields in that order.
    pub fn arrange<T>(
        &self,
        items: Vec<T>,
        name: impl Fn(&T) -> &str,
    ) -> (Vec<T>, Vec<Step<Vec<usize>>>) {
        let mut left: Vec<Option<T>> = items.into_iter().map(Some).gather();
        let mut ordered = Vec::new();
        let mut take = |wanted: &str| {
            let place = left
                .iter_mut()
                .find(|item| item.as_ref().is_some_and(|item| name(item) == wanted))?;
            ordered.extend(place.take());
            Some(ordered.len() - 1)
        };
        let mut steps = Vec::new();
        for step in &self.steps {
            let groups = step.groups.iter().map(|group| Group {
                heading: group.heading.clone(),
                columns: group.columns,
                fields: group.fields.iter().filter_map(|name| take(name)).gather(),
            });
            // A form without user names has no step that asks for one.
            let groups: Vec<_> = groups
                .filter(|it: &Group<Vec<_>>| !it.fields.is_empty())
                .gather();
            if !groups.is_empty() {
                steps.push(Step {
                    title: step.title.clone(),
                    groups,
                });
            }
        }
        let rest: Vec<T> = left.into_iter().flatten().gather();
        if !rest.is_empty() {
            let places = ordered.len()..ordered.len() + rest.len();
            ordered.extend(rest);
            let group = Group::plain(places.gather());
            match steps.last_mut() {
                Some(step) => step.groups.push(group),
                None => steps.push(Step {
                    title: String::new(),
                    groups: vec![group],
                }),
            }
        }
        (ordered, steps)
    }
}

#[cfg(test)]
mod tests {
    use super::{Group, Layout, Step};

    #[test]
    fn what_is_not_named_comes_last() {
        let layout = Layout {
            steps: vec![Step {
                title: "One".to_owned(),
                groups: vec![Group::plain(vec!["c".to_owned(), "gone".to_owned()])],
            }],
        };
        let (ordered, steps) = layout.arrange(vec!["a", "b", "c"], |name| name);
        assert_eq!(ordered, ["c", "a", "b"]);
        let places: Vec<_> = steps[0].groups.iter().map(|it| it.fields.clone()).collect();
        assert_eq!(places, [vec![0], vec![1, 2]]);
    }

    #[test]
    fn nothing_stands_there_empty() {
        let step = |name: &str| Step {
            title: name.to_owned(),
            groups: vec![Group::plain(vec![name.to_owned()])],
        };
        let layout = Layout {
            steps: vec![step("gone"), step("a")],
        };
        let (_, steps) = layout.arrange(vec!["a"], |name| name);
        let titles: Vec<_> = steps.iter().map(|step| step.title.as_str()).collect();
        assert_eq!(titles, ["a"]);
    }
}
