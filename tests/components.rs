//! The box by itself, in a browser and under the strictest policy: what
//! `mount` builds, and how it answers to a person.
#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy knows `#[test]`, not `#[wasm_bindgen_test]`"
)]

use std::cell::RefCell;

use js_sys::{JSON, Promise};
use latchlet::embed::{BoxHandle, mount};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{CustomEvent, Document, Element, Event, HtmlElement, HtmlInputElement};

wasm_bindgen_test_configure!(run_in_browser);

const POLICY: &str = "script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; form-action 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

const OPTIONS: &str = r#"{
    "clientId": "client",
    "domain": "http://127.0.0.1:9",
    "initialScreen": "signUp",
    "additionalSignUpFields": [
        { "name": "company", "placeholder": "Company" },
        { "name": "news", "type": "checkbox", "placeholder": "News <b>&</b>" }
    ]
}"#;

thread_local! {
    /// What broke the policy, in any test of this file.
    static VIOLATIONS: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

/// Puts the policy in force, once for the page that all tests share.
fn enforce_policy() {
    let document = document();
    if document
        .query_selector("meta[http-equiv]")
        .unwrap()
        .is_some()
    {
        return;
    }
    let note = Closure::<dyn Fn(Event)>::new(|event: Event| {
        let directive = js_sys::Reflect::get(&event, &"violatedDirective".into()).unwrap();
        VIOLATIONS.with_borrow_mut(|all| all.push(directive.as_string().unwrap_or_default()));
    });
    document
        .add_event_listener_with_callback("securitypolicyviolation", note.as_ref().unchecked_ref())
        .unwrap();
    note.forget();
    let meta = document.create_element("meta").unwrap();
    meta.set_attribute("http-equiv", "Content-Security-Policy")
        .unwrap();
    meta.set_attribute("content", POLICY).unwrap();
    document
        .query_selector("head")
        .unwrap()
        .unwrap()
        .append_child(&meta)
        .unwrap();
}

/// A box in an element of its own.
struct Mounted {
    host: HtmlElement,
    handle: BoxHandle,
}

impl Mounted {
    fn new(options: &str) -> Self {
        enforce_policy();
        let host: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&host).unwrap();
        let handle = mount(host.clone(), JSON::parse(options).unwrap(), None, None);
        Self { host, handle }
    }

    fn find(&self, selector: &str) -> Element {
        self.host
            .query_selector(selector)
            .unwrap()
            .unwrap_or_else(|| panic!("no {selector}"))
    }

    fn input(&self, name: &str) -> HtmlInputElement {
        self.find(&format!("[name='latchlet-{name}']"))
            .unchecked_into()
    }

    fn error_of(&self, name: &str) -> String {
        let described_by = self.input(name).get_attribute("aria-describedby").unwrap();
        let id = described_by.split(' ').next().unwrap();
        self.find(&format!("#{id}")).text_content().unwrap()
    }

    fn count(&self, selector: &str) -> u32 {
        self.host.query_selector_all(selector).unwrap().length()
    }

    async fn write(&self, name: &str, text: &str) {
        let input = self.input(name);
        input.set_value(text);
        fire(&input, "input").await;
        fire(&input, "blur").await;
    }
}

impl Mounted {
    /// Goes to the other screen, to which the last way leads.
    async fn switch(&self) {
        let way = "[part='switch']:last-child button";
        let button: HtmlElement = self.find(way).unchecked_into();
        button.click();
        settled().await;
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.handle.unmount();
        self.host.remove();
        VIOLATIONS.with_borrow(|all| assert!(all.is_empty(), "policy violated: {all:?}"));
    }
}

async fn fire(target: &Element, event: &str) {
    target.dispatch_event(&Event::new(event).unwrap()).unwrap();
    settled().await;
}

/// Waits until effects ran and frames were drawn.
async fn settled() {
    let promise = Promise::new(&mut |resolve, _| {
        let window = web_sys::window().unwrap();
        window
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 50)
            .unwrap();
    });
    JsFuture::from(promise).await.unwrap();
}

#[wasm_bindgen_test]
fn every_control_has_a_label_of_its_own() {
    let mounted = Mounted::new(OPTIONS);
    for name in ["email", "password", "company", "news"] {
        let id = mounted.input(name).id();
        assert_eq!(mounted.count(&format!("label[for='{id}']")), 1, "{name}");
    }
}

#[wasm_bindgen_test]
fn a_label_is_text_and_never_html() {
    let mounted = Mounted::new(OPTIONS);
    assert!(
        mounted
            .host
            .text_content()
            .unwrap()
            .contains("News <b>&</b>")
    );
    assert_eq!(mounted.count("b"), 0);
}

#[wasm_bindgen_test]
async fn a_field_is_judged_when_it_is_left_and_relieved_at_once() {
    let mounted = Mounted::new(OPTIONS);
    mounted.input("email").set_value("ada@");
    fire(&mounted.input("email"), "input").await;
    assert_eq!(mounted.error_of("email"), "");
    fire(&mounted.input("email"), "blur").await;
    assert!(
        mounted
            .error_of("email")
            .starts_with("Enter an email address")
    );
    assert_eq!(
        mounted
            .input("email")
            .get_attribute("aria-invalid")
            .as_deref(),
        Some("true")
    );

    mounted.input("email").set_value("ada@example.com");
    fire(&mounted.input("email"), "input").await;
    assert_eq!(mounted.error_of("email"), "");
    assert_eq!(mounted.input("email").get_attribute("aria-invalid"), None);
}

#[wasm_bindgen_test]
async fn a_submit_with_mistakes_lists_them_and_is_never_native() {
    let mounted = Mounted::new(OPTIONS);
    let submit = Event::new_with_event_init_dict("submit", &{
        let init = web_sys::EventInit::new();
        init.set_cancelable(true);
        init
    });
    let submit = submit.unwrap();
    mounted.find("form").dispatch_event(&submit).unwrap();
    settled().await;
    assert!(submit.default_prevented());
    assert_eq!(mounted.count("[part~='summary'] a"), 3);
}

#[wasm_bindgen_test]
async fn what_was_typed_outlives_an_update_and_a_password_does_not() {
    let mounted = Mounted::new(OPTIONS);
    mounted
        .write("company", "I <3 cats & \"x<y\" 日本 <語>")
        .await;
    mounted
        .write("password", "correct horse battery staple")
        .await;
    mounted
        .handle
        .update(JSON::parse(&OPTIONS.replace("News", "Letters")).unwrap());
    settled().await;
    assert!(mounted.host.text_content().unwrap().contains("Letters"));
    assert_eq!(
        mounted.input("company").value(),
        "I <3 cats & \"x<y\" 日本 <語>"
    );
    assert_eq!(mounted.input("password").value(), "");
}

#[wasm_bindgen_test]
async fn a_wrong_config_is_told_to_the_page_and_shown() {
    enforce_policy();
    let told = std::rc::Rc::new(RefCell::new(0));
    let counter = told.clone();
    let listener = Closure::<dyn Fn(CustomEvent)>::new(move |event: CustomEvent| {
        *counter.borrow_mut() = js_sys::Array::from(&event.detail()).length();
    });
    let body = document().body().unwrap();
    let callback = listener.as_ref().unchecked_ref();
    body.add_event_listener_with_callback("latchlet:config-error", callback)
        .unwrap();

    let mounted = Mounted::new(r#"{ "domain": "tenant.auth0.com", "additionalSignupFields": [] }"#);
    settled().await;

    assert_eq!(*told.borrow(), 2, "the event bubbles, with each problem");
    let shown = mounted.find("[role='alert']").text_content().unwrap();
    assert!(
        shown.contains("additionalSignUpFields") && shown.contains("clientId"),
        "{shown}"
    );
    assert_eq!(mounted.count("form"), 0);
    body.remove_event_listener_with_callback("latchlet:config-error", callback)
        .unwrap();
}

#[wasm_bindgen_test]
async fn unmount_empties_the_element_and_may_be_called_twice() {
    let mounted = Mounted::new(OPTIONS);
    mounted.handle.unmount();
    mounted.handle.unmount();
    settled().await;
    assert_eq!(mounted.host.child_element_count(), 0);
}

#[wasm_bindgen_test]
async fn what_was_filled_in_silently_outlives_its_screen() {
    let mounted = Mounted::new(OPTIONS);
    mounted.input("email").set_value("ada@example.com");
    mounted.input("company").set_value("Analytical Engines");
    mounted.switch().await;
    assert_eq!(mounted.input("username").value(), "ada@example.com");
    mounted.switch().await;
    assert_eq!(mounted.input("company").value(), "Analytical Engines");
}

#[wasm_bindgen_test]
async fn an_emptied_prefill_stays_empty() {
    let options = OPTIONS.replace(
        r#""placeholder": "Company""#,
        r#""placeholder": "Company", "prefill": "Acme""#,
    );
    let mounted = Mounted::new(&options);
    assert_eq!(mounted.input("company").value(), "Acme");
    mounted.write("company", "").await;
    mounted.switch().await;
    mounted.switch().await;
    assert_eq!(mounted.input("company").value(), "");
}

#[wasm_bindgen_test]
async fn a_function_hides_no_other_mistake() {
    enforce_policy();
    let options = JSON::parse(OPTIONS).unwrap();
    let validator = Closure::<dyn Fn()>::new(|| {});
    js_sys::Reflect::set(&options, &"validator".into(), validator.as_ref()).unwrap();
    js_sys::Reflect::set(&options, &"nope".into(), &1.into()).unwrap();
    let host: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&host).unwrap();
    let handle = mount(host.clone(), options, None, None);
    settled().await;
    let shown = host.text_content().unwrap();
    assert!(
        shown.contains("validator") && shown.contains("nope"),
        "{shown}"
    );
    handle.unmount();
    host.remove();
}

#[wasm_bindgen_test]
async fn a_box_takes_the_place_of_the_one_before_it() {
    let first = Mounted::new(OPTIONS);
    let second = mount(
        first.host.clone(),
        JSON::parse(OPTIONS).unwrap(),
        None,
        None,
    );
    first.handle.unmount();
    settled().await;
    assert_eq!(first.count("form"), 1, "a stale handle blanks nobody");
    second.unmount();
    assert_eq!(first.count("form"), 0);
}

#[wasm_bindgen_test]
async fn aria_label_adds_to_the_visible_label() {
    let options = OPTIONS.replace(
        r#""placeholder": "Company""#,
        r#""placeholder": "Company", "ariaLabel": "where you work""#,
    );
    let mounted = Mounted::new(&options);
    assert_eq!(
        mounted
            .input("company")
            .get_attribute("aria-label")
            .as_deref(),
        Some("Company: where you work")
    );
}
