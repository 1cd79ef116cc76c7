//! The page that the box is on: its address and its console.

use wasm_bindgen::JsValue;
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

/// Leaves for another address.
pub fn navigate(url: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().assign(url);
    }
}

/// Writes an error to the console.
pub fn console_error(text: &str) {
    web_sys::console::error_1(&JsValue::from_str(text));
}
