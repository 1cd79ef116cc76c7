//! Handles on elements, for what a view does with them once they are there.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{
    HtmlDialogElement, HtmlElement, HtmlInputElement, HtmlSelectElement, ScrollIntoViewOptions,
    ScrollLogicalPosition, ShadowRoot,
};

use super::element::{document, set};
use super::{page, shadow};

/// A handle on an element that a view makes later.
#[derive(Clone, Default)]
pub struct Node(pub(super) Rc<RefCell<Option<HtmlElement>>>);

impl Node {
    /// Whether there is an element.
    pub fn is_there(&self) -> bool {
        self.0.borrow().is_some()
    }

    /// What a text input or a select holds now. It is read from the DOM and
    /// not from events: a password manager may fill it without telling anybody.
    pub fn value(&self) -> String {
        match &*self.0.borrow() {
            Some(control) => match control.dyn_ref::<HtmlSelectElement>() {
                Some(select) => select.value(),
                None => control.unchecked_ref::<HtmlInputElement>().value(),
            },
            None => String::new(),
        }
    }

    /// Whether a checkbox is ticked now.
    pub fn is_ticked(&self) -> bool {
        let control = self.0.borrow();
        let input = control
            .as_ref()
            .map(|it| it.unchecked_ref::<HtmlInputElement>());
        input.is_some_and(HtmlInputElement::checked)
    }

    /// Whether something is typed into a date or a number that the browser
    /// cannot read, and so does not give.
    pub fn is_unreadable(&self) -> bool {
        let control = self.0.borrow();
        let input = control
            .as_ref()
            .and_then(|it| it.dyn_ref::<HtmlInputElement>());
        input.is_some_and(|input| input.validity().bad_input())
    }

    /// The values of the ticked boxes inside.
    pub fn ticked_values(&self) -> Vec<String> {
        let mut values = Vec::new();
        if let Some(group) = &*self.0.borrow()
            && let Ok(ticked) = group.query_selector_all("input:checked")
        {
            for place in 0..ticked.length() {
                if let Some(input) = ticked.get(place) {
                    values.push(input.unchecked_into::<HtmlInputElement>().value());
                }
            }
        }
        values
    }

    /// Puts a value into an input or a select.
    pub fn set_value(&self, value: &str) {
        if let Some(control) = &*self.0.borrow() {
            match control.dyn_ref::<HtmlSelectElement>() {
                Some(select) => select.set_value(value),
                None => control.unchecked_ref::<HtmlInputElement>().set_value(value),
            }
        }
    }

    /// Ticks a checkbox, or does not.
    pub fn set_ticked(&self, ticked: bool) {
        if let Some(control) = &*self.0.borrow() {
            let input: &HtmlInputElement = control.unchecked_ref();
            input.set_checked(ticked);
        }
    }

    /// Whether the element, or something in it, has focus.
    pub fn has_focus(&self) -> bool {
        let element = self.0.borrow();
        element
            .as_ref()
            .is_some_and(|element| element.matches(":focus-within").unwrap_or(false))
    }

    /// Moves focus to the element.
    pub fn focus(&self) {
        if let Some(element) = &*self.0.borrow() {
            let _ = element.focus();
        }
    }

    /// Scrolls the parents of the element as little as will show it.
    pub fn reveal(&self) {
        if let Some(element) = &*self.0.borrow() {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }

    /// Moves focus to the element, or to the first control in a group.
    pub fn focus_or_inside(&self) {
        self.focus();
        self.focus_first();
    }

    /// Moves focus to the first control inside, unless somebody is at one of
    /// them already.
    pub fn focus_first(&self) {
        if self.has_focus() {
            return;
        }
        let inside = self.0.borrow().as_ref().and_then(|element| {
            let first = "input:not([type=hidden]), select, textarea, button";
            element.query_selector(first).ok().flatten()
        });
        if let Some(first) = inside {
            let _ = first.unchecked_into::<HtmlElement>().focus();
        }
    }

    /// Moves focus to the element once it is in the page and has been drawn.
    pub fn focus_soon(&self) {
        let node = self.clone();
        page::soon(move || {
            if let Some(element) = &*node.0.borrow() {
                let _ = element.focus();
            }
        });
    }

    /// Opens a dialog over the page once it is in it, and moves focus to what is
    /// to be read first.
    pub fn open_dialog(&self, first: &Node) {
        let (dialog, first) = (self.clone(), first.clone());
        page::after(0, move || {
            if let Some(dialog) = &*dialog.0.borrow()
                && dialog.is_connected()
            {
                let gutter = page::has_scroll_bar().then_some("");
                set(dialog, "data-gutter", gutter);
                // The sheet of the page does not see what is in a shadow root.
                if let Some(host) = shadow::host(dialog) {
                    set(host.unchecked_ref(), "data-gutter", gutter);
                }
                let _ = dialog.unchecked_ref::<HtmlDialogElement>().show_modal();
                first.focus();
            }
        });
    }

    /// Moves focus to the element of an id, in the same document or shadow
    /// root.
    pub fn focus_other(&self, id: &str) {
        let Some(element) = &*self.0.borrow() else {
            return;
        };
        let root = element.get_root_node();
        let other = match root.dyn_ref::<ShadowRoot>() {
            Some(shadow) => shadow.get_element_by_id(id),
            None => document().get_element_by_id(id),
        };
        if let Some(other) = other {
            let _ = other.unchecked_into::<HtmlElement>().focus();
        }
    }
}

/// What had focus at a time.
pub struct Focus(Option<HtmlElement>);

impl Focus {
    /// What has focus.
    pub fn now() -> Self {
        let active = shadow::focused(&document());
        Self(active.and_then(|it| it.dyn_into().ok()))
    }

    /// Gives focus back once what has it is gone, unless somebody moves it.
    pub fn restore(&self) {
        let Some(element) = self.0.clone() else {
            return;
        };
        page::after(0, move || {
            let body = document().body().map(HtmlElement::into);
            let nobody = document()
                .active_element()
                .is_none_or(|it| Some(it) == body);
            if nobody && element.is_connected() {
                let _ = element.focus();
            }
        });
    }
}
