//! What one box knows: its config, its screen, and what it has to say.

use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use latchlet_core::config::{Config, Problem};
use latchlet_core::{Failure, Message};
use reactive_graph::owner::on_cleanup;

use crate::backend::Session;
use crate::browser::page;
use crate::browser::press::Press;

use super::{Kept, Signal};

/// The screens of a box.
#[derive(Clone, Debug, PartialEq)]
pub enum Screen {
    /// The form for a new account.
    SignUp,
    /// The form for an account that exists.
    SignIn,
    /// Nothing to fill in: the login that `/authorize` sent back is finished.
    Resuming,
    /// The account exists now, and nobody is logged in.
    SignedUp,
    /// Somebody is logged in, by this name.
    SignedIn(String),
}

/// What a box tells its page. It carries nothing that a person typed but
/// what the auth backend gave back for it.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// An account was made.
    SignedUp,
    /// Somebody logged in.
    Authenticated(Session),
    /// An attempt failed, for this reason.
    Failed(Failure),
    /// The config has these problems, and there is no form.
    ConfigRejected(Vec<Problem>),
}

/// What one box knows. Every part of it is handed this, and nothing else.
pub struct BoxState {
    /// The config.
    pub config: Config,
    /// The screen that is shown.
    pub screen: Signal<Screen>,
    /// What was typed and is no secret.
    pub kept: Kept,
    /// Said politely (`role=status`).
    pub status: Signal<Cow<'static, str>>,
    /// Said at once (`role=alert`), and shown.
    pub alert: Signal<Cow<'static, str>>,
    /// Whether a request is under way.
    pub busy: Signal<bool>,
    /// Whether a pointer is down.
    pub press: Rc<Press>,
    instance: u32,
    /// Atomic because cleanups must be; there is one thread.
    alive: Arc<AtomicBool>,
    moved: Cell<bool>,
    on_event: Rc<dyn Fn(Event)>,
}

impl BoxState {
    /// A box that shows a screen.
    pub fn new(config: Config, screen: Screen, kept: Kept, on_event: Rc<dyn Fn(Event)>) -> Self {
        static INSTANCES: AtomicU32 = AtomicU32::new(1);
        let alive = Arc::new(AtomicBool::new(true));
        let flag = alive.clone();
        on_cleanup(move || flag.store(false, Ordering::Relaxed));
        Self {
            config,
            screen: Signal::new(screen),
            kept,
            status: Signal::new(Cow::default()),
            alert: Signal::new(Cow::default()),
            busy: Signal::new(false),
            press: Rc::default(),
            alive,
            instance: INSTANCES.fetch_add(1, Ordering::Relaxed),
            moved: Cell::new(false),
            on_event,
        }
    }

    /// An id for an element of this box, and of no other on the page.
    pub fn id(&self, name: &str) -> String {
        ["latchlet-", &self.instance.to_string(), "-", name].concat()
    }

    /// Whether the box is still on the page. Whoever waited must ask.
    pub fn is_alive(&self) -> bool {
        self.alive.load(Ordering::Relaxed)
    }

    /// Goes to another screen. What was said about the last one is over.
    pub fn show(&self, screen: Screen) {
        self.status.set(Cow::default());
        self.alert.set(Cow::default());
        self.busy.set(false);
        self.screen.set(screen);
    }

    /// Goes to another screen because of what the person did.
    pub fn go(&self, screen: Screen) {
        self.moved.set(true);
        self.show(screen);
    }

    /// Whether somebody went from one screen to another, so that focus moves
    /// with them. The first screen of a page leaves it where it is.
    pub fn has_moved(&self) -> bool {
        self.moved.get()
    }

    /// Says politely what happened.
    pub fn say(&self, message: Message) {
        let status = self.status.clone();
        page::soon(move || status.set(message.english().into()));
    }

    /// Shows what concerns the whole form, and tells the page everything.
    pub fn fail(&self, failure: Failure) {
        let (alert, text) = (self.alert.clone(), failure.notice.clone());
        page::soon(move || alert.set(text.into()));
        self.tell(Event::Failed(failure));
    }

    /// Tells the page.
    pub fn tell(&self, event: Event) {
        (self.on_event)(event);
    }
}
