//! People whom another provider knows, and who come from there by OpenID
//! Connect: social and enterprise connections.
//!
//! - `web`: requests to providers, bounded in time and size
//! - `provider`: what a provider says of itself, and its keys
//! - `start`: the way there
//! - `finish`: the way back, and what is verified on it
//! - `claims`: what a provider says of a person, as a profile has it
//! - `account`: whose account that is

mod account;
mod claims;
mod finish;
mod provider;
mod start;
mod web;

pub use finish::{Return, finish};
pub use provider::Providers;
pub use start::{CALLBACK, Departure, start};

use latchlet_wire::ApiError;
use latchlet_wire::error::code;

/// Why a login through another provider does not go on.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Trouble {
    /// The provider does not answer, or says that it cannot.
    #[error("{0}")]
    Unreachable(String),
    /// The provider says something that is not to be believed, or does not know
    /// this server.
    #[error("{0}")]
    Wrong(String),
}

impl Trouble {
    /// What the application hears. The log has the rest.
    pub fn to_api(&self, connection: &str) -> ApiError {
        tracing::warn!("connection `{connection}`: {self}");
        match self {
            Self::Unreachable(_) => {
                let text = " cannot be reached at this moment. Try again, or log in another way.";
                ApiError::new(503, "temporarily_unavailable", [connection, text].concat())
            }
            Self::Wrong(_) => {
                let text = " gave an answer that cannot be used. The log of the server says why.";
                ApiError::new(502, code::SERVER_ERROR, [connection, text].concat())
            }
        }
    }
}
