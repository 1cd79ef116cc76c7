//! Questions where the style sheets of the page do not reach.
//!
//! Only questions: password managers do not look for credentials there.

use std::rc::Rc;

use crate::browser::element::{Element, el};
use crate::state::BoxState;

/// A view in a shadow root of its own, if the box isolates its questions. What
/// it `holds` is for the style sheet outside.
pub fn view(parent: &Rc<BoxState>, holds: &str, view: Vec<Element>) -> Vec<Element> {
    match parent.isolates {
        true => vec![
            el("div", "isolated")
                .attr("data-holds", holds)
                .with_isolated(view),
        ],
        false => view,
    }
}
