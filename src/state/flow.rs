//! What one box knows: its config, its screen, and what it has to say.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use latchlet_core::config::Config;
use latchlet_core::connection::{Connection, Connections};
use latchlet_core::{Failure, Message};
use reactive_graph::owner::on_cleanup;

use crate::browser::functions::Functions;
use crate::browser::gate::Turn;
use crate::browser::page;
use crate::browser::press::Press;

use super::kept::remove_draft;
use super::{Event, FieldState, Kept, Person, Prompt, Signal};

/// The screens of a box.
#[derive(Clone, Debug, PartialEq)]
pub enum Screen {
    /// The form for a new account.
    SignUp,
    /// The form for an account that exists.
    SignIn,
    /// The form for a new password.
    ForgotPassword,
    /// A link to set a new password went to this address.
    ResetSent(String),
    /// The form for a code or a link.
    Passwordless,
    /// The form for the code that went to this address or number.
    Code(String),
    /// A link to log in went to this address.
    LinkSent(String),
    /// Nothing to fill in: the login that `/authorize` sent back is finished.
    Resuming,
    /// The account exists now, and nobody is logged in.
    SignedUp,
    /// Somebody is logged in, by this name.
    SignedIn(String),
    /// Questions after the login.
    Profile,
    /// Nothing: nobody is asked anything.
    Nothing,
}

impl Screen {
    /// Whether it is in the second module.
    pub fn is_later(&self) -> bool {
        matches!(
            self,
            Self::ForgotPassword
                | Self::ResetSent(_)
                | Self::Passwordless
                | Self::Code(_)
                | Self::LinkSent(_)
                | Self::Profile
        )
    }

    /// The name that the page knows it by.
    pub fn name(&self) -> &'static str {
        match self {
            Self::SignUp => "signUp",
            Self::SignIn => "signIn",
            Self::ForgotPassword => "forgotPassword",
            Self::ResetSent(_) => "resetSent",
            Self::Passwordless => "passwordless",
            Self::Code(_) => "code",
            Self::LinkSent(_) => "linkSent",
            Self::Resuming => "resuming",
            Self::SignedUp => "signedUp",
            Self::SignedIn(_) => "signedIn",
            Self::Profile => "profile",
            Self::Nothing => "nothing",
        }
    }
}

/// How a draft stands to what was typed.
#[derive(Clone, Copy, PartialEq)]
enum Draft {
    /// It has all of it.
    Written,
    /// It is about to be written.
    Due,
    /// None is written any more.
    Over,
}

/// What one box knows. Every part of it is handed this, and nothing else.
pub struct BoxState {
    /// The config.
    pub config: Rc<Config>,
    /// The functions that came with it.
    pub functions: Functions,
    /// The ways in, as far as they are known.
    pub connections: Signal<Connections>,
    /// The screen that is shown.
    pub screen: Signal<Screen>,
    /// What was typed and is no secret.
    pub kept: Kept,
    /// Said politely (`role=status`).
    pub status: Signal<Cow<'static, str>>,
    /// Said at once (`role=alert`), and shown.
    pub alert: Signal<Cow<'static, str>>,
    /// What the page wants to be known; shown.
    pub flash: Signal<Cow<'static, str>>,
    /// Whether a request is under way.
    pub busy: Signal<bool>,
    /// Whether it has been under way for long.
    pub slow: Signal<bool>,
    /// Who is logged in, once that is known.
    pub person: RefCell<Option<Rc<Person>>>,
    /// That is found out once.
    pub finding_out: Turn,
    /// The questions that are asked now.
    pub prompt: Signal<Option<Rc<Prompt>>>,
    /// The screen to which questions give way.
    pub before_prompt: RefCell<Screen>,
    /// Whether questions stand in a shadow root of their own.
    pub isolates: bool,
    /// Whether a pointer is down.
    pub press: Rc<Press>,
    /// The fields on the screen, whose answers a draft has.
    pub drafted: RefCell<Vec<Weak<FieldState>>>,
    instance: u32,
    /// Atomic because cleanups must be; there is one thread.
    alive: Arc<AtomicBool>,
    /// When the last request began.
    began: Cell<f64>,
    moved: Cell<bool>,
    touched: Cell<bool>,
    draft: Cell<Draft>,
    on_event: Rc<dyn Fn(Event) -> bool>,
}

impl BoxState {
    /// A box that shows a screen.
    pub fn new(
        config: Rc<Config>,
        functions: Functions,
        screen: Screen,
        kept: Kept,
        isolates: bool,
        on_event: Rc<dyn Fn(Event) -> bool>,
    ) -> Self {
        static INSTANCES: AtomicU32 = AtomicU32::new(1);
        let alive = Arc::new(AtomicBool::new(true));
        let flag = alive.clone();
        on_cleanup(move || flag.store(false, Ordering::Relaxed));
        Self {
            connections: Signal::new(config.connections.clone()),
            config,
            functions,
            screen: Signal::new(screen),
            kept,
            status: Signal::new(Cow::default()),
            alert: Signal::new(Cow::default()),
            flash: Signal::new(Cow::default()),
            busy: Signal::new(false),
            slow: Signal::new(false),
            person: RefCell::default(),
            finding_out: Turn::default(),
            prompt: Signal::new(None),
            before_prompt: RefCell::new(Screen::Nothing),
            isolates,
            press: Rc::default(),
            drafted: RefCell::default(),
            alive,
            instance: INSTANCES.fetch_add(1, Ordering::Relaxed),
            began: Cell::default(),
            moved: Cell::new(false),
            touched: Cell::new(false),
            draft: Cell::new(Draft::Written),
            on_event,
        }
    }

    /// An id for an element of this box, and of no other on the page.
    pub fn id(&self, name: &str) -> String {
        ["latchlet-", &self.instance.to_string(), "-", name].concat()
    }

    /// A sentence without placeholders.
    pub fn text(&self, message: Message) -> Cow<'static, str> {
        self.config.texts.get(message)
    }

    /// The database connection that accounts are made in.
    pub fn database(&self) -> Option<Connection> {
        self.connections.peek(|all| all.database().cloned())
    }

    /// Whether the box is still on the page. Whoever waited must ask.
    pub fn is_alive(&self) -> bool {
        self.alive.load(Ordering::Relaxed)
    }

    /// Goes to another screen. What was said about the last one is over.
    pub fn show(&self, screen: Screen) {
        self.status.set(Cow::default());
        self.alert.set(Cow::default());
        self.flash.set(Cow::default());
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

    /// Somebody went from one step to another.
    pub fn moved_step(&self) {
        self.moved.set(true);
    }

    /// Somebody did something with what is shown, which nothing may replace
    /// under them any more.
    pub fn touch(&self) {
        self.touched.set(true);
    }

    /// Whether nobody has done anything yet.
    pub fn is_untouched(&self) -> bool {
        !self.touched.get() && !self.moved.get()
    }

    /// Something was typed, which the draft has a moment later.
    pub fn draft(self: &Rc<Self>) {
        const PAUSE: i32 = 500;
        self.touch();
        if self.config.draft && self.draft.get() == Draft::Written {
            self.draft.set(Draft::Due);
            let state = self.clone();
            page::after(PAUSE, move || state.write_draft());
        }
    }

    /// Writes the draft, if something was typed since it was written.
    pub fn write_draft(&self) {
        if self.draft.get() == Draft::Due {
            self.draft.set(Draft::Written);
            let fields = self.drafted.borrow();
            for field in fields.iter().filter_map(Weak::upgrade) {
                field.keep();
            }
            self.kept.write_draft(&self.config);
        }
    }

    /// Forgets the draft for good: what it was for has been done.
    pub fn forget_draft(&self) {
        self.draft.set(Draft::Over);
        remove_draft(&self.config.client_id);
    }

    /// Says politely what happened.
    pub fn say(&self, message: Message) {
        self.say_text(self.text(message));
    }

    /// Says a sentence politely.
    pub fn say_text(&self, text: Cow<'static, str>) {
        let status = self.status.clone();
        page::soon(move || status.set(text));
    }

    /// A request is under way. It is said, and said again if that takes long.
    pub fn wait_for(self: &Rc<Self>, what: Message) {
        const LONG: i32 = 10_000;
        let began = page::now();
        self.began.set(began);
        self.status.set(self.text(what));
        let state = self.clone();
        page::after(LONG, move || {
            if state.is_alive() && state.busy.get_once() && state.began.get() == began {
                state.slow.set(true);
                state.status.set(state.text(Message::StillWorking));
            }
        });
    }

    /// Shows what concerns the whole form, and tells the page everything.
    pub fn fail(&self, failure: Failure) {
        let (alert, text) = (self.alert.clone(), failure.notice.clone());
        page::soon(move || alert.set(text.into()));
        self.tell(Event::Failed(self.screen_name(), failure));
    }

    /// The name of what somebody is at: questions may stand beside a screen.
    pub fn screen_name(&self) -> &'static str {
        match self.prompt.peek(Option::is_some) {
            true => Screen::Profile.name(),
            false => self.screen.peek(Screen::name),
        }
    }

    /// Tells the page. Whether it lets go on what it can stop.
    pub fn tell(&self, event: Event) -> bool {
        (self.on_event)(event)
    }
}
