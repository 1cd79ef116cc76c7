//! Yes or no, and the agreement to a document.

use std::rc::Rc;

use latchlet_core::{Answer, FieldKind, Message};

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
    frame::field(state)
        .with([choice])
        .with(document(state))
        .with(frame::help(state))
        .with(frame::below(state))
}

/// The way to the document. It stands beside the label: a link inside would
/// tick the box of who only wants to read.
fn document(state: &Rc<FieldState>) -> Option<Element> {
    let FieldKind::Consent(consent) = &state.field.kind else {
        return None;
    };
    let url = consent.url.as_deref()?;
    let text = |message| state.parent.text(message);
    // The purpose of a link is in its name (WCAG 2.2, 2.4.4).
    let about = el("span", "unseen").text(": ").text(&state.field.label);
    let tab = el("span", "unseen")
        .text(" ")
        .text(&text(Message::OpensInNewTab));
    let link = el("a", "link document")
        .attr("href", url)
        .attr("target", "_blank")
        .attr("rel", "noopener noreferrer")
        .text(&text(Message::ReadDocument))
        .with([about, tab]);
    Some(link)
}
