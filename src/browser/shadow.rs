//! Shadow roots: open ones, with the sheet of the box.

use web_sys::{Document, Element, Event, HtmlElement, ShadowRoot, ShadowRootInit, ShadowRootMode};

use super::listener::listen;
use super::style;

/// A shadow root for an element that has none.
pub fn attach(element: &HtmlElement) -> Option<ShadowRoot> {
    let init = ShadowRootInit::new(ShadowRootMode::Open);
    let root = element.attach_shadow(&init).ok()?;
    style::adopt_into(&root);
    // Nobody outside hears of a submit in here, to keep the browser from it.
    let stay = |event: Event| event.prevent_default();
    listen(&root, "submit", Box::new(stay));
    Some(root)
}

/// What has focus, in whatever shadow root it is.
pub fn focused(document: &Document) -> Option<Element> {
    let mut focused = document.active_element()?;
    while let Some(inside) = focused.shadow_root().and_then(|root| root.active_element()) {
        focused = inside;
    }
    Some(focused)
}

/// The element outside whose shadow root an element is in.
pub fn host(element: &HtmlElement) -> Option<Element> {
    let root = element.get_root_node();
    wasm_bindgen::JsCast::dyn_ref::<ShadowRoot>(&root).map(ShadowRoot::host)
}
