//! One of some options, as the browser's own select: with a list of the
//! config, with one that is loaded, and of countries.

use latchlet_core::gather::Gather;
use std::rc::Rc;

use latchlet_core::field::SelectOption;
use latchlet_core::{FieldKind, Message, country};

use crate::browser::element::{Element, el};
use crate::browser::page;
use crate::state::{Choices, FieldState};

use super::{frame, loading};

/// The view of the field.
pub fn view(state: &Rc<FieldState>) -> Element {
    let filled = state.clone();
    let select = frame::control(state, "select", "input select")
        .live("aria-busy", loading::busy(state))
        .live_children(move || {
            filled.choices.with(|choices| match choices {
                Choices::Loaded(options) => list(&filled, options),
                _ => vec![none(&filled, Message::LoadingOptions)],
            })
        });
    frame::view(state, frame::line(state, select)).with(loading::failed(state))
}

/// A country, by its name in the language of the box.
pub fn country(state: &Rc<FieldState>) -> Element {
    let codes: Vec<&str> = match &state.field.kind {
        FieldKind::Country(only) if !only.is_empty() => only.iter().map(String::as_str).gather(),
        _ => country::codes().gather(),
    };
    let options = page::country_names(&state.parent.config.language, &codes);
    let select = frame::control(state, "select", "input select").with(list(state, &options));
    frame::view(state, frame::line(state, select))
}

/// The options, after one for no answer. Where an option has the empty value
/// itself, it is the one.
fn list(state: &FieldState, options: &[SelectOption]) -> Vec<Element> {
    let chosen = match state.raw() {
        answer if answer.is_blank() => state.initial(),
        answer => answer,
    };
    let mut list = Vec::new();
    if options.iter().all(|option| !option.value.is_empty()) {
        list.push(none(state, Message::ChooseOne));
    }
    list.extend(options.iter().map(|option| {
        el("option", "option")
            .attr("value", &option.value)
            .flag("selected", option.value == chosen.text())
            .text(&option.label)
    }));
    list
}

fn none(state: &FieldState, otherwise: Message) -> Element {
    let said = state.parent.text(otherwise);
    let text = match (otherwise, state.field.placeholder.as_deref()) {
        (Message::ChooseOne, Some(placeholder)) => placeholder,
        _ => &said,
    };
    el("option", "option").attr("value", "").text(text)
}
