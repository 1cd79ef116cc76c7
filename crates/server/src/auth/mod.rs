//! All cryptography: passwords, secrets, signing keys and tokens.

mod keys;
mod password;
pub mod secret;
mod session_token;
mod token;

pub use keys::Keys;
pub use password::Hasher;
pub use session_token::{SharedSecret, claimed_issuer};
pub use token::{AccessClaims, Lifetimes, TokenRefused, issue_access_token, issue_id_token};
