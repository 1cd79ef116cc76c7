//! All cryptography: passwords, secrets, signing keys and tokens.

mod keys;
mod password;
pub mod secret;
mod token;

pub use keys::Keys;
pub use password::Hasher;
pub use token::{AccessClaims, Lifetimes, TokenRefused, issue_access_token, issue_id_token};
