//! The two regions through which a box speaks: one politely, one at once.
//!
//! Both are in the document, empty, before there is anything to say, since
//! assistive technology hears a change and not an arrival (WCAG 2.2, 4.1.3;
//! ARIA22). The polite one belongs to the box, the other one to each form, or to the
//! buttons where there is no form.

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

/// What the page wants to be known, in sight. `status` says it aloud.
pub fn flash(parent: &BoxState) -> Element {
    let text = parent.flash.clone();
    el("p", "flash").live_text(move || text.get())
}
