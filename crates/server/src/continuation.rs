//! Somebody whom a tenant's post-login Action sends here in the middle of a
//! login, to be asked something.
//!
//! What is known of them travels in a token that the tenant signs, what they
//! answer in one that this server signs. Nothing is kept here but what they
//! said to consents.

use std::time::UNIX_EPOCH;

use latchlet_core::progressive::{Asked, HISTORY, History, Plan, Seconds, plan};
use latchlet_core::{Object, Value};
use latchlet_store::{ConsentEvent, ConsentRecord};
use url::Url;

use crate::app::App;
use crate::auth::{Lifetimes, claimed_issuer};
use crate::config::{Continuation, DatabaseConnection};
use crate::fault::Fault;
use crate::profiling::{Person, Questions};

/// Somebody whom a tenant sent.
pub struct Visit<'a> {
    pub tenant: &'a Continuation,
    /// The connection whose box has the questions.
    pub connection: &'a DatabaseConnection,
    pub person: Person,
    state: &'a str,
    /// When the tenant signed what it sent along.
    issued_at: Seconds,
}

impl<'a> Visit<'a> {
    /// Reads what the tenant sent along. `None` if it is not believed.
    pub fn read(app: &'a App, token: &str, state: &'a str) -> Option<Self> {
        let tenant = app.config.continuation(&claimed_issuer(token)?)?;
        let claims = tenant.secret.read(token, &tenant.domain, app.now()).ok()?;
        let issued_at = claims.get("iat").and_then(Value::as_number);
        Some(Self {
            issued_at: issued_at.map_or(Seconds::MAX, |at| at as Seconds),
            tenant,
            connection: app.config.connection(&tenant.connection)?,
            person: person(claims),
            state: Some(state).filter(|state| !state.is_empty())?,
        })
    }

    /// What they are asked.
    pub fn questions(&self) -> Questions<'a> {
        Questions {
            sign_up: self.connection.form.as_deref(),
            progressive: self.connection.progressive.as_ref(),
        }
    }

    /// The plan, and what was asked before.
    pub fn plan(&self, now: Seconds) -> Option<(Plan, History)> {
        let progressive = self.connection.progressive.as_ref()?;
        let history = History::read(&self.person.metadata);
        let facts = self.person.facts(&self.person.metadata, &history);
        let plan = plan(&progressive.policy, &progressive.schema, &facts, now);
        Some((plan, history))
    }

    /// What another source knows and the tenant is to store, where nothing is
    /// asked.
    pub fn known(plan: &Plan, mut history: History) -> Object {
        let mut change = Object::new();
        for (name, value, source) in &plan.keep {
            history.change(name, |entry| entry.source = *source);
            change.insert(name.as_str(), value.clone());
        }
        if !change.is_empty() {
            change.insert(HISTORY, history.to_value());
        }
        change
    }

    /// A change that leaves everything that is asked for another login.
    pub fn skipped(&self, plan: &Plan, mut history: History, now: Seconds) -> Object {
        let mut change = Object::new();
        if let Some(progressive) = &self.connection.progressive {
            history.shown(plan.ask.iter().map(Asked::noted), self.person.login, now);
            history.skipped(&progressive.policy, now);
            change.insert(HISTORY, history.to_value());
        }
        change
    }

    /// Who says something to a consent: a subject is one of its tenant.
    pub fn subject(&self) -> String {
        [&self.tenant.domain, "|", &self.person.subject].concat()
    }

    /// Whether this was said before, at this visit.
    pub fn is_recorded(&self, event: &ConsentEvent, recorded: &[ConsentRecord]) -> bool {
        let of_document = |it: &&ConsentRecord| it.event.document == event.document;
        recorded.iter().rfind(of_document).is_some_and(|last| {
            let last = &last.event;
            (&last.version, &last.decision) == (&event.version, &event.decision)
                && last.at >= self.issued_at.saturating_mul(1000)
        })
    }

    /// Where the browser goes back to.
    pub fn address(&self) -> Option<Url> {
        let mut address = Url::parse(&self.tenant.origin()).ok()?;
        address.set_path("/continue");
        address.query_pairs_mut().append_pair("state", self.state);
        Some(address)
    }

    /// What the tenant is told, signed.
    pub fn answer(&self, app: &App, change: &Object) -> Result<String, Fault> {
        let now = app.now().div_euclid(1000);
        let time = |seconds: i64| Value::Number(seconds as f64);
        let mut claims = Object::new();
        claims.insert("sub", self.person.subject.as_str());
        claims.insert("iss", app.host());
        claims.insert("iat", time(now));
        claims.insert("exp", time(now + Lifetimes::SESSION_TOKEN));
        claims.insert("state", self.state);
        claims.insert("user_metadata", change.clone());
        self.tenant.secret.sign(&claims)
    }

    /// The origins that the browser goes to, for a policy.
    pub fn leads_to(&self) -> String {
        let mut origins = vec![self.tenant.origin()];
        origins.extend_from_slice(&self.tenant.applications);
        origins.join(" ")
    }
}

/// Whom the claims are about. The box reads the same in the same places.
fn person(mut claims: Object) -> Person {
    let object = |value: Option<Value>| match value {
        Some(Value::Object(object)) => object,
        _ => Object::new(),
    };
    let metadata = object(claims.remove("user_metadata"));
    let text = |name: &str| claims.text(name).unwrap_or_default().to_owned();
    let login = claims.get("logins_count").and_then(Value::as_number);
    Person {
        subject: text("sub"),
        login: login.map_or(1, |count| count as u32).max(1),
        signed_up: claims.get("created_at").and_then(time),
        connection: text("connection"),
        locale: text("locale"),
        claims: object(claims.get("claims").cloned()),
        profile: claims,
        metadata,
    }
}

/// A time, in ISO 8601 as profiles have it, or in seconds.
fn time(value: &Value) -> Option<Seconds> {
    match value {
        Value::Number(seconds) => Some(*seconds as Seconds),
        value => {
            let at = humantime::parse_rfc3339_weak(value.as_text()?).ok()?;
            let since = at.duration_since(UNIX_EPOCH).ok()?;
            Seconds::try_from(since.as_secs()).ok()
        }
    }
}
