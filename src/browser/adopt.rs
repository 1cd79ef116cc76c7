//! Taking over a box that stands in the page already: what was painted before
//! the Wasm came (`packages/latchlet/src/shell/`).
//!
//! The painted elements are those that the box itself would make. So while a box
//! is built, each element that it asks for is the first one of that tag and part
//! which nobody has taken yet, with whatever is typed in it, focus and caret. What
//! is not there is made, and what nobody takes is taken out: whatever was painted,
//! the box is right.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

/// Says that an element was painted.
const PAINTED: &str = "data-painted";

thread_local! {
    /// What was painted and nobody has taken, in the order of the document.
    static LEFT: RefCell<Vec<Painted>> = const { RefCell::new(Vec::new()) };
}

struct Painted {
    tag: String,
    part: String,
    element: HtmlElement,
}

/// Whether a box was painted into an element. It is taken over until [`end`].
pub fn begin(host: &HtmlElement) -> bool {
    let Some(root) = host.first_element_child() else {
        return false;
    };
    if !root.has_attribute(PAINTED) {
        return false;
    }
    let mut left = Vec::new();
    let mut push = |element: Element| {
        left.push(Painted {
            tag: element.local_name(),
            part: element.get_attribute("part").unwrap_or_default(),
            element: element.unchecked_into(),
        });
    };
    let _ = root.remove_attribute(PAINTED);
    push(root.clone());
    if let Ok(all) = root.query_selector_all("*") {
        for place in 0..all.length() {
            if let Some(node) = all.get(place) {
                push(node.unchecked_into());
            }
        }
    }
    LEFT.set(left);
    true
}

/// The painted element that is meant, without its texts: they are written anew.
pub fn take(tag: &str, part: &str) -> Option<HtmlElement> {
    let element = LEFT.with_borrow_mut(|left| {
        let place = left
            .iter()
            .position(|it| it.is(tag, part) || is_control(&it.tag))?;
        let meant = left.get(place)?.is(tag, part);
        // What belongs to a control is not taken from behind the next one.
        meant.then(|| left.remove(place).element)
    })?;
    let mut child = element.first_child();
    while let Some(node) = child {
        child = node.next_sibling();
        if node.node_type() == Node::TEXT_NODE {
            let _ = element.remove_child(&node);
        }
    }
    Some(element)
}

/// Takes out what nobody took.
pub fn end() {
    for painted in LEFT.take() {
        painted.element.remove();
    }
}

impl Painted {
    fn is(&self, tag: &str, part: &str) -> bool {
        self.tag == tag && self.part == part
    }
}

fn is_control(tag: &str) -> bool {
    matches!(tag, "input" | "select" | "textarea")
}
