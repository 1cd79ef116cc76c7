//! One of many options, found by typing: the combobox with a list of the ARIA
//! Authoring Practices. Only so many options are drawn as one would look
//! through, so that ten thousand are as quick as ten.

use latchlet_core::gather::Gather;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use latchlet_core::Message;
use latchlet_core::field::SelectOption;

use crate::browser::element::{DomEvent, Element, Node, el, follow, key};
use crate::browser::page;
use crate::state::{Choices, FieldState, Signal};

use super::{frame, loading};

/// The most options that are drawn.
const DRAWN: usize = 50;

/// What the list shows.
struct List {
    field: Rc<FieldState>,
    /// The labels in lower case, to search in.
    lower: RefCell<Vec<String>>,
    /// Whether the list is open, and which options it shows.
    open: Signal<bool>,
    shown: Signal<Vec<SelectOption>>,
    /// How many match, of which only the first are drawn.
    matches: Cell<usize>,
    /// Which of the shown ones the keyboard is at.
    active: Signal<Option<usize>>,
}

/// The view of the field.
pub fn view(state: &Rc<FieldState>) -> Element {
    let list = Rc::new(List {
        field: state.clone(),
        lower: RefCell::default(),
        open: Signal::new(false),
        shown: Signal::new(Vec::new()),
        matches: Cell::new(0),
        active: Signal::new(None),
    });
    let id = [&state.id(), "-list"].concat();
    let (pressed, typed, left, clicked) = (list.clone(), list.clone(), list.clone(), list.clone());
    let (is_open, at) = (list.clone(), list.clone());
    let input = frame::control(state, "input", "input combobox")
        .attr("type", "text")
        .attr("role", "combobox")
        .attr("aria-autocomplete", "list")
        .attr("aria-controls", &id)
        .attr("dir", "auto")
        .attr("spellcheck", "false")
        .attr("autocapitalize", "none")
        .live("aria-busy", loading::busy(state))
        .live("aria-expanded", move || {
            Some(if is_open.open.get() { "true" } else { "false" })
        })
        .live_attr("aria-activedescendant", move || {
            let active = at.active.get().filter(|_| at.open.get())?;
            Some(at.option_id(active))
        })
        .maybe("placeholder", state.field.placeholder.as_deref())
        .on("input", move |_| typed.search())
        .on("click", move |_| clicked.search())
        .on("keydown", move |event| pressed.press(&event))
        .on("blur", move |_| left.settle());
    let (hidden, filled) = (list.clone(), list.clone());
    let label = state.field.label.as_str();
    let options = el("ul", "list")
        .attr("id", &id)
        .attr("role", "listbox")
        .attr("aria-label", label)
        .attr("tabindex", "-1")
        .live("hidden", move || (!hidden.open.get()).then_some(""))
        .live_children(move || filled.draw());
    // The list would take focus from the input, which ends the choice.
    let options = options.on("mousedown", |event: DomEvent| event.prevent_default());
    let loaded = list.clone();
    follow(Box::new(move || loaded.index()));
    let line = frame::line(state, input).with([options]);
    frame::view(state, line).with(loading::failed(state))
}

impl List {
    /// Takes over the options when they come, and shows the label of what was
    /// chosen before.
    fn index(&self) {
        let Choices::Loaded(options) = self.field.choices.get() else {
            return;
        };
        let lower = options.iter().map(|option| page::lower_case(&option.label));
        self.lower.replace(lower.gather());
        let chosen = self.field.raw();
        let typed = self.field.control.value();
        let value = match chosen.text() {
            "" => self.field.initial().to_text(),
            value => value.to_owned(),
        };
        if let Some(option) = options.iter().find(|option| option.value == value) {
            self.field.chosen.replace(Some(option.value.clone()));
            self.field.control.set_value(&option.label);
        } else if typed.is_empty() && !value.is_empty() {
            // It was typed, and is none of them: nothing typed is lost.
            self.field.control.set_value(&value);
        }
    }

    /// Shows what matches the text in the input.
    fn search(&self) {
        let typed = page::lower_case(self.field.control.value().trim());
        // The whole list, when what is there is a choice made before.
        let all = self.field.chosen.borrow().is_some() && self.label_is_chosen();
        let Choices::Loaded(options) = self.field.choices.get_once() else {
            return;
        };
        if !all {
            self.field.chosen.replace(None);
        }
        let lower = self.lower.borrow();
        let found: Vec<usize> = (0..options.len())
            .filter(|place| all || lower.get(*place).is_some_and(|label| has(label, &typed)))
            .gather();
        self.matches.set(found.len());
        let shown = found
            .iter()
            .take(DRAWN)
            .map(|place| options[*place].clone());
        self.shown.set(shown.gather());
        self.active.set(None);
        self.open.set(true);
        self.field.parent.status.set(match found.len() {
            0 => self.field.parent.text(Message::NoMatch),
            1 => self.field.parent.text(Message::MatchOne),
            many => {
                let count = u32::try_from(many).unwrap_or(u32::MAX);
                let texts = &self.field.parent.config.texts;
                texts.number(Message::MatchCount, count).into()
            }
        });
    }

    fn label_is_chosen(&self) -> bool {
        let typed = self.field.control.value();
        let chosen = self.field.chosen.borrow();
        let Choices::Loaded(options) = self.field.choices.get_once() else {
            return false;
        };
        options
            .iter()
            .any(|option| Some(&option.value) == chosen.as_ref() && option.label == typed)
    }

    fn draw(self: &Rc<Self>) -> Vec<Element> {
        let shown = self.shown.get();
        if shown.is_empty() {
            let text = self.field.parent.text(Message::NoMatch);
            return vec![
                el("li", "list-note")
                    .attr("role", "option")
                    .attr("aria-disabled", "true")
                    .attr("aria-selected", "false")
                    .text(&text),
            ];
        }
        let option = |(place, option): (usize, &SelectOption)| {
            let (is_active, chosen) = (self.clone(), self.clone());
            let at = self.clone();
            let item = el("li", "list-option")
                .attr("id", &self.option_id(place))
                .attr("role", "option")
                .live("aria-selected", move || {
                    let active = is_active.active.get() == Some(place);
                    Some(if active { "true" } else { "false" })
                })
                .text(&option.label)
                .on("click", move |_| chosen.choose(place));
            let handle = Node::default();
            let item = item.node(&handle);
            follow(Box::new(move || {
                if at.active.get() == Some(place) {
                    handle.reveal();
                }
            }));
            item
        };
        shown.iter().enumerate().map(option).gather()
    }

    fn option_id(&self, place: usize) -> String {
        [&self.field.id(), "-list-", &place.to_string()].concat()
    }

    /// The keys of the pattern. Enter chooses, and sends the form only when
    /// the list is closed.
    fn press(&self, event: &DomEvent) {
        let open = self.open.get_once();
        let count = self.shown.peek(Vec::len);
        let active = self.active.get_once();
        let to = match (key(event).as_str(), open) {
            ("ArrowDown" | "ArrowUp", false) => {
                self.search();
                event.prevent_default();
                return;
            }
            ("ArrowDown", true) => active.map_or(0, |at| (at + 1) % count.max(1)),
            ("ArrowUp", true) => match active {
                None | Some(0) => count.saturating_sub(1),
                Some(at) => at - 1,
            },
            ("Home", true) if active.is_some() => 0,
            ("End", true) if active.is_some() => count.saturating_sub(1),
            ("Enter", true) => {
                event.prevent_default();
                match active {
                    Some(at) => self.choose(at),
                    None => self.settle(),
                }
                return;
            }
            ("Escape", true) => {
                // Not for the dialog around the box.
                event.prevent_default();
                event.stop_propagation();
                self.open.set(false);
                return;
            }
            ("Tab", true) => {
                if let Some(at) = active {
                    self.choose(at);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        if count > 0 {
            self.active.set(Some(to));
        }
    }

    fn choose(&self, place: usize) {
        let Some(option) = self.shown.peek(|shown| shown.get(place).cloned()) else {
            return;
        };
        self.field.control.set_value(&option.label);
        self.field.chosen.replace(Some(option.value));
        self.open.set(false);
        self.field.changed();
    }

    /// Takes what is typed for a choice, if it is a label, and closes the list.
    fn settle(&self) {
        self.open.set(false);
        let typed = page::lower_case(self.field.control.value().trim());
        let Choices::Loaded(options) = self.field.choices.get_once() else {
            return;
        };
        if self.field.chosen.borrow().is_some() && self.label_is_chosen() {
            return;
        }
        let place = self.lower.borrow().iter().position(|label| *label == typed);
        let option = place.and_then(|place| options.get(place));
        self.field
            .chosen
            .replace(option.map(|option| option.value.clone()));
        if let Some(option) = option {
            self.field.control.set_value(&option.label);
            self.field.changed();
        }
    }
}

fn has(text: &str, part: &str) -> bool {
    part.is_empty()
        || text
            .as_bytes()
            .windows(part.len())
            .any(|window| window == part.as_bytes())
}
