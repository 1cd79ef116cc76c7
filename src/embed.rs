//! The JavaScript face: `mount(element, options)` puts a box into an element.
//!
//! What happens is told by events on the element, which bubble and are
//! composed: `latchlet:signup`, `latchlet:authenticated`, `latchlet:error` and
//! `latchlet:config-error`.

use std::cell::RefCell;
use std::rc::Rc;

use any_spawner::Executor;
use latchlet_core::config::{Code, Config, Problem};
use latchlet_core::{Object, Value};
use reactive_graph::owner::{Owner, StoredValue};
use wasm_bindgen::prelude::*;
use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

use crate::backend::Session;
use crate::browser::{json, page, style};
use crate::login_box;
use crate::state::{Event, Kept};

/// A box on a page.
#[wasm_bindgen]
pub struct BoxHandle {
    element: HtmlElement,
    kept: Kept,
    /// Owns every signal, effect and listener of the box. It holds itself, so
    /// that a page which throws the handle away keeps its box.
    owner: Rc<RefCell<Option<Owner>>>,
}

/// Puts a box into an element, in place of what is in it.
#[wasm_bindgen]
pub fn mount(element: HtmlElement, options: JsValue) -> BoxHandle {
    std::panic::set_hook(Box::new(report_panic));
    // A second box finds it done.
    let _ = Executor::init_wasm_bindgen();
    let handle = BoxHandle {
        element,
        kept: Kept::default(),
        owner: Rc::default(),
    };
    handle.update(options);
    handle
}

#[wasm_bindgen]
impl BoxHandle {
    /// Takes other options. What was typed stays, except passwords.
    pub fn update(&self, options: JsValue) {
        self.unmount();
        let owner = Owner::new();
        let host = self.element.clone();
        let on_event = Rc::new(move |event| dispatch(&host, event));
        let element = owner.with(|| {
            StoredValue::new_local(self.owner.clone());
            login_box::build(read(&options), self.kept.clone(), on_event)
        });
        self.element
            .replace_children_with_node_1(&element.into_html_element());
        style::adopt(&self.element);
        self.owner.replace(Some(owner));
    }

    /// Takes the box out of the page and frees what it held. A second call
    /// does nothing.
    pub fn unmount(&self) {
        if let Some(owner) = self.owner.take() {
            owner.cleanup();
            self.element.replace_children_with_node_0();
        }
    }
}

fn read(options: &JsValue) -> Result<Config, Vec<Problem>> {
    let not_plain = |part: json::NotPlain| Problem {
        path: part.path,
        code: Code::WrongType,
        message: "a string, number, boolean, list or plain object must stand here".to_owned(),
        suggestion: None,
    };
    match json::from_js(options) {
        Ok(value) => Config::read(&value),
        Err(parts) => Err(parts.into_iter().map(not_plain).collect()),
    }
}

fn dispatch(host: &HtmlElement, event: Event) {
    let (name, detail) = match event {
        Event::SignedUp => ("latchlet:signup", Value::Null),
        Event::Authenticated(session) => ("latchlet:authenticated", session_detail(session)),
        Event::Failed(failure) => {
            let message = failure.text().to_owned();
            let detail = object([("code", failure.code), ("message", message)]);
            ("latchlet:error", detail.into())
        }
        Event::ConfigRejected(problems) => (
            "latchlet:config-error",
            problems
                .iter()
                .map(problem_detail)
                .collect::<Vec<_>>()
                .into(),
        ),
    };
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_detail(&json::to_js(&detail));
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
        let _ = host.dispatch_event(&event);
    }
}

/// In the words of auth0.js: `accessToken`, `idToken`, `idTokenPayload`, ….
fn session_detail(session: Session) -> Value {
    let mut detail = object([("accessToken", session.access_token)]);
    for (name, text) in [
        ("idToken", session.id_token),
        ("refreshToken", session.refresh_token),
        ("scope", session.scope),
    ] {
        if let Some(text) = text {
            detail.insert(name, text);
        }
    }
    detail.insert("expiresIn", session.expires_in);
    detail.insert("idTokenPayload", session.claims);
    detail.into()
}

fn problem_detail(problem: &Problem) -> Value {
    let mut detail = object([
        ("path", problem.path.clone()),
        ("code", problem.code.as_str().to_owned()),
        ("message", problem.message.clone()),
    ]);
    if let Some(suggestion) = &problem.suggestion {
        detail.insert("suggestion", suggestion.as_str());
    }
    detail.into()
}

fn object<const N: usize>(entries: [(&str, String); N]) -> Object {
    entries.into_iter().collect()
}

/// Says where the code of the box failed. What it worked on stays out of the
/// message: it may have been a password.
fn report_panic(info: &std::panic::PanicHookInfo<'_>) {
    let mut text = String::from("Latchlet stopped");
    if let Some(location) = info.location() {
        text.push_str(" at ");
        text.push_str(location.file());
        text.push(':');
        text.push_str(&location.line().to_string());
    }
    page::console_error(&text);
}
