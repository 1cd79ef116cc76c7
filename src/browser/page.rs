//! The page that the box is on: its address and its console.

use std::cell::Cell;

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

/// Leaves for another address. `on_return` is called if the page is still
/// there: it came back from the back/forward cache, or the way was stopped.
pub fn leave_for(url: &str, on_return: impl Fn() + 'static) {
    /// Nobody waits longer for a page to open before they press Stop.
    const GIVEN_UP: i32 = 10_000;
    let Some(window) = web_sys::window() else {
        return;
    };
    let done = Cell::new(false);
    let on_return: Closure<dyn Fn()> = Closure::new(move || {
        // The other one came first, and somebody may be trying again by now.
        if !done.replace(true) {
            on_return();
        }
    });
    let function = on_return.as_ref().unchecked_ref();
    let _ = window.add_event_listener_with_callback("pageshow", function);
    let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(function, GIVEN_UP);
    let _ = window.location().assign(url);
    // It goes with the page, or stays with one that came back.
    on_return.forget();
}

/// Runs a moment later: assistive technology hears a change of a live region
/// only when it knew the region before, and knows it only after a drawing.
pub fn soon(run: impl FnOnce() + 'static) {
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
