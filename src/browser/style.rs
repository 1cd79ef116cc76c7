//! The style sheet, adopted by the document or shadow root of a box.
//!
//! A constructable sheet needs no `unsafe-inline`. One is made for the page
//! and shared by every box on it.

use std::cell::RefCell;

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleSheet, HtmlElement, Node, ShadowRoot};

/// The files of `style/`, joined and minified by the build script.
const CSS: &str = include_str!(concat!(env!("OUT_DIR"), "/latchlet.css"));

const ADOPTED: &str = "adoptedStyleSheets";

thread_local! {
    static SHEET: RefCell<Option<CssStyleSheet>> = const { RefCell::new(None) };
}

/// Makes sure that the root of an element has the sheet.
pub fn adopt(element: &HtmlElement) {
    let root = element.get_root_node();
    match element.owner_document() {
        // What is in neither yet will most likely be put into the document.
        Some(document) if !root.is_instance_of::<ShadowRoot>() => adopt_into(&document),
        _ => adopt_into(&root),
    }
}

/// Makes sure that a document or shadow root has the sheet.
pub fn adopt_into(root: &Node) {
    let Some(sheet) = sheet() else {
        return;
    };
    let key = JsValue::from_str(ADOPTED);
    let Ok(adopted) = Reflect::get(root, &key) else {
        return;
    };
    let adopted = Array::from(&adopted);
    if !adopted.includes(&sheet, 0) {
        adopted.push(&sheet);
        let _ = Reflect::set(root, &key, &adopted);
    }
}

fn sheet() -> Option<CssStyleSheet> {
    SHEET.with_borrow_mut(|shared| {
        if shared.is_none() {
            let sheet = CssStyleSheet::new().ok()?;
            sheet.replace_sync(CSS).ok()?;
            *shared = Some(sheet);
        }
        shared.clone()
    })
}
