//! The keys that tokens are signed with.

use crate::UnixMillis;

/// A private key and the name that tokens call it by.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKey {
    /// The key id, `kid` in the header of a token.
    pub kid: String,
    /// The private key in PKCS #8.
    pub pkcs8: Vec<u8>,
    /// When it was made. The newest key signs.
    pub created_at: UnixMillis,
}
