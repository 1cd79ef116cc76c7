//! Somebody whose profile changes, as a plan looks at them.

use latchlet_core::progressive::{Facts, History, Seconds};
use latchlet_core::{Object, Value};
use latchlet_store::{Identity, User};

use crate::profile;

/// What a scope has to grant for everything that is known of a person.
const EVERYTHING: &str = "profile email";

/// Somebody whose profile changes.
#[derive(Clone, Debug, Default)]
pub struct Person {
    /// `sub`.
    pub subject: String,
    /// Which login of theirs this is.
    pub login: u32,
    /// When they signed up.
    pub signed_up: Option<Seconds>,
    /// The claims of the ID token and of `/userinfo`.
    pub claims: Object,
    /// The profile of the Management API, without `user_metadata`.
    pub profile: Object,
    /// What they said about themselves.
    pub metadata: Object,
    /// The connection that they signed in with.
    pub connection: String,
    /// The language of the box, if it is known here.
    pub locale: String,
}

impl Person {
    /// A user of this server.
    pub fn of_user(user: &User, identities: &[Identity]) -> Self {
        let mut profile = match profile::full(user, identities) {
            Value::Object(profile) => profile,
            _ => Object::new(),
        };
        profile.remove("user_metadata");
        Self {
            subject: profile::subject(user),
            login: user.logins_count.max(1),
            signed_up: Some(user.created_at.div_euclid(1000)),
            claims: profile::claims(user, EVERYTHING),
            profile,
            metadata: user.user_metadata.clone(),
            connection: user.connection.clone(),
            locale: String::new(),
        }
    }

    /// What a plan looks at. What only the page knows is not known here, nor
    /// what a part of the page asks for.
    pub fn facts<'a>(&'a self, metadata: &'a Object, history: &'a History) -> Facts<'a> {
        Facts {
            user: &self.subject,
            login: self.login,
            signed_up: self.signed_up,
            claims: &self.claims,
            profile: &self.profile,
            metadata,
            known: None,
            connection: &self.connection,
            locale: &self.locale,
            history,
            requested: &[],
        }
    }
}
