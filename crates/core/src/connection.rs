//! A database connection: what the auth backend asks of an e-mail, a user name
//! and a password.

use crate::password::PasswordPolicy;
use crate::username::UsernameRules;

/// The name that Auth0 gives to the database connection of a new tenant.
pub const DEFAULT_NAME: &str = "Username-Password-Authentication";

/// One database connection.
#[derive(Clone, Debug, PartialEq)]
pub struct Connection {
    /// Its name, sent as `connection` and `realm`.
    pub name: String,
    /// What a new password must meet.
    pub password_policy: PasswordPolicy,
    /// The rules for user names, where accounts have one.
    pub username: Option<UsernameRules>,
}

impl Default for Connection {
    fn default() -> Self {
        Self {
            name: DEFAULT_NAME.to_owned(),
            password_policy: PasswordPolicy::default(),
            username: None,
        }
    }
}
