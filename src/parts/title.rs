//! The heading of a screen. It takes focus when the screen changes.

use latchlet_core::Message;

use crate::browser::element::{Element, Node, el};
use crate::state::BoxState;

/// The id of the heading, by which a form is named. No field has a name with a
/// `-` in it, so that none has this id.
pub fn id(parent: &BoxState) -> String {
    parent.id("form-title")
}

/// The heading.
pub fn view(parent: &BoxState, title: Message) -> Element {
    let heading = Node::default();
    if parent.has_moved() {
        heading.focus_soon();
    }
    el("h2", "title")
        .node(&heading)
        .attr("id", &id(parent))
        .attr("tabindex", "-1")
        .text(&parent.text(title))
}

/// The sentence below it, unless there is none.
pub fn intro(parent: &BoxState, text: Message) -> Option<Element> {
    let text = parent.text(text);
    (!text.is_empty()).then(|| el("p", "text intro").text(&text))
}

/// The heading of questions, which may stand beside a screen, and its id.
pub fn of_prompt(parent: &BoxState, title: &str, heading: &Node) -> Element {
    el("h2", "title")
        .node(heading)
        .attr("id", &prompt_id(parent))
        .attr("tabindex", "-1")
        .text(title)
}

/// The id of that heading.
pub fn prompt_id(parent: &BoxState) -> String {
    parent.id("prompt-title")
}
