//! What is sent to somebody who signs in without a password.

use latchlet_core::Object;

use crate::{Digest, UnixMillis};

/// For whom a code or a link is good, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressee {
    /// The passwordless connection.
    pub connection: String,
    /// The address or the number, in its canonical form.
    pub recipient: String,
    /// The application.
    pub client_id: String,
}

/// Six digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneTimeCode {
    /// For whom it is.
    pub addressee: Addressee,
    /// The hash of the digits: a slow one, since there are few of them.
    pub code_hash: String,
    /// Until when the code is good.
    pub expires_at: UnixMillis,
}

/// A link.
#[derive(Clone, Debug, PartialEq)]
pub struct MagicLink {
    /// What the link carries.
    pub ticket: Digest,
    /// For whom it is.
    pub addressee: Addressee,
    /// What `/authorize` would be asked, by parameter.
    pub parameters: Object,
    /// Until when the link is good.
    pub expires_at: UnixMillis,
}
