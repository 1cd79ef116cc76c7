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
use std::cell::{Cell, RefCell};

use reactive_graph::effect::RenderEffect;
use reactive_graph::owner::StoredValue;
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::{Event, HtmlElement, KeyboardEvent};

use super::boxed::Live;
use super::listener::listen;
use super::{adopt, shadow};

pub use super::node::{Focus, Node};
pub use web_sys::Event as DomEvent;

/// An element. What it needs to stay alive belongs to the reactive owner that
/// was current when it was made, and goes with it.
///
/// One that was painted already has children; the second part is the one that
/// comes next.
#[derive(Clone)]
pub struct Element(HtmlElement, Option<web_sys::Element>);

/// An element of a tag: the one that was painted, if there is one. `part` names
/// it for the style sheet and for the page's own; the class gives the sheet its
/// scope in any page.
pub fn el(tag: &str, part: &str) -> Element {
    if let Some(painted) = adopt::take(tag, part) {
        let next = painted.first_element_child();
        return Element(painted, next);
    }
    let element = document()
        .create_element(tag)
        .expect_throw("every tag in this crate is a name");
    Element(element.unchecked_into(), None)
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
    pub fn text(mut self, text: &str) -> Self {
        let text = document().create_text_node(text);
        self.put(&text);
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
    pub fn with(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        for child in children {
            self.put(&child.0);
        }
        self
    }

    /// A node behind those that it has from here. One that stands there already
    /// stays: whoever moves it ends what is being typed in it.
    fn put(&mut self, node: &web_sys::Node) {
        let next: Option<&web_sys::Node> = self.1.as_deref();
        if next == Some(node) {
            self.1 = self.1.take().and_then(|it| it.next_element_sibling());
        } else {
            let _ = self.0.insert_before(node, next);
        }
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
        let (element, first) = (self.0.clone(), RefCell::new(self.1.clone()));
        let is_first = Cell::new(true);
        follow(Box::new(move || {
            if !is_first.replace(false) {
                element.replace_children_with_node_0();
            }
            let mut element = Element(element.clone(), first.take());
            for child in children.now() {
                element.put(&child.0);
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

pub(super) fn set(element: &HtmlElement, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

pub(super) fn document() -> web_sys::Document {
    web_sys::window()
        .and_then(|window| window.document())
        .expect_throw("a box needs a document")
}
