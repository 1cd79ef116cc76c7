//! A user of a database connection.

use latchlet_core::Object;

use crate::UnixMillis;

/// A user of a database connection.
#[derive(Clone, PartialEq)]
pub struct User {
    /// 128 random bits in hexadecimal.
    pub id: String,
    /// The connection that the account belongs to.
    pub connection: String,
    /// The address in its canonical form.
    pub email: String,
    /// Whether the address is known to be the person's own.
    pub email_verified: bool,
    /// The name to sign in with, in its canonical form.
    pub username: Option<String>,
    /// The password's hash, as a PHC string.
    pub password_hash: String,
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
