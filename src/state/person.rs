//! Who is logged in, and what is known of them.

use std::cell::RefCell;

use latchlet_core::config::{Config, Progressive};
use latchlet_core::progressive::{Facts, History, Plan, Seconds, plan};
use latchlet_core::{Object, Value};

use crate::backend::profile::{Access, Change, Store, Stored};
use crate::browser::gate::Turn;
use crate::browser::{crypto, page};

/// Who is logged in, and what is known of them.
pub struct Person {
    /// Who they are, and what opens their profile.
    pub access: Access,
    /// What was asked before.
    pub history: RefCell<History>,
    /// Whether this login is not in the stored history yet.
    pub is_new_login: bool,
    /// One change is stored after the other.
    pub turn: Turn,
    /// What a part of the page asks for now.
    pub requested: RefCell<Vec<String>>,
    /// Where what they say is stored.
    pub store: Store,
    /// The client id, if what cannot be sent waits in the browser.
    pub queue: Option<String>,
    /// Which login of theirs this is.
    pub login: u32,
    signed_up: Option<Seconds>,
    stored: RefCell<Stored>,
}

impl Person {
    /// What is known of somebody by what is stored.
    pub fn new(store: Store, mut access: Access, stored: Stored, queue: Option<String>) -> Self {
        let profile = &stored.profile;
        if access.user.is_empty() {
            let id = profile.text("user_id").or(profile.text("sub"));
            access.user = id.unwrap_or_default().to_owned();
        }
        let count = profile.get("logins_count").and_then(Value::as_number);
        let count = count.map(|count| count as u32);
        let mut history = History::read(&stored.metadata);
        let before = history.login.clone();
        let login = match count {
            Some(count) if store.capabilities().counts_logins => count.max(1),
            _ => {
                history.login.seen(&access.mark(), count);
                history.login.count
            }
        };
        let signed_up = profile.get("created_at").and_then(time);
        Self {
            is_new_login: history.login != before,
            signed_up,
            login,
            queue,
            store,
            access,
            history: RefCell::new(history),
            turn: Turn::default(),
            stored: RefCell::new(stored),
            requested: RefCell::default(),
        }
    }

    /// What is stored as the answer to a question.
    pub fn stored(&self, name: &str) -> Option<Value> {
        self.stored.borrow().metadata.get(name).cloned()
    }

    /// What is asked of them.
    pub fn plan(&self, config: &Config, progressive: &Progressive) -> Plan {
        self.with_facts(config, |facts| {
            plan(
                &progressive.policy,
                &progressive.schema,
                facts,
                page::seconds(),
            )
        })
    }

    /// Reads what is known of them, as the plan does.
    pub fn with_facts<R>(&self, config: &Config, read: impl FnOnce(&Facts<'_>) -> R) -> R {
        let (stored, history) = (self.stored.borrow(), self.history.borrow());
        let requested = self.requested.borrow();
        let identities = stored.profile.get("identities").and_then(Value::as_list);
        let identity = identities
            .and_then(<[Value]>::first)
            .and_then(Value::as_object);
        let connection = identity
            .and_then(|it| it.text("connection"))
            .or(stored.profile.text("connection"));
        // A tenant that sent the browser here says in one place what it knows.
        let claims = stored.profile.get("claims").and_then(Value::as_object);
        read(&Facts {
            user: &self.access.user,
            login: self.login,
            signed_up: self.signed_up,
            claims: claims.unwrap_or(&self.access.claims),
            profile: &stored.profile,
            metadata: &stored.metadata,
            known: Some(&config.known),
            connection: connection.unwrap_or_default(),
            locale: &config.language,
            history: &history,
            requested: &requested,
        })
    }

    /// A change of what is stored, with the history as it is.
    pub fn change(&self, answers: Object) -> Change {
        Change {
            answers,
            history: self.history.borrow().clone(),
            key: crypto::uuid(),
            ends: true,
            leaving: false,
        }
    }

    /// Reads what is stored, which may be more than is known here.
    pub async fn look_again(&self) {
        let _turn = self.turn.take().await;
        if let Ok(stored) = self.store.load(&self.access).await {
            let there = History::read(&stored.metadata);
            self.history.borrow_mut().merge(&there);
            self.stored.borrow_mut().metadata = stored.metadata;
        }
    }

    /// A change is stored. `stored` is what its store says of it.
    pub fn saved(&self, change: &Change, stored: Option<Stored>) {
        let mut known = self.stored.borrow_mut();
        let mut history = self.history.borrow_mut();
        match stored {
            Some(stored) => {
                *history = History::read(&stored.metadata);
                known.metadata = stored.metadata;
            }
            None => {
                history.merge(&change.history);
                for (name, value) in change.answers.iter() {
                    match value {
                        Value::Null => known.metadata.remove(name),
                        value => known.metadata.insert(name, value.clone()),
                    };
                }
            }
        }
    }
}

/// A time, in ISO 8601 as profiles have it, or in seconds.
fn time(value: &Value) -> Option<Seconds> {
    match value {
        Value::Number(seconds) => Some(*seconds as Seconds),
        value => Some((page::time(value.as_text()?)? / 1000.0) as Seconds),
    }
}

/// What came of a prompt for the page that asked.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// What was answered, by the name of the field.
    pub values: Object,
    /// Whether the prompt was skipped or put off.
    pub skipped: bool,
}

impl Outcome {
    /// What the page gets.
    pub fn into_value(self) -> Value {
        let answered: Vec<Value> = self
            .values
            .iter()
            .filter(|(_, value)| **value != Value::Null)
            .map(|(name, _)| name.into())
            .collect();
        let mut outcome = Object::new();
        outcome.insert("values", self.values);
        outcome.insert("answered", answered);
        outcome.insert("skipped", self.skipped);
        outcome.into()
    }
}
