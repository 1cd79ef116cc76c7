//! What an application proves itself with. Of its secret, the SHA-256 is kept,
//! so that two of them are compared in the same time whatever they are.

use latchlet_store::Digest;

use super::secret;

/// The least characters of a secret.
const MIN: usize = 32;

/// The secret of an application.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientSecret(Digest);

impl ClientSecret {
    /// A secret, if it is long enough.
    pub fn new(text: &str) -> Option<Self> {
        (text.chars().count() >= MIN).then(|| Self(secret::digest(text)))
    }

    /// Whether this is it.
    pub fn is(&self, text: &str) -> bool {
        secret::same(&self.0, &secret::digest(text))
    }
}

impl std::fmt::Debug for ClientSecret {
    /// Without the secret.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("ClientSecret")
    }
}
