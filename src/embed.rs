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
use reactive_graph::owner::Owner;
use wasm_bindgen::prelude::*;
use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

use crate::backend::Session;
use crate::browser::{json, page, style};
use crate::login_box;
use crate::state::{Event, Kept};

thread_local! {
    /// Every box on the page, so that one lives on when its handle is thrown
    /// away, and is found by the element that it is in.
    static MOUNTED: RefCell<Vec<Mounted>> = const { RefCell::new(Vec::new()) };
}

/// What is on the page.
struct Mounted {
    host: HtmlElement,
    section: HtmlElement,
    /// Owns every signal, effect and listener of the box.
    owner: Owner,
}

/// A box on a page.
#[wasm_bindgen]
pub struct BoxHandle {
    host: HtmlElement,
    section: RefCell<Option<HtmlElement>>,
    kept: Kept,
}

/// Puts a box into an element, in place of what is in it.
#[wasm_bindgen]
pub fn mount(element: HtmlElement, options: JsValue) -> BoxHandle {
    std::panic::set_hook(Box::new(report_panic));
    // A second box finds it done.
    let _ = Executor::init_wasm_bindgen();
    take_down(&|mounted| mounted.host == element);
    let handle = BoxHandle {
        host: element,
        section: RefCell::new(None),
        kept: Kept::default(),
    };
    handle.put(&options);
    handle
}

#[wasm_bindgen]
impl BoxHandle {
    /// Takes other options. What was typed stays, except passwords. Does
    /// nothing after `unmount`.
    pub fn update(&self, options: JsValue) {
        if self.unmounted() {
            self.put(&options);
        }
    }

    /// Takes the box out of the page and frees what it held. A second call
    /// does nothing.
    pub fn unmount(&self) {
        self.unmounted();
    }

    /// Whether there was something to unmount.
    fn unmounted(&self) -> bool {
        let Some(section) = self.section.take() else {
            return false;
        };
        take_down(&|mounted| mounted.section == section)
    }

    fn put(&self, options: &JsValue) {
        let owner = Owner::new();
        let host = self.host.clone();
        let on_event = Rc::new(move |event| dispatch(&host, event));
        let section = owner
            .with(|| login_box::build(read(options), self.kept.clone(), on_event))
            .into_html_element();
        self.host.replace_children_with_node_1(&section);
        style::adopt(&self.host);
        self.section.replace(Some(section.clone()));
        let host = self.host.clone();
        MOUNTED.with_borrow_mut(|all| {
            all.push(Mounted {
                host,
                section,
                owner,
            });
        });
    }
}

/// Takes a box out of the page. Whether there was one.
fn take_down(is_meant: &dyn Fn(&Mounted) -> bool) -> bool {
    let found = MOUNTED.with_borrow_mut(|all| {
        let index = all.iter().position(is_meant)?;
        Some(all.swap_remove(index))
    });
    if let Some(mounted) = &found {
        mounted.owner.cleanup();
        mounted.section.remove();
    }
    found.is_some()
}

/// Reads the options. What cannot be in a config, such as a function, is one
/// problem among the others, unless something else is said of it already.
fn read(options: &JsValue) -> Result<Config, Vec<Problem>> {
    let (value, not_plain) = json::from_js(options);
    let read = Config::read(&value);
    if not_plain.is_empty() {
        return read;
    }
    let mut problems = read.err().unwrap_or_default();
    for part in not_plain {
        // In the tree it is `null`, which is the same as nothing.
        problems.retain(|other| other.path != part.path || other.code != Code::Missing);
        if problems.iter().all(|other| other.path != part.path) {
            problems.push(Problem {
                path: part.path,
                code: Code::WrongType,
                message: "this is not supported: give a string, number, boolean, list or object"
                    .to_owned(),
                suggestion: None,
            });
        }
    }
    Err(problems)
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
    let mut detail = object([
        ("accessToken", session.access_token),
        ("idToken", session.id_token),
    ]);
    for (name, text) in [
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
