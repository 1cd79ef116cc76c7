//! The regions through which a box speaks: politely, and at once.
//!
//! Both are in the document, empty, before there is anything to say, since
//! assistive technology hears a change and not an arrival (WCAG 2.2, 4.1.3;
//! ARIA22). The polite one belongs to the box, the other one to each form.

use crate::browser::element::{Element, el};
use crate::state::BoxState;

/// `role=status`, unseen.
pub fn status(parent: &BoxState) -> Element {
    let text = parent.status.clone();
    el("p", "unseen")
        .attr("role", "status")
        .live_text(move || text.get())
}

/// `role=alert`, in sight.
pub fn alert(parent: &BoxState) -> Element {
    let text = parent.alert.clone();
    el("p", "notice")
        .attr("role", "alert")
        .live_text(move || text.get())
}

/// `role=status`, in sight: what the page wants to be known.
pub fn notice(parent: &BoxState) -> Element {
    let text = parent.notice.clone();
    el("p", "flash")
        .attr("role", "status")
        .live_text(move || text.get())
}
