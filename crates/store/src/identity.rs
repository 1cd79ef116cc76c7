//! Who somebody is elsewhere.

use latchlet_core::Object;

/// An account at another identity provider that belongs to a user here.
#[derive(Clone, Debug, PartialEq)]
pub struct Identity {
    /// The user here.
    pub user_id: String,
    /// What kind of provider it is, such as `google-oauth2` or `oidc`.
    pub provider: String,
    /// The connection to it.
    pub connection: String,
    /// What the provider calls the person: `sub` in its tokens.
    pub subject: String,
    /// Whether it is a social connection, and no enterprise one.
    pub is_social: bool,
    /// What the provider said about the person last.
    pub profile: Object,
}
