//! Whether an address is somebody's: what a letter about it carries.

use crate::{Digest, UnixMillis};

/// A link in a letter, by which a person shows that an address is theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailVerification {
    /// The secret in the link.
    pub ticket: Digest,
    /// Whose address it is to be.
    pub user_id: String,
    /// The address. If it is not theirs any more, the link is worth nothing.
    pub email: String,
    /// Where the person goes on to.
    pub result_url: Option<String>,
    /// Until when the link is good.
    pub expires_at: UnixMillis,
}
