//! Several lines of text.

use std::rc::Rc;

use crate::browser::element::Element;
use crate::state::FieldState;

use super::frame;

/// The view of the field.
pub fn view(state: &Rc<FieldState>) -> Element {
    let area = frame::control(state, "textarea", "input area")
        .attr("rows", "3")
        .attr("dir", "auto")
        .attr("spellcheck", "true")
        .maybe("placeholder", state.field.placeholder.as_deref())
        .text(&state.initial().to_text());
    frame::view(state, frame::line(state, area))
}
