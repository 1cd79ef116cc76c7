//! A form: its fields in order, one button, and everything said about it.

use std::rc::Rc;

use latchlet_core::{Answers, Message};

use crate::browser::element::{DomEvent, Element, el};
use crate::fields;
use crate::state::FormState;

use super::{error_summary, live_region, title};

/// What the button says.
pub struct Texts {
    /// At rest.
    pub action: Message,
    /// While a request is under way. It is said aloud then, too.
    pub busy: Message,
}

/// The view of a form. `endpoint` is where a browser would post it if nothing
/// of this code ran any more: never into an address (CVE-2026-107370).
pub fn view(
    form: &Rc<FormState>,
    endpoint: &str,
    texts: Texts,
    on_answers: impl Fn(Answers) + 'static,
) -> Element {
    let Texts { action, busy } = texts;
    let submitted = form.clone();
    let (disabled, under_way) = (form.parent.busy.clone(), form.parent.busy.clone());
    let submit = move |event: DomEvent| {
        event.prevent_default();
        if let Some(answers) = submitted.submit() {
            submitted.parent.status.set(busy.english().into());
            on_answers(answers);
        }
    };
    let button = el("button", "submit")
        .attr("type", "submit")
        // Not `disabled`, which would drop the focus (WCAG 2.2, 2.4.3).
        .live("aria-disabled", move || disabled.get().then_some("true"))
        .live_text(move || match under_way.get() {
            true => busy.english().into(),
            false => action.english().into(),
        });
    el("form", "form")
        .attr("method", "post")
        .attr("action", endpoint)
        .flag("novalidate", true)
        .attr("aria-labelledby", &title::id(&form.parent))
        .on("submit", submit)
        .with([error_summary::view(form)])
        .with(form.fields.iter().filter_map(fields::view))
        .with([live_region::alert(&form.parent), button])
}
