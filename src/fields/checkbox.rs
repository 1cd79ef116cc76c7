//! Yes or no.

use std::rc::Rc;

use latchlet_core::Answer;

use crate::browser::element::{Element, el};
use crate::state::FieldState;

use super::frame;

/// The view of the field, its label behind the box. "(optional)" is left out:
/// a box can be left alone unless its error says otherwise.
pub fn view(state: &Rc<FieldState>) -> Element {
    let checkbox = frame::control(state, "input", "checkbox")
        .attr("type", "checkbox")
        .flag("checked", state.initial() == Answer::Bool(true));
    let label = el("label", "choice-label")
        .attr("for", &state.id())
        .text(&state.field.label);
    let choice = el("div", "choice").with([checkbox, label]);
    frame::field(state).with([choice, frame::error(state)])
}
