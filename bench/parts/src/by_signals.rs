//! The same box with Leptos' signals, its elements built by hand.

use any_spawner::Executor;
use reactive_graph::effect::Effect;
use reactive_graph::owner::Owner;
use reactive_graph::prelude::*;
use reactive_graph::signal::RwSignal;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, HtmlInputElement};

pub fn mount_to_body() -> Result<(), JsValue> {
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    owner.set();
    let typed = RwSignal::new(String::new());
    let result = RwSignal::new(String::new());
    let document = web_sys::window()
        .ok_or(JsValue::NULL)?
        .document()
        .ok_or(JsValue::NULL)?;
    let element = |tag: &str, text: &str| -> Result<Element, JsValue> {
        let element = document.create_element(tag)?;
        element.set_attribute("class", "box")?;
        element.set_text_content(Some(text));
        Ok(element)
    };

    let (label, input) = (element("label", "E-mail")?, element("input", "")?);
    listen(&input, "input", move |event| {
        if let Some(input) = event
            .target()
            .and_then(|it| it.dyn_into::<HtmlInputElement>().ok())
        {
            typed.set(input.value());
        }
    })?;
    label.append_child(&input)?;

    let button = element("button", "Send")?;
    listen(&button, "click", move |_| result.set(typed.get_untracked()))?;

    let text = element("p", "")?;
    let shown = text.clone();
    Effect::new(move |_: Option<()>| {
        shown.set_text_content(Some(&[typed.get(), result.get()].concat()));
    });

    let body = document.body().ok_or(JsValue::NULL)?;
    for child in [&label, &button, &text] {
        body.append_child(child)?;
    }
    std::mem::forget(owner);
    Ok(())
}

fn listen(target: &Element, event: &str, heard: impl Fn(Event) + 'static) -> Result<(), JsValue> {
    let closure = Closure::<dyn Fn(Event)>::new(heard);
    target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref())?;
    closure.forget();
    Ok(())
}
