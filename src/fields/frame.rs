//! What every control has: a name, a label above, what is wrong below.

use std::rc::Rc;

use latchlet_core::{Field, Message};

use crate::browser::element::{Element, el};
use crate::state::FieldState;

/// A control with its label and its error.
pub fn view(state: &Rc<FieldState>, control: Element) -> Element {
    field(state).with([label(state), control, error(state)])
}

/// What stands around a field.
pub fn field(state: &Rc<FieldState>) -> Element {
    el("div", "field").live("data-invalid", invalid(state))
}

/// The label. What is optional says so; nothing marks the rest (WCAG 2.2,
/// 3.3.2).
fn label(state: &Rc<FieldState>) -> Element {
    let label = el("label", "label")
        .attr("for", &state.id())
        .text(&state.field.label);
    match state.field.required {
        true => label,
        false => label
            .text(" ")
            .with([el("span", "optional").text(Message::Optional.english())]),
    }
}

/// The error. Its element is always there, so that the control can name it.
pub fn error(state: &Rc<FieldState>) -> Element {
    let state = state.clone();
    el("p", "error")
        .attr("id", &error_id(&state))
        .live_text(move || state.error())
}

/// A control with all that assistive technology and password managers read.
/// The prefix of its name keeps a field that is called `submit` or `action`
/// from hiding those properties of the form.
pub fn control(state: &Rc<FieldState>, tag: &str, part: &str) -> Element {
    let field = &state.field;
    let (changed, left) = (state.clone(), state.clone());
    el(tag, part)
        .node(&state.control)
        .attr("id", &state.id())
        .attr("name", &["latchlet-", &field.name].concat())
        .attr("autocomplete", field.autocomplete())
        .maybe("aria-label", accessible_name(field).as_deref())
        .maybe("aria-required", field.required.then_some("true"))
        .live("aria-invalid", invalid(state))
        .attr("aria-describedby", &error_id(state))
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

/// The id of the error.
pub fn error_id(state: &Rc<FieldState>) -> String {
    [&state.id(), "-error"].concat()
}

fn invalid(state: &Rc<FieldState>) -> impl Fn() -> Option<&'static str> + 'static {
    let state = state.clone();
    move || state.is_rejected().then_some("true")
}
