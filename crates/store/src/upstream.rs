//! A login that goes on at another provider.

use latchlet_core::Object;

use crate::{Digest, UnixMillis};

/// What has to be known when a browser comes back from another provider.
#[derive(Clone, Debug, PartialEq)]
pub struct UpstreamLogin {
    /// What the answer carries: `state`.
    pub state: Digest,
    /// The cookie of the browser that it must come back to.
    pub browser: Digest,
    /// The connection.
    pub connection: String,
    /// What `/authorize` was asked, by parameter.
    pub parameters: Object,
    /// Until when the login can be ended.
    pub expires_at: UnixMillis,
}
