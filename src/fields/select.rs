//! One of some options, as the browser's own select.

use std::rc::Rc;

use latchlet_core::Message;
use latchlet_core::field::SelectOption;

use crate::browser::element::{Element, el};
use crate::state::FieldState;

use super::frame;

/// The view of the field.
pub fn view(state: &Rc<FieldState>, options: &[SelectOption]) -> Element {
    let chosen = state.initial();
    let placeholder = state.field.placeholder.as_deref();
    let none = placeholder.unwrap_or(Message::ChooseOne.english());
    let option = |option: &SelectOption| {
        el("option", "option")
            .attr("value", &option.value)
            .flag("selected", option.value == chosen.text())
            .text(&option.label)
    };
    let select = frame::control(state, "select", "input select")
        .with([el("option", "option").attr("value", "").text(none)])
        .with(options.iter().map(option));
    frame::view(state, frame::line(state, select))
}
