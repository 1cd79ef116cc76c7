//! What every control has: a name, a label above, help and what is wrong
//! below.

use std::rc::Rc;

use latchlet_core::field::Options;
use latchlet_core::{Field, Message};

use crate::browser::element::{Element, el};
use crate::state::FieldState;

/// A control with its label, its help and its error.
pub fn view(state: &Rc<FieldState>, control: Element) -> Element {
    let label = words(state, el("label", "label").attr("for", &state.id()));
    field(state)
        .with([label])
        .with(help(state))
        .with([control])
        .with(below(state))
}

/// Several controls that answer one question, named by a legend.
pub fn group(state: &Rc<FieldState>, role: &str, choices: Element) -> Element {
    let legend = words(state, el("legend", "label"));
    let group = el("fieldset", "group")
        .node(&state.control)
        .attr("role", role)
        .maybe("aria-label", accessible_name(&state.field).as_deref())
        .live("aria-invalid", invalid(state))
        .attr("aria-describedby", &described_by(state))
        .with([legend])
        .with(help(state))
        .with([choices]);
    // A group of boxes can have no `aria-required`.
    let group = match role {
        "radiogroup" => group.maybe("aria-required", required(&state.field)),
        _ => group,
    };
    // Whoever loads the options again keeps focus here meanwhile.
    let group = match state.field.options() {
        Some(Options::Loaded(_)) => group.attr("tabindex", "-1"),
        _ => group,
    };
    field(state).with([group]).with(below(state))
}

/// What stands around a field.
pub fn field(state: &Rc<FieldState>) -> Element {
    let asked = state.asked.clone();
    el("div", "field")
        .live("data-invalid", invalid(state))
        .live("hidden", move || (!asked.get()).then_some(""))
}

/// The words of a label. What is optional says so; nothing marks the rest
/// (WCAG 2.2, 3.3.2).
fn words(state: &Rc<FieldState>, label: Element) -> Element {
    let label = label.text(&state.field.label);
    match state.field.required {
        true => label,
        false => label
            .text(" ")
            .with([el("span", "optional").text(&state.parent.text(Message::Optional))]),
    }
}

/// Help, and why it is asked, where the config has them. It stands before the
/// control, so that it is heard and seen before an answer is due.
pub fn help(state: &Rc<FieldState>) -> Option<Element> {
    let field = &state.field;
    let sentences = [&field.hint, &field.purpose];
    let mut sentences = sentences.into_iter().flatten().peekable();
    sentences.peek()?;
    let lines = sentences.map(|sentence| el("span", "help-line").text(sentence));
    let help = el("p", "help").attr("id", &help_id(state));
    Some(help.with(lines))
}

/// What is wrong, and what is under way. Their elements are always there, so
/// that the control can name them.
pub fn below(state: &Rc<FieldState>) -> Vec<Element> {
    let wrong = state.clone();
    let error = el("p", "error")
        .attr("id", &error_id(state))
        .live_text(move || wrong.error());
    match &state.check {
        None => vec![error],
        Some(_) => {
            let under_way = state.clone();
            let progress = el("p", "progress").live_text(move || under_way.progress());
            vec![error, progress]
        }
    }
}

/// A control with all that assistive technology and password managers read.
pub fn control(state: &Rc<FieldState>, tag: &str, part: &str) -> Element {
    let field = &state.field;
    named(state, tag, part)
        .node(&state.control)
        .attr("id", &state.id())
        .attr("autocomplete", field.autocomplete())
        .maybe("aria-label", accessible_name(field).as_deref())
        .maybe("aria-required", required(field))
        .live("aria-invalid", invalid(state))
        .attr("aria-describedby", &described_by(state))
}

/// A control that tells of its changes. The prefix of its name keeps a field
/// that is called `submit` or `action` from hiding those properties of the
/// form.
pub fn named(state: &Rc<FieldState>, tag: &str, part: &str) -> Element {
    let (changed, left) = (state.clone(), state.clone());
    el(tag, part)
        .attr("name", &["latchlet-", &state.field.name].concat())
        .on("input", move |_| changed.changed())
        .on("blur", move |_| left.left())
}

/// The name that `ariaLabel` gives. Who speaks to the device says what they
/// see, so that it always starts with the visible label (WCAG 2.2, 2.5.3).
fn accessible_name(field: &Field) -> Option<String> {
    let name = field.aria_label.as_deref()?;
    Some(match name.starts_with(&field.label) {
        true => name.to_owned(),
        false => [&field.label, ": ", name].concat(),
    })
}

/// What surrounds a control of one line, with the icon in it.
pub fn line(state: &Rc<FieldState>, control: Element) -> Element {
    let icon = state
        .field
        .icon
        .as_deref()
        .map(|src| el("img", "icon").attr("src", src).attr("alt", ""));
    el("div", "control").with(icon).with([control])
}

/// The ids of what describes a control: first what is wrong, then the help.
pub fn described_by(state: &Rc<FieldState>) -> String {
    match state.field.hint.is_some() || state.field.purpose.is_some() {
        true => [&error_id(state), " ", &help_id(state)].concat(),
        false => error_id(state),
    }
}

fn error_id(state: &FieldState) -> String {
    [&state.id(), "-error"].concat()
}

fn help_id(state: &FieldState) -> String {
    [&state.id(), "-help"].concat()
}

fn required(field: &Field) -> Option<&'static str> {
    field.required.then_some("true")
}

/// Follows whether something is said to be wrong.
pub fn invalid(state: &Rc<FieldState>) -> impl Fn() -> Option<&'static str> + 'static {
    let state = state.clone();
    move || state.is_rejected().then_some("true")
}
