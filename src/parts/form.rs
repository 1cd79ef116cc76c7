//! A form: its fields in order, by steps and groups, one button, and everything
//! said about it.

use latchlet_core::gather::Gather;
use std::rc::Rc;

use latchlet_core::layout::{Group, Step};
use latchlet_core::value::Function;
use latchlet_core::{Answers, Message};

use crate::browser::element::{DomEvent, Element, Node, el, follow};
use crate::browser::task;
use crate::fields;
use crate::state::{FieldState, FormState};

use super::{error_summary, live_region, title};

/// How a form is sent.
pub struct Sending {
    /// Where a browser would post it if nothing of this code ran any more:
    /// never into an address (CVE-2026-107370).
    pub endpoint: String,
    /// What the button says.
    pub action: Message,
    /// What it says while a request is under way. It is said aloud then, too.
    pub busy: Message,
    /// The page's own step before the request.
    pub hook: Option<Function>,
}

/// What stands at a field beside its control.
pub type Below<'a> = &'a dyn Fn(&Rc<FieldState>) -> Option<Element>;

/// The view of a form.
pub fn view(
    form: &Rc<FormState>,
    sending: Sending,
    on_answers: impl Fn(Answers) + 'static,
) -> Element {
    view_with(form, sending, &|_| None, on_answers)
}

/// The view of a form that has something below its fields.
pub fn view_with(
    form: &Rc<FormState>,
    sending: Sending,
    below: Below<'_>,
    on_answers: impl Fn(Answers) + 'static,
) -> Element {
    let Sending {
        endpoint,
        action,
        busy,
        hook,
    } = sending;
    let submitted = form.clone();
    let on_answers = Rc::new(on_answers);
    let submit = move |event: DomEvent| {
        event.prevent_default();
        let (form, on_answers) = (submitted.clone(), on_answers.clone());
        form.parent.touch();
        task::start(async move {
            if let Some(answers) = form.submit(hook).await {
                form.parent.wait_for(busy);
                on_answers(answers);
            }
        });
    };
    el("form", "form")
        .attr("method", "post")
        .attr("action", &endpoint)
        .flag("novalidate", true)
        .attr("aria-labelledby", &title::id(&form.parent))
        .on("submit", submit)
        .with([error_summary::view(form)])
        .with(steps(form, below))
        .with([
            live_region::alert(&form.parent),
            buttons(form, action, busy),
        ])
}

/// The fields, in their steps. All of them are in the page at once, so that a
/// step that was left keeps what was typed.
fn steps(form: &Rc<FormState>, below: Below<'_>) -> Vec<Element> {
    match &form.form.steps[..] {
        [only] => groups(form, 0, only, below),
        steps => {
            let step = |(place, step)| one_step(form, place, step, below);
            steps.iter().enumerate().map(step).gather()
        }
    }
}

fn one_step(
    form: &Rc<FormState>,
    place: usize,
    step: &Step<Vec<usize>>,
    below: Below<'_>,
) -> Element {
    let parent = &form.parent;
    let id = parent.id(&["form-step-", &place.to_string()].concat());
    let count = parent.config.texts.with(
        Message::StepOf,
        &[
            ("n", &(place + 1).to_string()),
            ("m", &form.form.steps.len().to_string()),
        ],
    );
    let heading = Node::default();
    let head = el("h3", "step-title")
        .node(&heading)
        .attr("id", &id)
        .attr("tabindex", "-1")
        .with([el("span", "step-count").text(&count)])
        .text(" ")
        .text(&step.title);
    let (shown, hidden) = (form.clone(), form.clone());
    follow(Box::new(move || {
        if shown.step.get() == place && shown.parent.has_moved() {
            heading.focus_soon();
        }
    }));
    el("div", "step")
        .attr("role", "group")
        .attr("aria-labelledby", &id)
        .live("hidden", move || (hidden.step.get() != place).then_some(""))
        .with([head])
        .with(groups(form, place, step, below))
}

fn groups(
    form: &Rc<FormState>,
    place: usize,
    step: &Step<Vec<usize>>,
    below: Below<'_>,
) -> Vec<Element> {
    let id = ["form-group-", &place.to_string(), "-"].concat();
    let groups = step.groups.iter().enumerate();
    groups
        .flat_map(|(place, group)| {
            let name = [&id, &*place.to_string()].concat();
            one_group(form, &name, group, below)
        })
        .gather()
}

fn one_group(
    form: &Rc<FormState>,
    name: &str,
    group: &Group<Vec<usize>>,
    below: Below<'_>,
) -> Vec<Element> {
    let fields = group.fields.iter();
    let fields = fields.filter_map(|place| {
        let field = form.fields.get(*place)?;
        Some(fields::view(field)?.with(below(field)))
    });
    if group.heading.is_empty() && !group.columns {
        return fields.gather();
    }
    let id = form.parent.id(name);
    let mut section = el("div", "section").flag("data-columns", group.columns);
    if !group.heading.is_empty() {
        let heading = el("h3", "section-title").attr("id", &id);
        section = section
            .attr("role", "group")
            .attr("aria-labelledby", &id)
            .with([heading.text(&group.heading)]);
    }
    vec![section.with([el("div", "section-fields").with(fields)])]
}

fn buttons(form: &Rc<FormState>, action: Message, busy: Message) -> Element {
    let (disabled, said) = (form.parent.busy.clone(), form.clone());
    let last = form.form.steps.len().saturating_sub(1);
    let submit = el("button", "submit")
        .attr("type", "submit")
        // Not `disabled`, which would drop the focus (WCAG 2.2, 2.4.3).
        .live("aria-disabled", move || disabled.get().then_some("true"))
        .live_text(move || {
            said.parent.text(match said.parent.busy.get() {
                _ if said.step.get() < last => Message::Next,
                true if said.parent.slow.get() => Message::StillWorking,
                true => busy,
                false => action,
            })
        });
    if last == 0 {
        return submit;
    }
    let (shown, gone) = (form.clone(), form.clone());
    let back = el("button", "back")
        .attr("type", "button")
        .live("hidden", move || (shown.step.get() == 0).then_some(""))
        .text(&form.parent.text(Message::Back))
        .on("click", move |_| gone.back());
    el("div", "buttons").with([back, submit])
}
