//! One line of text: free text, e-mail addresses, user names.

use std::rc::Rc;

use latchlet_core::FieldKind;

use crate::browser::element::Element;
use crate::state::FieldState;

use super::frame;

/// The view of the field.
pub fn view(state: &Rc<FieldState>) -> Element {
    let field = &state.field;
    // What has a syntax gets no capitals, no corrections, and runs from left
    // to right in every language.
    let (kind, inputmode, capitals, spelling, dir) = match field.kind {
        FieldKind::Email | FieldKind::Identifier { username: false } => {
            ("email", "email", "none", "false", "ltr")
        }
        FieldKind::Identifier { .. } => ("text", "email", "none", "false", "ltr"),
        FieldKind::Username(_) => ("text", "text", "none", "false", "ltr"),
        _ if field.autocomplete().ends_with("name") => ("text", "text", "words", "false", "auto"),
        _ => ("text", "text", "sentences", "true", "auto"),
    };
    let input = frame::control(state, "input", "input")
        .attr("type", kind)
        .attr("inputmode", inputmode)
        .attr("autocapitalize", capitals)
        .attr("spellcheck", spelling)
        .attr("dir", dir)
        .attr("enterkeyhint", "next")
        .maybe("placeholder", field.placeholder.as_deref())
        .attr("value", state.initial().text());
    frame::view(state, frame::line(state, input))
}
