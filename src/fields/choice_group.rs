//! One or any of some options, all of them in sight: radio buttons and boxes.

use latchlet_core::gather::Gather;
use std::rc::Rc;

use latchlet_core::field::SelectOption;
use latchlet_core::{Answer, FieldKind, Message};

use crate::browser::element::{Element, el};
use crate::state::{Choices, FieldState};

use super::{frame, loading};

/// The view of the field.
pub fn view(state: &Rc<FieldState>) -> Element {
    let single = matches!(state.field.kind, FieldKind::Radio(_));
    let role = if single { "radiogroup" } else { "group" };
    let filled = state.clone();
    let choices = el("div", "choices")
        .live("aria-busy", loading::busy(state))
        .live_children(move || {
            filled.choices.with(|choices| match choices {
                Choices::Loaded(options) => list(&filled, options, single),
                Choices::Loading => {
                    let text = filled.parent.text(Message::LoadingOptions);
                    vec![el("p", "help").text(&text)]
                }
                Choices::Failed => Vec::new(),
            })
        });
    frame::group(state, role, choices).with(loading::failed(state))
}

fn list(state: &Rc<FieldState>, options: &[SelectOption], single: bool) -> Vec<Element> {
    let kind = if single { "radio" } else { "checkbox" };
    let chosen = state.initial();
    let is_chosen = |value: &str| match &chosen {
        Answer::List(values) => values.iter().any(|chosen| chosen == value),
        answer => !value.is_empty() && answer.text() == value,
    };
    let choice = |(place, option): (usize, &SelectOption)| {
        // The first one is where the summary leads to.
        let id = match place {
            0 => state.id(),
            place => [&state.id(), "-", &place.to_string()].concat(),
        };
        let input = frame::named(state, "input", kind)
            .attr("type", kind)
            .attr("id", &id)
            .attr("value", &option.value)
            .flag("checked", is_chosen(&option.value));
        let label = el("label", "choice-label")
            .attr("for", &id)
            .text(&option.label);
        el("div", "choice").with([input, label])
    };
    options.iter().enumerate().map(choice).gather()
}
