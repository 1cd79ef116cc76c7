//! The page that the box is on: its address and its console.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Url, UrlSearchParams};

/// The address without query and fragment: where a login comes back to.
pub fn address() -> Option<String> {
    let location = web_sys::window()?.location();
    let mut address = location.origin().ok()?;
    address.push_str(&location.pathname().ok()?);
    Some(address)
}

/// One parameter of the address.
pub fn query_parameter(name: &str) -> Option<String> {
    let search = web_sys::window()?.location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()?.get(name)
}

/// Takes parameters out of the address, so that a reload does not send them
/// again and nobody copies them.
pub fn remove_query_parameters(names: &[&str]) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let Some(url) = window
        .location()
        .href()
        .ok()
        .and_then(|href| Url::new(&href).ok())
    else {
        return;
    };
    for name in names {
        url.search_params().delete(name);
    }
    if let Ok(history) = window.history() {
        let state = history.state().unwrap_or(JsValue::NULL);
        let _ = history.replace_state_with_url(&state, "", Some(&url.href()));
    }
}

/// An address with parameters.
pub fn url(base: &str, parameters: &[(&str, &str)]) -> Option<String> {
    let url = Url::new(base).ok()?;
    for (name, value) in parameters {
        url.search_params().append(name, value);
    }
    Some(url.href())
}

/// Leaves for another address. A page that is kept in the back/forward cache
/// may come back to life: `on_return` is called then.
pub fn leave_for(url: &str, on_return: impl FnOnce() + 'static) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let listener = Closure::once_into_js(on_return);
    let _ = window.add_event_listener_with_callback("pageshow", listener.unchecked_ref());
    let _ = window.location().assign(url);
}

/// Runs after the next drawing. Assistive technology hears a change of a live
/// region only when it knew the region before.
pub fn soon(run: impl FnOnce() + 'static) {
    /// Long enough for the accessibility tree to follow the document.
    const MILLISECONDS: i32 = 100;
    if let Some(window) = web_sys::window() {
        let run = Closure::once_into_js(run);
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(
            run.unchecked_ref(),
            MILLISECONDS,
        );
    }
}

/// Writes an error to the console.
pub fn console_error(text: &str) {
    web_sys::console::error_1(&JsValue::from_str(text));
}
