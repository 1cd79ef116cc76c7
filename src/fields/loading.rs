//! What stands at a field while its options are loaded, and when they did not
//! come. Nothing else waits for them.

use std::rc::Rc;

use latchlet_core::Message;
use latchlet_core::field::Options;

use crate::browser::element::{Element, el};
use crate::state::{Choices, FieldState};

/// Follows whether options are being loaded.
pub fn busy(state: &Rc<FieldState>) -> impl Fn() -> Option<&'static str> + 'static {
    let choices = state.choices.clone();
    move || choices.with(|choices| (*choices == Choices::Loading).then_some("true"))
}

/// The sentence that they did not come, and the button that tries again.
pub fn failed(state: &Rc<FieldState>) -> Option<Element> {
    let Some(Options::Loaded(_)) = state.field.options() else {
        return None;
    };
    let state = state.clone();
    let line = el("p", "loading");
    Some(line.live_children(
        move || match state.choices.with(|choices| *choices == Choices::Failed) {
            false => Vec::new(),
            true => {
                let again = state.clone();
                let button = el("button", "link")
                    .attr("type", "button")
                    .text(&state.parent.text(Message::Retry))
                    .on("click", move |_| {
                        again.control.focus();
                        again.load();
                    });
                let text = state.parent.text(Message::LoadingFailed);
                state.parent.say(Message::LoadingFailed);
                vec![el("span", "loading-text").text(&text).text(" "), button]
            }
        },
    ))
}
