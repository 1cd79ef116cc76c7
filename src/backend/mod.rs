//! The port to an auth backend. An adapter turns answers into its requests,
//! and its replies into core's outcomes.

mod auth0;
mod failure;
mod login;
pub mod profile;
mod session;
mod settings;

use latchlet_core::connection::{Connection, Passwordless};
use latchlet_core::{Answers, Failure, Form, Object, Value};

pub use auth0::Auth0;
pub use login::Returned;

/// What the box needs of an auth backend. Whatever starts a login ends with
/// the address that finishes it, to which the browser must go.
pub trait AuthBackend {
    /// Makes an account with these answers to a form.
    async fn sign_up(
        &self,
        connection: &Connection,
        form: &Form,
        answers: &Answers,
    ) -> Result<Account, Failure>;

    /// Checks who somebody is, by a password.
    async fn sign_in(
        &self,
        connection: &str,
        identifier: &str,
        password: &str,
    ) -> Result<String, Failure>;

    /// Lets another one say who somebody is.
    async fn federated(&self, connection: &str) -> Result<String, Failure>;

    /// Sends a code or a link.
    async fn send(&self, connection: &Passwordless, to: &str) -> Result<(), Failure>;

    /// Checks who somebody is, by the code that was sent.
    async fn verify(
        &self,
        connection: &Passwordless,
        to: &str,
        code: &str,
    ) -> Result<String, Failure>;

    /// Asks for a mail with a link to a new password.
    async fn reset_password(&self, connection: &str, email: &str) -> Result<(), Failure>;

    /// What the end of a login of ours brought, if the page was opened by one.
    /// It is claimed at once: no other box sees it, and no reload.
    fn claim(&self) -> Option<Returned>;

    /// Finishes that login, and sends what had to wait for one.
    async fn resume(&self, returned: Returned) -> Result<Session, Failure>;
}

/// A new account.
pub struct Account {
    /// What the auth backend said of it.
    pub said: Value,
    /// What one signs in with.
    pub identifier: String,
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
    /// The page's own `state`, if it gave one.
    pub state: Option<String>,
    /// Answers that could not be sent to the profile, for the page to keep.
    pub deferred: Object,
}
