//! The way from one screen to the other.

use std::rc::Rc;

use latchlet_core::Message;

use crate::browser::element::{Element, el};
use crate::state::{BoxState, Screen};

/// A question, and the button that answers it.
pub fn view(parent: &Rc<BoxState>, question: Message, action: Message, to: Screen) -> Element {
    let parent = parent.clone();
    let button = el("button", "link")
        .attr("type", "button")
        .text(action.english())
        .on("click", move |_| parent.go(to.clone()));
    el("p", "switch")
        .text(question.english())
        .text(" ")
        .with([button])
}
