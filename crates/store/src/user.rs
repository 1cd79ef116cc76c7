//! A user of a connection.

use latchlet_core::Object;

use crate::UnixMillis;

/// A user of a connection.
#[derive(Clone, PartialEq)]
pub struct User {
    /// 128 random bits in hexadecimal; of somebody who came from another
    /// provider, what it calls them.
    pub id: String,
    /// What stands before the `|` in `sub`: `auth0` for a database connection,
    /// `email` or `sms` for a passwordless one, else the strategy.
    pub provider: String,
    /// The connection that the account belongs to.
    pub connection: String,
    /// The address in its canonical form.
    pub email: Option<String>,
    /// Whether the address is known to be the person's own.
    pub email_verified: bool,
    /// The international telephone number.
    pub phone_number: Option<String>,
    /// Whether the number is known to be the person's own.
    pub phone_verified: bool,
    /// The name to sign in with, in its canonical form.
    pub username: Option<String>,
    /// The password's hash, as a PHC string, if there is a password.
    pub password_hash: Option<String>,
    /// When they last chose another password for one they had forgotten.
    pub last_password_reset: Option<UnixMillis>,
    /// Whether somebody forbade them to sign in.
    pub blocked: bool,
    /// What consents call them: random, and known here alone.
    pub consent_subject: String,
    /// Attributes at the root of the profile, such as `given_name`.
    pub attributes: Object,
    /// What the person said about themselves, exactly as typed.
    pub user_metadata: Object,
    /// What the application knows about them.
    pub app_metadata: Object,
    /// When they signed up.
    pub created_at: UnixMillis,
    /// When the profile last changed.
    pub updated_at: UnixMillis,
    /// When they last signed in.
    pub last_login: Option<UnixMillis>,
    /// How often they signed in.
    pub logins_count: u32,
}
