//! The port to an auth backend. An adapter turns answers into its requests,
//! and its replies into core's outcomes.

mod auth0;
mod failure;

use latchlet_core::{Answers, Failure, Form, Object, Value};

pub use auth0::Auth0;

/// What the box needs of an auth backend.
pub trait AuthBackend {
    /// Makes an account with these answers to a form.
    async fn sign_up(&self, form: &Form, answers: &Answers) -> Result<(), Failure>;

    /// Checks who somebody is. The address that finishes the login, to which
    /// the browser must go.
    async fn sign_in(&self, identifier: &str, password: &str) -> Result<String, Failure>;

    /// What the end of a login of ours brought, if the page was opened by one.
    /// It is claimed at once: no other box sees it, and no reload.
    fn claim(&self) -> Option<Returned>;

    /// Finishes that login.
    async fn resume(&self, returned: Returned) -> Result<Session, Failure>;
}

/// What `/authorize` sent back, and what was kept for it.
pub struct Returned {
    code: Option<String>,
    transaction: Option<Object>,
}

/// A login: what the page gets to act for the person.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// For the API that was named as audience.
    pub access_token: String,
    /// Seconds until the access token ends.
    pub expires_in: u32,
    /// The scope that was granted.
    pub scope: Option<String>,
    /// Who logged in, as the backend signed it.
    pub id_token: String,
    /// If the scope has `offline_access`.
    pub refresh_token: Option<String>,
    /// The claims of the ID token.
    pub claims: Value,
}
