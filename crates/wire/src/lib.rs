//! The HTTP contract between the box and the auth backend: requests, replies
//! and errors as Auth0's Authentication API shapes them.
//!
//! The widget writes what the server reads and the other way round, so both
//! use these types and a change of the contract is a change in one place.
//! Everything goes through [`latchlet_core::Value`]: the widget has no JSON
//! library, and the server finds the wrong property of a body by its name.

pub mod authenticate;
pub mod change_password;
pub mod client;
pub mod continuation;
pub mod error;
pub mod grant;
pub mod job;
mod malformed;
pub mod management;
pub mod password;
pub mod passwordless;
pub mod profile;
pub mod sign_up;
pub mod token;

pub use authenticate::{AuthenticateRequest, AuthenticateResponse, Credential};
pub use change_password::ChangePasswordRequest;
pub use client::{ClientSettings, ConnectionSettings, FederatedSettings};
pub use continuation::{ContinueRequest, ContinueResponse};
pub use error::{ApiError, FieldError};
pub use grant::{DirectGrant, Proof};
pub use job::VerificationEmailRequest;
pub use malformed::Malformed;
pub use management::UserFields;
pub use passwordless::{Delivery, PasswordlessStartRequest, PasswordlessStartResponse, Recipient};
pub use profile::MetadataUpdate;
pub use sign_up::{SignupRequest, SignupResponse};
pub use token::{TokenRequest, TokenResponse};
