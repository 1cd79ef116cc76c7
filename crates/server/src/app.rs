//! What the endpoints share.

use std::sync::Arc;

use latchlet_store::Store;

use crate::auth::{Hasher, Keys};
use crate::config::ServerConfig;
use crate::fault::Fault;

/// What the endpoints share.
pub struct App {
    /// Clients and connections.
    pub config: ServerConfig,
    /// Users, sessions and keys.
    pub store: Store,
    pub(crate) keys: Keys,
    pub(crate) hasher: Hasher,
    /// The address that clients reach the server at, without a `/` at the end.
    public_url: String,
}

impl App {
    /// An app over an open store. Makes the first signing key if there is none.
    pub async fn new(
        config: ServerConfig,
        store: Store,
        public_url: &str,
    ) -> Result<Arc<Self>, Fault> {
        Ok(Arc::new(Self {
            keys: Keys::load(&store).await?,
            hasher: Hasher::new()?,
            config,
            store,
            public_url: public_url.to_owned(),
        }))
    }

    /// The name of the server in tokens: its address and a `/`, which clients
    /// compare letter by letter.
    pub fn issuer(&self) -> String {
        self.url("/")
    }

    /// The whole address of a path.
    pub fn url(&self, path: &str) -> String {
        [&self.public_url, path].concat()
    }

    /// Whether clients come over TLS.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}
