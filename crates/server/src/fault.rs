//! What goes wrong inside. A client hears that something did; the log has the
//! rest, under the request id that the client got.

use latchlet_store::StoreError;
use latchlet_wire::ApiError;
use latchlet_wire::error::code;

/// Something that is not the client's doing.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The operating system gave no random numbers.
    #[error("the operating system gives no random numbers")]
    Randomness,
    /// A password could not be hashed.
    #[error("a password could not be hashed: {0}")]
    Hashing(String),
    /// A signing key could not be made, read or used.
    #[error("a signing key could not be used: {0}")]
    SigningKey(String),
    /// Requests to other servers cannot be sent.
    #[error("no request can be sent to another server: {0}")]
    Web(String),
    /// More passwords wait to be hashed, or letters to be sent, than can be
    /// soon.
    #[error("too many passwords wait to be hashed, or letters to be sent")]
    Busy,
    /// There were too many wrong passwords or codes; after so many seconds there
    /// may be more.
    #[error("too many wrong passwords or codes")]
    TooManyAttempts(u32),
}

impl From<Fault> for ApiError {
    fn from(fault: Fault) -> Self {
        if let Fault::Busy = fault {
            tracing::warn!("{fault}");
            return ApiError::new(
                503,
                "temporarily_unavailable",
                "Too many people are signing in at this moment. Try again in a few seconds.",
            );
        }
        if let Fault::TooManyAttempts(seconds) = fault {
            return ApiError {
                retry_after: Some(seconds),
                ..ApiError::new(
                    429,
                    code::TOO_MANY_ATTEMPTS,
                    "There were too many wrong logins, to this account or from this address. \
                     Wait as long as Retry-After says.",
                )
            };
        }
        tracing::error!("{fault}");
        internal()
    }
}

/// What a client hears of something that went wrong inside.
pub fn internal() -> ApiError {
    ApiError::new(
        500,
        code::SERVER_ERROR,
        "Something went wrong on the server. Its log has the details under this reply's \
         x-request-id.",
    )
}
