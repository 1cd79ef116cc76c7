//! What the auth backend remembers: users and their metadata, sessions, codes,
//! links and tokens, consents, signing keys.
//!
//! [`Store`] is the whole boundary, in the words of the domain; SQL stays
//! behind it, written once for SQLite and PostgreSQL. It has no clock and makes no secrets: its callers pass the time,
//! and the SHA-256 of what only a client may hold. Whatever it acknowledges is
//! on disk.

mod allowance;
mod change;
mod consent;
mod email_verification;
mod error;
mod identity;
mod key;
mod passwordless;
mod personal_data;
mod session;
mod sql;
mod store;
#[cfg(feature = "testing")]
pub mod testing;
mod upstream;
mod user;

pub use allowance::{Allowance, Taken};
pub use change::{Changed, Decided, Submission};
pub use consent::{ConsentEvent, ConsentRecord};
pub use email_verification::EmailVerification;
pub use error::StoreError;
pub use identity::Identity;
pub use key::SigningKey;
pub use passwordless::{Addressee, MagicLink, OneTimeCode};
pub use personal_data::PersonalData;
pub use session::{
    AuthorizationCode, BrowserSession, CodeUse, Digest, LoginTicket, RefreshUse, Session,
};
pub use store::Store;
pub use upstream::UpstreamLogin;
pub use user::User;

/// Milliseconds since 1970 (UTC).
pub type UnixMillis = i64;
