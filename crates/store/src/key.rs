//! The keys that tokens are signed with.

use crate::UnixMillis;

/// A private key and the name that tokens call it by.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKey {
    /// The key id, `kid` in the header of a token.
    pub kid: String,
    /// The private key in PKCS #8.
    pub pkcs8: Vec<u8>,
    /// Its self-signed certificate in DER; a key of an older database has none.
    pub certificate: Option<Vec<u8>>,
    /// When it was made.
    pub created_at: UnixMillis,
    /// Since when it signs, until the next one does. One that is still to come
    /// has no such time.
    pub signs_from: Option<UnixMillis>,
}
