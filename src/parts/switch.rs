//! The ways from one screen to another.

use std::rc::Rc;

use latchlet_core::Message;

use crate::browser::element::{Element, el};
use crate::later;
use crate::state::{BoxState, Screen};

/// Where a way leads to.
pub enum To<'a> {
    /// Another screen of the box.
    Screen(Screen),
    /// The page's own answer.
    Link(&'a str),
}

/// A question, and what answers it.
pub fn view(parent: &Rc<BoxState>, question: Message, action: Message, to: To<'_>) -> Element {
    el("p", "switch")
        .text(&parent.text(question))
        .text(" ")
        .with([link(parent, action, to)])
}

/// A way by itself.
pub fn alone(parent: &Rc<BoxState>, action: Message, to: To<'_>) -> Element {
    el("p", "switch").with([link(parent, action, to)])
}

fn link(parent: &Rc<BoxState>, action: Message, to: To<'_>) -> Element {
    let text = parent.text(action);
    let screen = match to {
        To::Link(href) => return el("a", "link").attr("href", href).text(&text),
        To::Screen(screen) => screen,
    };
    let (parent, busy) = (parent.clone(), parent.busy.clone());
    let go = move |_| {
        // What is under way belongs to this screen.
        if !parent.busy.get_once() {
            let (going, screen) = (parent.clone(), screen.clone());
            match screen.is_later() {
                true => later::then(&parent, move || going.go(screen)),
                false => going.go(screen),
            }
        }
    };
    el("button", "link")
        .attr("type", "button")
        .live("aria-disabled", move || busy.get().then_some("true"))
        .text(&text)
        .on("click", go)
}
