//! Connections: the ways in which somebody can be known to the auth backend.

use crate::password::PasswordPolicy;
use crate::username::UsernameRules;

/// The name that Auth0 gives to the database connection of a new tenant.
pub const DEFAULT_NAME: &str = "Username-Password-Authentication";

/// One database connection: what the auth backend asks of an e-mail, a user
/// name and a password.
#[derive(Clone, Debug, PartialEq)]
pub struct Connection {
    /// Its name, sent as `connection` and `realm`.
    pub name: String,
    /// What a new password must meet.
    pub password_policy: PasswordPolicy,
    /// The rules for user names, where accounts have one.
    pub username: Option<UsernameRules>,
    /// Whether an account can be made here.
    pub allows_sign_up: bool,
    /// Whether a password can be reset here.
    pub allows_reset: bool,
}

impl Default for Connection {
    fn default() -> Self {
        Self {
            name: DEFAULT_NAME.to_owned(),
            password_policy: PasswordPolicy::default(),
            username: None,
            allows_sign_up: true,
            allows_reset: true,
        }
    }
}

/// Every connection of an application, by what the box does with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Connections {
    /// Accounts with a password.
    pub databases: Vec<Connection>,
    /// Others who know the person, social or enterprise: a button each.
    pub federated: Vec<Federated>,
    /// A code or a link that is sent to the person.
    pub passwordless: Option<Passwordless>,
}

impl Connections {
    /// The database connection that the box uses, unless the page resolves
    /// another one for a person.
    pub fn database(&self) -> Option<&Connection> {
        self.databases.first()
    }
}

/// Another one who knows the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Federated {
    /// The name of the connection.
    pub name: String,
    /// Its strategy, such as `google-oauth2`.
    pub strategy: String,
    /// What it is called on its button.
    pub label: String,
    /// The address of its image.
    pub icon: Option<String>,
}

/// Where a code or a link is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passwordless {
    /// The name of the connection.
    pub name: String,
    /// How it reaches the person.
    pub channel: Channel,
    /// Whether it is a link and not a code.
    pub link: bool,
}

/// How a code or a link reaches somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// By e-mail.
    Email,
    /// By text message.
    Sms,
}
