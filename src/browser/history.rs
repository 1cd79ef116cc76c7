//! Steps in the history of the page, so that the browser's Back goes back one
//! step and not away.

use js_sys::{Object as JsObject, Reflect};
use wasm_bindgen::JsValue;

use super::listener::listen;

const KEY: &str = "latchlet";

/// Adds an entry for a step of a form, at the same address. What the page
/// itself keeps in its entry stays there.
pub fn push(form: &str, step: usize) {
    let Some(history) = web_sys::window().and_then(|window| window.history().ok()) else {
        return;
    };
    let state = JsObject::new();
    if let Ok(old) = history.state()
        && old.is_object()
    {
        JsObject::assign(&state, &JsObject::from(old));
    }
    let entry = [form, "/", &step.to_string()].concat();
    let _ = Reflect::set(&state, &KEY.into(), &JsValue::from_str(&entry));
    let _ = history.push_state(&state, "");
}

/// Goes forward so many entries or, if negative, back.
pub fn go(entries: i32) {
    if let Some(Ok(history)) = web_sys::window().map(|window| window.history()) {
        let _ = history.go_with_delta(entries);
    }
}

/// Follows the way of the person through the steps of a form, until the
/// current owner is cleaned up. An entry without a step is the first one.
pub fn follow(form: &str, on_step: impl Fn(usize) + 'static) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let prefix = [form, "/"].concat();
    let moved = move |_| {
        let state = web_sys::window()
            .and_then(|window| window.history().ok())
            .and_then(|history| history.state().ok())
            .unwrap_or(JsValue::NULL);
        let entry = super::json::text_property(&state, KEY).unwrap_or_default();
        let step = entry
            .strip_prefix(&prefix)
            .and_then(|step| step.parse().ok());
        on_step(step.unwrap_or(0));
    };
    listen(&window, "popstate", Box::new(moved));
}
