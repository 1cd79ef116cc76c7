//! What can go wrong: the refusals that a caller answers, and failures.

/// Why the store did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another user has this id.
    #[error("another user has this id")]
    IdTaken,
    /// Another user of the connection has this address.
    #[error("another user of this connection has this e-mail address")]
    EmailTaken,
    /// Another user of the connection has this telephone number.
    #[error("another user of this connection has this telephone number")]
    PhoneNumberTaken,
    /// Another user of the connection has this name.
    #[error("another user of this connection has this user name")]
    UsernameTaken,
    /// The identity belongs to a user already.
    #[error("this identity belongs to a user already")]
    IdentityTaken,
    /// The database could not be opened.
    #[error("cannot open the database {url}: {reason}")]
    CannotOpen {
        /// The address that was given, without a password.
        url: String,
        /// What the database says.
        reason: String,
    },
    /// Others use the database, and what was asked needs it alone.
    #[error("others use the database without a pause: try again")]
    InUse,
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// What was stored is not JSON any more.
    #[error("a stored value cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
}
