//! The JavaScript face: `mount(element, options)` puts a box into an element.
//!
//! What happens is told by events on the element, which bubble and are
//! composed; docs/EMBEDDING.md has their names and what they carry.

use std::cell::RefCell;
use std::future::ready;
use std::rc::Rc;

use any_spawner::Executor;
use js_sys::Promise;
use latchlet_core::config::Config;
use latchlet_core::{Failure, Form, Object, Value};
use reactive_graph::owner::Owner;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

use crate::backend::Auth0;
use crate::browser::element::Element;
use crate::browser::functions::Functions;
use crate::browser::{adopt, check, json, page, style, task, vault};
use crate::later::{self, Answered, Later, Pending};
use crate::login_box;
use crate::parts::developer_message;
use crate::state::{BoxState, Event, Kept, failure_detail, session_detail};

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
    /// Where the page hears of it.
    target: HtmlElement,
    isolates: bool,
    section: RefCell<Option<HtmlElement>>,
    config: RefCell<Option<Rc<Config>>>,
    state: RefCell<Option<Rc<BoxState>>>,
    kept: Kept,
}

/// Puts a box into an element, in place of what is in it. The page hears of it
/// at that element, or at another `target`; with `isolates`, questions after
/// the login stand in a shadow root.
#[wasm_bindgen]
pub fn mount(
    element: HtmlElement,
    options: JsValue,
    target: Option<HtmlElement>,
    isolates: Option<bool>,
) -> BoxHandle {
    std::panic::set_hook(Box::new(report_panic));
    // A second box finds it done.
    let _ = Executor::init_wasm_bindgen();
    take_down(&|mounted| mounted.host == element);
    let handle = BoxHandle {
        target: target.unwrap_or_else(|| element.clone()),
        isolates: isolates.unwrap_or_default(),
        host: element,
        section: RefCell::new(None),
        config: RefCell::new(None),
        state: RefCell::new(None),
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

    /// Takes note that the element stands in another document or shadow root:
    /// the style sheet comes along.
    pub fn moved(&self) {
        style::adopt(&self.host);
    }

    /// Whether there was something to unmount.
    fn unmounted(&self) -> bool {
        let Some(section) = self.section.take() else {
            return false;
        };
        let state = self.state.take();
        let asked = state.and_then(|state| state.prompt.get_once());
        let was_there = take_down(&|mounted| mounted.section == section);
        // Whoever waits for answers hears that none will come.
        if let Some(prompt) = asked {
            prompt.over.open();
        }
        was_there
    }

    /// Looks for a session without showing anything, in a hidden frame.
    /// `parameters` are more of them for `/authorize`.
    #[wasm_bindgen(js_name = checkSession)]
    pub fn check_session(&self, parameters: &JsValue) -> Promise {
        let parameters = plain_object(parameters);
        self.of_backend(|later, backend| {
            let session = (later.check_session)(backend, parameters);
            Box::pin(async move { session.await.map(session_detail) })
        })
    }

    /// Finishes the login whose answer is in an address.
    pub fn resume(&self, address: String) -> Promise {
        self.of_backend(|later, backend| {
            let session = (later.resume)(backend, address);
            Box::pin(async move { session.await.map(session_detail) })
        })
    }

    /// Who the owner of an access token is.
    #[wasm_bindgen(js_name = userInfo)]
    pub fn user_info(&self, access_token: String) -> Promise {
        self.of_backend(|later, backend| (later.user_info)(backend, access_token))
    }

    /// The address that ends the session. What waits in the browser for the
    /// next login is forgotten, and so is the draft.
    #[wasm_bindgen(js_name = logoutUrl)]
    pub fn logout_url(&self, query: &JsValue) -> Option<String> {
        let config = self.config.borrow().clone()?;
        if config.progressive.as_ref().is_some_and(|it| it.queue) {
            task::start(vault::wipe());
        }
        if let Some(state) = &*self.state.borrow() {
            state.forget_draft();
            state.person.replace(None);
        }
        self.kept.forget_person();
        Some(Auth0::new(&config).logout_address(&plain_object(query)))
    }

    /// Asks for some answers, if they are not known: `{ values, answered,
    /// skipped }` once the person is done.
    pub fn ask(&self, names: Vec<String>) -> Promise {
        self.of_visit(|later, state| (later.ask)(state, names))
    }

    /// Shows all consents, to be looked at, given and withdrawn.
    pub fn consents(&self) -> Promise {
        self.of_visit(|later, state| (later.consents)(state))
    }

    /// Skips the questions that are asked now, if they can be skipped.
    pub fn dismiss(&self) {
        let state = self.state.borrow().clone();
        if let Some(state) = state
            && let Some(prompt) = state.prompt.get_once().filter(|prompt| prompt.may_skip)
            && let Some(later) = later::get()
        {
            task::start((later.leave)(state, prompt));
        }
    }

    /// Reports something that questions may wait for.
    pub fn report(&self, event: String) -> Promise {
        self.of_visit(|later, state| (later.report)(state, event))
    }

    /// Why each question is asked, or is not.
    pub fn explain(&self) -> Promise {
        self.of_visit(|later, state| (later.explain)(state))
    }

    fn of_visit(
        &self,
        question: impl FnOnce(&'static Later, Rc<BoxState>) -> Answered + 'static,
    ) -> Promise {
        let state = self.state.borrow().clone();
        promise(match state {
            Some(state) => of_visit(Box::new(question), state),
            None => Box::pin(ready(Err(no_config()))),
        })
    }

    fn of_backend(
        &self,
        question: impl FnOnce(&'static Later, Auth0) -> Answer + 'static,
    ) -> Promise {
        let config = self.config.borrow().clone();
        promise(match config {
            Some(config) => of_backend(Box::new(question), config),
            None => Box::pin(ready(Err(no_config()))),
        })
    }

    fn put(&self, options: &JsValue) {
        let owner = Owner::new();
        let target = self.target.clone();
        let read = read(options);
        let is_painted = adopt::begin(&self.host);
        self.config
            .replace(read.as_ref().map(|(config, _)| config.clone()));
        let section = owner
            .with(|| match read {
                Some((config, functions)) => {
                    let on_event = Rc::new(move |event| dispatch(&target, event));
                    let kept = self.kept.clone();
                    let (section, state) =
                        login_box::build(config, functions, kept, self.isolates, on_event);
                    self.state.replace(Some(state));
                    section
                }
                None => {
                    self.state.replace(None);
                    refuse(self.host.clone(), target, options.clone())
                }
            })
            .into_html_element();
        adopt::end();
        if section.parent_element().as_ref() != Some(&self.host) {
            self.host.replace_children_with_node_1(&section);
        }
        style::adopt(&self.host);
        if is_painted
            && section.matches(":focus-within").unwrap_or(false)
            && let Some(state) = &*self.state.borrow()
        {
            state.touch();
        }
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

/// What becomes of a question to the backend.
type Answer = Pending<Result<Value, Failure>>;

fn promise(answer: Answer) -> Promise {
    future_to_promise(async move {
        match answer.await {
            Ok(value) => Ok(json::to_js(&value)),
            Err(failure) => Err(json::to_js(&failure_detail("", &failure))),
        }
    })
}

fn of_visit(
    question: Box<dyn FnOnce(&'static Later, Rc<BoxState>) -> Answered>,
    state: Rc<BoxState>,
) -> Answer {
    Box::pin(async move {
        let texts = &state.config.texts;
        let Some(later) = later::load().await else {
            return Err(later::not_loaded(texts));
        };
        match question(later, state.clone()).await {
            Ok(value) => Ok(value),
            Err(refused) => Err(refused.into_failure(&Form::new(Vec::new()), texts)),
        }
    })
}

fn of_backend(
    question: Box<dyn FnOnce(&'static Later, Auth0) -> Answer>,
    config: Rc<Config>,
) -> Answer {
    Box::pin(async move {
        match later::load().await {
            Some(later) => question(later, Auth0::new(&config)).await,
            None => Err(later::not_loaded(&config.texts)),
        }
    })
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

/// Reads the options, unless they have mistakes.
fn read(options: &JsValue) -> Option<(Rc<Config>, Functions)> {
    let read = json::from_js(options);
    let config = Config::read(&read.value).ok()?;
    let is_plain = read.not_plain.is_empty();
    is_plain.then(|| (Rc::new(config), Functions::new(read.functions)))
}

/// Shows that the options have mistakes and, once they are known, which.
fn refuse(host: HtmlElement, target: HtmlElement, options: JsValue) -> Element {
    let message = developer_message::view();
    let section = login_box::refuse(message.clone());
    let place = section.clone().into_html_element();
    task::start(async move {
        let problems = check::problems(&options).await;
        // Other options may have come meanwhile.
        if place.parent_element().as_ref() == Some(&host) {
            if let Value::List(problems) = json::from_js(&problems).value {
                message.with([developer_message::list(&problems)]);
            }
            tell(&target, "config-error", &problems);
        }
    });
    section
}

/// Tells the page. Whether it did not prevent what comes next.
fn dispatch(target: &HtmlElement, event: Event) -> bool {
    let name = event.name();
    tell(target, name, &json::to_js(&event.into_detail()))
}

fn tell(target: &HtmlElement, name: &str, detail: &JsValue) -> bool {
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_cancelable(name == "beforesubmit");
    init.set_detail(detail);
    match CustomEvent::new_with_event_init_dict(&["latchlet:", name].concat(), &init) {
        Ok(event) => target.dispatch_event(&event).unwrap_or(true),
        Err(_) => true,
    }
}

fn no_config() -> Failure {
    Failure::notice("invalid_config", "the config has mistakes".to_owned())
}

fn plain_object(value: &JsValue) -> Object {
    match json::from_js(value).value {
        Value::Object(object) => object,
        _ => Object::new(),
    }
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
