//! The way from one screen to the other.

use std::rc::Rc;

use latchlet_core::Message;

use crate::browser::element::{Element, el};
use crate::state::{BoxState, Screen};

/// A question, and the button that answers it.
pub fn view(parent: &Rc<BoxState>, question: Message, action: Message, to: Screen) -> Element {
    let (parent, busy) = (parent.clone(), parent.busy.clone());
    let go = move |_| {
        // What is under way belongs to this screen.
        if !parent.busy.get_once() {
            parent.go(to.clone());
        }
    };
    let button = el("button", "link")
        .attr("type", "button")
        .live("aria-disabled", move || busy.get().then_some("true"))
        .text(action.english())
        .on("click", go);
    el("p", "switch")
        .text(question.english())
        .text(" ")
        .with([button])
}
