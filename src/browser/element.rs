//! The one way to write a view in this crate: elements made through the DOM,
//! kept alive by Leptos' reactive system.
//!
//! `leptos::view!` makes a type of every element and code of every type, which
//! a form of seven fields pays for with more bytes than everything else that
//! it does (bench/README.md). It builds static parts through
//! `template.innerHTML`, which Trusted Types forbid. And it can only create:
//! a box has to take over the inputs that stand in the page already. So
//! elements here are made by `createElement`, texts are text nodes, and a gate
//! of `cargo xtask test` refuses the macro.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use reactive_graph::effect::RenderEffect;
use reactive_graph::owner::StoredValue;
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::{
    Event, HtmlDialogElement, HtmlElement, HtmlInputElement, HtmlSelectElement, KeyboardEvent,
    ScrollIntoViewOptions, ScrollLogicalPosition, ShadowRoot,
};

use super::boxed::Live;
use super::listener::listen;
use super::{page, shadow};

pub use web_sys::Event as DomEvent;

/// An element. What it needs to stay alive belongs to the reactive owner that
/// was current when it was made, and goes with it.
#[derive(Clone)]
pub struct Element(HtmlElement);

/// An element of a tag. `part` names it for the style sheet and for the page's
/// own; the class gives the sheet its scope in any page.
pub fn el(tag: &str, part: &str) -> Element {
    let element = document()
        .create_element(tag)
        .expect_throw("every tag in this crate is a name");
    Element(element.unchecked_into())
        .attr("class", "latchlet")
        .attr("part", part)
}

impl Element {
    /// An attribute.
    pub fn attr(self, name: &str, value: &str) -> Self {
        set(&self.0, name, Some(value));
        self
    }

    /// An attribute that may be absent.
    pub fn maybe(self, name: &str, value: Option<&str>) -> Self {
        set(&self.0, name, value);
        self
    }

    /// An attribute without a value.
    pub fn flag(self, name: &str, is_set: bool) -> Self {
        self.maybe(name, is_set.then_some(""))
    }

    /// An attribute that comes, changes and goes.
    pub fn live(
        self,
        name: &'static str,
        value: impl Fn() -> Option<&'static str> + 'static,
    ) -> Self {
        self.live_dyn(name, Box::new(value))
    }

    fn live_dyn(self, name: &'static str, value: Box<dyn Live<Option<&'static str>>>) -> Self {
        let element = self.0.clone();
        follow(Box::new(move || set(&element, name, value.now())));
        self
    }

    /// An attribute that comes, changes and goes, with a text of its own.
    pub fn live_attr(
        self,
        name: &'static str,
        value: impl Fn() -> Option<String> + 'static,
    ) -> Self {
        self.live_attr_dyn(name, Box::new(value))
    }

    fn live_attr_dyn(self, name: &'static str, value: Box<dyn Live<Option<String>>>) -> Self {
        let element = self.0.clone();
        follow(Box::new(move || {
            set(&element, name, value.now().as_deref());
        }));
        self
    }

    /// A listener on the element itself.
    pub fn on(self, event: &'static str, handler: impl FnMut(Event) + 'static) -> Self {
        listen(&self.0, event, Box::new(handler));
        self
    }

    /// Lets the element be reached by a handle.
    pub fn node(self, node: &Node) -> Self {
        node.0.replace(Some(self.0.clone()));
        self
    }

    /// A text inside it. Never HTML.
    pub fn text(self, text: &str) -> Self {
        let text = document().create_text_node(text);
        let _ = self.0.append_child(&text);
        self
    }

    /// A text that changes, in place of all that is inside it.
    pub fn live_text(self, text: impl Fn() -> Cow<'static, str> + 'static) -> Self {
        self.live_text_dyn(Box::new(text))
    }

    fn live_text_dyn(self, text: Box<dyn Live<Cow<'static, str>>>) -> Self {
        let element = self.0.clone();
        follow(Box::new(move || {
            element.set_text_content(Some(&text.now()))
        }));
        self
    }

    /// Elements inside it.
    pub fn with(self, children: impl IntoIterator<Item = Element>) -> Self {
        for child in children {
            let _ = self.0.append_child(&child.0);
        }
        self
    }

    /// Elements inside it, in a shadow root of its own.
    pub fn with_isolated(self, children: Vec<Element>) -> Self {
        if let Some(root) = shadow::attach(&self.0) {
            for child in children {
                let _ = root.append_child(&child.0);
            }
        }
        self
    }

    /// Elements that change, in place of all that is inside it.
    pub fn live_children(self, children: impl Fn() -> Vec<Element> + 'static) -> Self {
        self.live_children_dyn(Box::new(children))
    }

    fn live_children_dyn(self, children: Box<dyn Live<Vec<Element>>>) -> Self {
        let element = self.0.clone();
        follow(Box::new(move || {
            element.replace_children_with_node_0();
            for child in children.now() {
                let _ = element.append_child(&child.0);
            }
        }));
        self
    }

    /// The element itself, for the page.
    pub fn into_html_element(self) -> HtmlElement {
        self.0
    }
}

/// The key of a keyboard event, such as `ArrowDown`; empty if a composition of
/// an input method is under way, whose keys are its own.
pub fn key(event: &Event) -> String {
    let event: &KeyboardEvent = event.unchecked_ref();
    match event.is_composing() {
        true => String::new(),
        false => event.key(),
    }
}

/// Runs now, and again whenever a signal that it read has changed, until the
/// current owner is cleaned up.
pub fn follow(run: Box<dyn Live<()>>) {
    StoredValue::new_local(RenderEffect::new(move |_| run.now()));
}

fn set(element: &HtmlElement, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

fn document() -> web_sys::Document {
    web_sys::window()
        .and_then(|window| window.document())
        .expect_throw("a box needs a document")
}

/// A handle on an element that a view makes later.
#[derive(Clone, Default)]
pub struct Node(Rc<RefCell<Option<HtmlElement>>>);

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
