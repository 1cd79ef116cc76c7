//! The port to where answers are stored after a login. Each adapter declares
//! what its store can do, and what is asked goes by that.

mod access;
mod auth0;
mod callback;
mod endpoint;
mod handover;
pub mod queue;
mod refused;
mod save;

use std::pin::Pin;
use std::rc::Rc;

use latchlet_core::config::{Config, Save};
use latchlet_core::progressive::{HISTORY, History};
use latchlet_core::{Object, Value};

use crate::browser::crypto;
use crate::browser::functions::Functions;

pub use access::Access;
pub use refused::Refused;
pub use save::save;

use auth0::Auth0;
use callback::Callback;
use endpoint::Endpoint;
use handover::Handover;

/// What a store can do.
#[derive(Clone, Copy, Debug)]
pub struct Capabilities {
    /// Whether it keeps lists as lists, and not texts alone.
    pub lists: bool,
    /// Whether it merges the history that it gets with the one that it has.
    pub merges: bool,
    /// The most bytes that it advises to keep.
    pub most_bytes: u32,
    /// Whether the browser reaches it with what the person has. Else somebody
    /// else stores what the browser hands over.
    pub from_browser: bool,
    /// Whether it takes an `Idempotency-Key`.
    pub idempotent: bool,
    /// Whether it says which login of the person this is.
    pub counts_logins: bool,
    /// Whether it takes more than one change a prompt.
    pub piecemeal: bool,
}

/// What is stored of a person.
#[derive(Clone, Debug, Default)]
pub struct Stored {
    /// Their profile, without `user_metadata`.
    pub profile: Object,
    /// What they said about themselves, and the history.
    pub metadata: Object,
}

/// What is to be stored.
#[derive(Clone)]
pub struct Change {
    /// The answers; `null` takes one back.
    pub answers: Object,
    /// What was asked.
    pub history: History,
    /// The same at every attempt, and at no other change.
    pub key: String,
    /// Whether the prompt is over with it.
    pub ends: bool,
    /// Whether it does not wait for the changes before it, since the page may be
    /// gone by then.
    pub leaving: bool,
}

/// Where answers are stored.
pub trait ProfileStore {
    /// What it can do.
    fn capabilities(&self) -> Capabilities;

    /// What is stored.
    async fn load(&self, access: &Access) -> Result<Stored, Refused>;

    /// Stores a change. What is stored then, where it says so.
    async fn save(&self, access: &Access, change: &Change) -> Result<Option<Stored>, Refused>;
}

/// What is to come of a store. Boxed, so that every caller does not carry the
/// state machines of all adapters in its own.
type Pending<'a, T> = Pin<Box<dyn Future<Output = Result<T, Refused>> + 'a>>;

/// The store of a config.
pub enum Store {
    /// An Auth0 tenant, or the auth backend of this project.
    Auth0(Auth0),
    /// The page's own server.
    Endpoint(Endpoint),
    /// A function of the page.
    Callback(Callback),
    /// The way back to a tenant.
    Handover(Handover),
}

impl Store {
    /// The store of a config, if anything is asked after the sign-up.
    pub fn of(config: &Rc<Config>, functions: &Functions) -> Option<Self> {
        let functions = functions.clone();
        let origin = config.origin.clone();
        Some(match &config.progressive.as_ref()?.save {
            Save::Auth0 => Self::Auth0(Auth0::new(origin, functions, false)),
            Save::Latchlet => Self::Auth0(Auth0::new(origin, functions, true)),
            Save::Endpoint {
                url,
                cookie,
                idempotent,
            } => Self::Endpoint(Endpoint {
                functions,
                url: url.clone(),
                cookie: *cookie,
                idempotent: *idempotent,
            }),
            Save::Function(function) => Self::Callback(Callback {
                functions,
                function: *function,
                user: config.visitor.user.clone(),
            }),
            Save::Continue => Self::Handover(Handover),
        })
    }
}

impl Store {
    /// What it can do.
    pub fn capabilities(&self) -> Capabilities {
        match self {
            Self::Auth0(store) => store.capabilities(),
            Self::Endpoint(store) => store.capabilities(),
            Self::Callback(store) => store.capabilities(),
            Self::Handover(store) => store.capabilities(),
        }
    }

    /// What is stored.
    pub fn load<'a>(&'a self, access: &'a Access) -> Pending<'a, Stored> {
        match self {
            Self::Auth0(store) => Box::pin(store.load(access)),
            Self::Endpoint(store) => Box::pin(store.load(access)),
            Self::Callback(store) => Box::pin(store.load(access)),
            Self::Handover(store) => Box::pin(store.load(access)),
        }
    }

    /// Stores a change. What is stored then, where it says so.
    pub fn save<'a>(
        &'a self,
        access: &'a Access,
        change: &'a Change,
    ) -> Pending<'a, Option<Stored>> {
        match self {
            Self::Auth0(store) => Box::pin(store.save(access, change)),
            Self::Endpoint(store) => Box::pin(store.save(access, change)),
            Self::Callback(store) => Box::pin(store.save(access, change)),
            Self::Handover(store) => Box::pin(store.save(access, change)),
        }
    }
}

impl Stored {
    /// What a profile says.
    pub fn read(mut profile: Object) -> Self {
        let metadata = match profile.remove("user_metadata") {
            Some(Value::Object(metadata)) => metadata,
            _ => Object::new(),
        };
        Self { profile, metadata }
    }
}

impl Change {
    /// What changes of `user_metadata`. The history is sent whole: a tenant
    /// merges the first level of keys, and replaces what is below.
    pub fn metadata(&self) -> Object {
        let mut metadata = self.answers.clone();
        metadata.insert(HISTORY, self.history.to_value());
        metadata
    }

    /// Whether it is stored.
    pub fn is_in(&self, stored: &Stored) -> bool {
        let answers = self.answers.iter().all(|(name, value)| {
            let found = stored.metadata.get(name);
            match value {
                Value::Null => found.is_none_or(|found| *found == Value::Null),
                value => found == Some(value),
            }
        });
        answers && self.missing_in(stored).is_none()
    }

    /// Leaves answers out. Whether that makes it another change.
    pub fn leave_out(&mut self, names: &[&str]) -> bool {
        let before = self.answers.len();
        for name in names {
            self.answers.remove(name);
        }
        let is_another = self.answers.len() != before;
        if is_another {
            self.key = crypto::uuid();
        }
        is_another
    }

    /// The history that has both what was stored and what is to be, unless the
    /// former has it all. A store may have a clock of its own.
    pub fn missing_in(&self, stored: &Stored) -> Option<History> {
        let mut there = History::read(&stored.metadata);
        let own = &self.history;
        let entries = own.entries.iter().all(|(name, own)| {
            there
                .entry(name)
                .is_some_and(|it| it.outcome == own.outcome && it.asked >= own.asked)
        });
        let events = own.events.iter().all(|(name, _)| there.has_event(name));
        let receipts = own.receipts.iter().all(|(name, own)| {
            let mut there = there.receipts.iter();
            there.any(|(field, it)| field == name && it.granted == own.granted)
        });
        if entries && events && receipts {
            return None;
        }
        there.merge(own);
        Some(there)
    }
}
