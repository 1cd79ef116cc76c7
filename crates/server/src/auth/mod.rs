//! All cryptography: passwords, secrets, signing keys and tokens.

mod audience;
mod client_secret;
mod id_token;
mod id_token_hint;
mod keys;
mod password;
pub mod secret;
mod session_token;
mod token;

pub use client_secret::ClientSecret;
pub use id_token::{Expected, IdTokenRefused, ProviderKeys};
pub use id_token_hint::IdTokenHint;
pub use keys::{
    ANNOUNCED, KeyState, Keys, NotRotated, revoke_signing_keys, rotate_signing_keys,
    signing_key_states,
};
pub use password::Hasher;
pub use session_token::{SharedSecret, claimed_issuer};
pub use token::{
    AccessClaims, AccessGrant, Lifetimes, TokenRefused, issue_access_token, issue_id_token,
};
