//! `progressiveProfile`: what is asked after the sign-up, when, and where the
//! answers go.

use crate::progressive::{Policy, Schema};
use crate::value::Function;

/// What a config says about progressive profiling.
#[derive(Clone, Debug, PartialEq)]
pub struct Progressive {
    /// What holds for every prompt.
    pub policy: Policy,
    /// The questions.
    pub schema: Schema,
    /// Where the answers go.
    pub save: Save,
    /// Whether answers that cannot be sent wait in the browser, encrypted, for
    /// the next login.
    pub queue: bool,
}

/// Where answers go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Save {
    /// `PATCH /api/v2/users/{id}` of an Auth0 tenant, with the person's own
    /// token.
    #[default]
    Auth0,
    /// The same of the auth backend of this project, which counts logins,
    /// recomputes the plan, and takes an `Idempotency-Key`.
    Latchlet,
    /// The page's own server: a JSON Merge Patch (RFC 7396).
    Endpoint {
        /// Its address.
        url: String,
        /// Whether it knows the person by a cookie, and not by their token.
        cookie: bool,
        /// Whether it takes an `Idempotency-Key`.
        idempotent: bool,
    },
    /// The page of the auth backend to which a post-login Action sends the
    /// browser, and from there back to the tenant.
    Continue,
    /// A function of the page.
    Function(Function),
}
