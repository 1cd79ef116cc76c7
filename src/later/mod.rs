//! What many boxes never need: questions after the login, the screens off the
//! straight way, sessions without a form.
//!
//! It is compiled with the rest, and `cargo xtask dist` then cuts the module in
//! two. What only [`TABLE`] leads to becomes the second one, which comes over
//! the network when it is needed first. So there is one program and one state,
//! and no way past this table: what is named elsewhere stays in the first.

#[cfg(all(feature = "split", target_arch = "wasm32"))]
mod split;
#[cfg(not(all(feature = "split", target_arch = "wasm32")))]
mod whole;

use std::pin::Pin;
use std::rc::Rc;

use latchlet_core::{Failure, Message, Object, Texts, Value};

use crate::backend::profile::Refused;
use crate::backend::{Auth0, Session};
use crate::browser::element::Element;
use crate::browser::{page, task};
use crate::parts::prompt_frame;
use crate::screens;
use crate::state::{BoxState, Prompt, Screen, leave, requests, visit};

#[cfg(all(feature = "split", target_arch = "wasm32"))]
use split as source;
#[cfg(not(all(feature = "split", target_arch = "wasm32")))]
use whole as source;

/// What comes of something later.
pub type Pending<T> = Pin<Box<dyn Future<Output = T>>>;

/// What a question about a visit comes to.
pub type Answered = Pending<Result<Value, Refused>>;

/// What the second module does.
pub struct Later {
    /// Asks what is due after a login. Whether anything is asked.
    pub begin: fn(Rc<BoxState>) -> Pending<bool>,
    /// Asks for some answers.
    pub ask: fn(Rc<BoxState>, Vec<String>) -> Answered,
    /// Shows all consents.
    pub consents: fn(Rc<BoxState>) -> Answered,
    /// Reports something that questions may wait for.
    pub report: fn(Rc<BoxState>, String) -> Answered,
    /// Why each question is asked, or is not.
    pub explain: fn(Rc<BoxState>) -> Answered,
    /// Leaves the questions that are asked now.
    pub leave: fn(Rc<BoxState>, Rc<Prompt>) -> Pending<()>,
    /// Draws a screen.
    pub screen: fn(&Rc<BoxState>, Screen) -> Vec<Element>,
    /// Draws questions that stand over the page or at its edge.
    pub frame: fn(&Rc<BoxState>, &Rc<Prompt>) -> Vec<Element>,
    /// Looks for a session in a hidden frame.
    pub check_session: fn(Auth0, Object) -> Pending<Result<Session, Failure>>,
    /// Finishes the login whose answer is in an address.
    pub resume: fn(Auth0, String) -> Pending<Result<Session, Failure>>,
    /// Who the owner of an access token is.
    pub user_info: fn(Auth0, String) -> Pending<Result<Value, Failure>>,
}

const TABLE: Later = Later {
    begin: |state| Box::pin(async move { visit::begin(&state).await }),
    ask: |state, names| Box::pin(async move { requests::ask(&state, names).await }),
    consents: |state| Box::pin(async move { requests::ask_consents(&state).await }),
    report: |state, event| Box::pin(async move { requests::report(&state, &event).await }),
    explain: |state| Box::pin(async move { requests::explain(&state).await }),
    leave: |state, prompt| Box::pin(leave(state, prompt, None)),
    screen: screens::later,
    frame: prompt_frame::view,
    check_session: |backend, parameters| {
        Box::pin(async move { backend.check_session(&parameters).await })
    },
    resume: |backend, address| Box::pin(async move { backend.resume_address(&address).await }),
    user_info: |backend, token| Box::pin(async move { backend.user_info(&token).await }),
};

/// The second module, if it is here.
pub fn get() -> Option<&'static Later> {
    source::get()
}

/// The second module, once it is here; `None` if it cannot be loaded now.
pub async fn load() -> Option<&'static Later> {
    let later = source::load().await;
    if later.is_none() {
        page::console_error("Latchlet: latchlet_later_bg.wasm could not be loaded");
    }
    later
}

/// Goes on once the second module is here, which takes a moment at the first
/// time: the box is busy meanwhile. Where it does not come, what is shown stays
/// as it is, and says so.
pub fn then(parent: &Rc<BoxState>, go_on: impl FnOnce() + 'static) {
    if get().is_some() {
        go_on();
        return;
    }
    let parent = parent.clone();
    let go_on: Box<dyn FnOnce()> = Box::new(go_on);
    parent.wait_for(Message::Loading);
    parent.busy.set(true);
    task::start(async move {
        let later = load().await;
        if !parent.is_alive() {
            return;
        }
        parent.busy.set(false);
        parent.status.set("".into());
        match later {
            Some(_) => go_on(),
            None => parent.fail(not_loaded(&parent.config.texts)),
        }
    });
}

/// Why something did not happen.
pub fn not_loaded(texts: &Texts) -> Failure {
    Failure::notice("load_failed", texts.get(Message::NotLoaded).into_owned())
}
