//! The Leptos face: `<LoginBox/>` as an application mounts it.
#![cfg(all(target_arch = "wasm32", feature = "leptos"))]
#![expect(
    clippy::unwrap_used,
    reason = "clippy knows `#[test]`, not `#[wasm_bindgen_test]`"
)]

use std::cell::RefCell;
use std::rc::Rc;

use latchlet::core::config::Problem;
use latchlet::core::{Config, Object, Value};
use latchlet::{Event, LoginBox};
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::tick;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

fn config(options: &[(&str, &str)]) -> Result<Config, Vec<Problem>> {
    let options: Object = options.iter().copied().collect();
    Config::read(&Value::from(options))
}

fn place() -> HtmlElement {
    let document = web_sys::window().unwrap().document().unwrap();
    let place = document.create_element("div").unwrap();
    document.body().unwrap().append_child(&place).unwrap();
    place.unchecked_into()
}

#[wasm_bindgen_test]
async fn a_component_draws_the_form_and_leaves_with_its_application() {
    let config = config(&[
        ("clientId", "client"),
        ("domain", "http://127.0.0.1:9"),
        ("initialScreen", "signUp"),
    ]);
    let place = place();
    let application = mount_to(place.clone(), move || view! { <LoginBox config=config /> });
    tick().await;

    let inputs = place.query_selector_all("form input").unwrap();
    assert_eq!(inputs.length(), 2, "an address and a password");
    let form = place.query_selector("form").unwrap().unwrap();
    let style = web_sys::window().unwrap().get_computed_style(&form);
    let display = style.unwrap().unwrap().get_property_value("display");
    assert_eq!(display.unwrap(), "grid", "the style sheet is adopted");

    drop(application);
    assert_eq!(place.child_element_count(), 0);
}

#[wasm_bindgen_test]
async fn an_application_hears_of_a_wrong_config() {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let events = StoredValue::new_local(heard.clone());
    let on_event = Callback::new(move |event: Event| {
        events.with_value(|events| events.borrow_mut().push(event));
    });
    let config = config(&[("clientId", "client")]);
    let place = place();
    let _application = mount_to(place.clone(), move || {
        view! { <LoginBox config=config on_event=on_event /> }
    });
    tick().await;

    assert!(place.text_content().unwrap().contains("domain"));
    assert!(
        matches!(&heard.borrow()[..], [Event::ConfigRejected(problems)] if problems.len() == 1)
    );
}
