//! The page that the box is on: its address, clock, languages and console.

use std::cell::Cell;

use js_sys::{Array, Function as JsFunction, JsString, Object as JsObject, Reflect};
use latchlet_core::date::{Date, Today};
use latchlet_core::field::SelectOption;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlFormElement, Url, UrlSearchParams};

use super::listener::listen;

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
    parameter(&search, name)
}

/// One parameter of a query.
pub fn parameter(query: &str, name: &str) -> Option<String> {
    UrlSearchParams::new_with_str(query).ok()?.get(name)
}

/// A text as a part of a path.
pub fn encode(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
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

/// Parameters as the body of a form.
pub fn form(parameters: &[(&str, &str)]) -> Option<String> {
    let form = UrlSearchParams::new().ok()?;
    for (name, value) in parameters {
        form.append(name, value);
    }
    Some(form.to_string().into())
}

/// Leaves for another address. `on_return` is called if the page is still
/// there: it came back from the back/forward cache, or the way was stopped.
pub fn leave_for(url: &str, on_return: impl Fn() + 'static) {
    when_back(on_return);
    if let Some(window) = web_sys::window() {
        let _ = window.location().assign(url);
    }
}

/// Runs once if the page that is about to be left is shown again, or never
/// left.
pub fn when_back(on_return: impl Fn() + 'static) {
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
    // It goes with the page, or stays with one that came back.
    on_return.forget();
}

/// Runs when the page is left or loaded again, until the current owner is
/// cleaned up.
pub fn on_leave(run: impl Fn() + 'static) {
    if let Some(window) = web_sys::window() {
        listen(&window, "pagehide", Box::new(move |_| run()));
    }
}

/// Runs after some milliseconds.
pub fn after(milliseconds: i32, run: impl FnOnce() + 'static) {
    after_dyn(milliseconds, Box::new(run));
}

fn after_dyn(milliseconds: i32, run: Box<dyn FnOnce()>) {
    if let Some(window) = web_sys::window() {
        let run = Closure::once_into_js(run);
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(
            run.unchecked_ref(),
            milliseconds,
        );
    }
}

/// Runs a moment later: assistive technology hears a change of a live region
/// only when it knew the region before, and knows it only after a drawing.
pub fn soon(run: impl FnOnce() + 'static) {
    const MILLISECONDS: i32 = 100;
    after(MILLISECONDS, run);
}

/// Runs whenever the page is hidden, which may be the last that is heard of it,
/// until the current owner is cleaned up.
pub fn on_hidden(run: impl Fn() + 'static) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    let hidden = document.clone();
    let heard = move |_| {
        if hidden.hidden() {
            run();
        }
    };
    listen(&document, "visibilitychange", Box::new(heard));
}

/// Whether a scroll bar takes room beside the page.
pub fn has_scroll_bar() -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    let root = window.document().and_then(|it| it.document_element());
    let page = root.map(|root| f64::from(root.client_width()));
    let all = window.inner_width().ok().and_then(|width| width.as_f64());
    all > page
}

/// The day that it is where the person is.
pub fn today() -> Today {
    let now = js_sys::Date::new_0();
    let (month, day) = (now.get_month() as u8 + 1, now.get_date() as u8);
    let date = Date::new(now.get_full_year() as i32, month, day);
    Today::here(date.unwrap_or(Date::EPOCH))
}

/// A number from 0 to 1 by chance; nothing secret hangs on it.
pub fn chance() -> f64 {
    js_sys::Math::random()
}

/// Goes to an address with a form, as if somebody had sent one.
pub fn post_form(address: &str, fields: &[(&str, &str)]) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    let Ok(form) = document.create_element("form") else {
        return;
    };
    let _ = form.set_attribute("method", "post");
    let _ = form.set_attribute("action", address);
    let _ = form.set_attribute("hidden", "");
    for (name, value) in fields {
        if let Ok(input) = document.create_element("input") {
            let _ = input.set_attribute("type", "hidden");
            let _ = input.set_attribute("name", name);
            let _ = input.set_attribute("value", value);
            let _ = form.append_child(&input);
        }
    }
    if let Some(body) = document.body() {
        let _ = body.append_child(&form);
        let _ = form.unchecked_into::<HtmlFormElement>().submit();
    }
}

/// Milliseconds since 1970.
pub fn now() -> f64 {
    js_sys::Date::now()
}

/// The time that a text says, in milliseconds since 1970.
pub fn time(text: &str) -> Option<f64> {
    let time = js_sys::Date::parse(text);
    time.is_finite().then_some(time)
}

/// Seconds since 1970.
pub fn seconds() -> i64 {
    (now() / 1000.0) as i64
}

/// A length of time from now in words of a language: “in 7 days”. `None` where
/// the browser has none.
pub fn from_now(language: &str, seconds: i64) -> Option<String> {
    let (number, unit) = match seconds {
        it if it % 604_800 == 0 => (it / 604_800, "week"),
        it if it % 86_400 == 0 => (it / 86_400, "day"),
        it => (it / 3600, "hour"),
    };
    let locales = Array::of1(&JsValue::from_str(language));
    let class = intl("RelativeTimeFormat")?;
    let format = Reflect::construct(&class, &Array::of1(&locales)).ok()?;
    let words = Reflect::get(&format, &"format".into()).ok()?;
    let words: JsFunction = words.dyn_into().ok()?;
    let number = JsValue::from_f64(number as f64);
    let words = words.call2(&format, &number, &JsValue::from_str(unit));
    words.ok()?.as_string()
}

/// The names of countries in a language, in its order, with their codes.
pub fn country_names(language: &str, codes: &[&str]) -> Vec<SelectOption> {
    let locales = Array::of1(&JsValue::from_str(language));
    let name = display_names(&locales);
    let mut options: Vec<SelectOption> = Vec::new();
    for code in codes {
        let label = name.as_ref().and_then(|name| name(code));
        let label = label.unwrap_or_else(|| (*code).to_owned());
        let own = JsString::from(label.as_str());
        let place = options.partition_point(|other| {
            own.locale_compare(&other.label, &locales, &JsObject::new()) > 0
        });
        let value = (*code).to_owned();
        options.insert(place, SelectOption { value, label });
    }
    options
}

/// `Intl.DisplayNames`, which every browser has that runs this module; codes
/// stand in for names where the language is none.
fn display_names(locales: &Array) -> Option<impl Fn(&str) -> Option<String>> {
    let class = intl("DisplayNames")?;
    let kind = JsObject::new();
    Reflect::set(&kind, &"type".into(), &"region".into()).ok()?;
    let names = Reflect::construct(&class, &Array::of2(locales, &kind)).ok()?;
    let of: JsFunction = Reflect::get(&names, &"of".into()).ok()?.dyn_into().ok()?;
    Some(move |code: &str| of.call1(&names, &JsValue::from_str(code)).ok()?.as_string())
}

/// A class of `Intl`.
fn intl(class: &str) -> Option<JsFunction> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    Reflect::get(&intl, &class.into()).ok()?.dyn_into().ok()
}

/// A text in lower case, by the rules of Unicode.
pub fn lower_case(text: &str) -> String {
    JsString::from(text).to_lower_case().into()
}

/// Writes an error to the console.
pub fn console_error(text: &str) {
    web_sys::console::error_1(&JsValue::from_str(text));
}
