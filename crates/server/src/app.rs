//! What the endpoints share.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use latchlet_store::{Store, UnixMillis};

use tokio::sync::Semaphore;
use url::Url;

use crate::auth::{Hasher, Keys};
use crate::clock::Clock;
use crate::config::ServerConfig;
use crate::fault::Fault;
use crate::federation::Providers;
use crate::in_flight::InFlight;
use crate::limits::Handfuls;
use crate::mail::Post;
use crate::metrics::Metrics;

/// How many letters may be on their way at once.
const LETTERS: u32 = 64;
/// How long they may take when the process ends.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the endpoints share.
pub struct App {
    /// Clients and connections.
    pub config: ServerConfig,
    /// Users, sessions and keys.
    pub store: Store,
    pub(crate) keys: Keys,
    pub(crate) hasher: Hasher,
    /// How letters travel.
    pub post: Post,
    /// What this process has of limits.
    pub(crate) handfuls: Handfuls,
    pub(crate) clock: Clock,
    pub(crate) providers: Providers,
    pub(crate) in_flight: InFlight,
    pub(crate) metrics: Metrics,
    /// Whether the process was asked to end.
    ending: AtomicBool,
    /// Room for what goes on after a reply.
    later: Arc<Semaphore>,
    /// The address that clients reach the server at, without a `/` at the end.
    public_url: String,
}

impl App {
    /// An app over an open store. Makes the first signing key if there is none.
    pub async fn new(
        config: ServerConfig,
        store: Store,
        public_url: &str,
        post: Post,
    ) -> Result<Arc<Self>, Fault> {
        Self::with_hasher(config, store, public_url, post, Hasher::new()?).await
    }

    /// The same with another hasher.
    pub async fn with_hasher(
        config: ServerConfig,
        store: Store,
        public_url: &str,
        post: Post,
        hasher: Hasher,
    ) -> Result<Arc<Self>, Fault> {
        let clock = Clock::default();
        Ok(Arc::new(Self {
            keys: Keys::open(store.clone(), clock.now()).await?,
            hasher,
            post,
            handfuls: Handfuls::default(),
            clock,
            in_flight: InFlight::default(),
            metrics: Metrics::default(),
            ending: AtomicBool::new(false),
            providers: Providers::of(&config.federated)?,
            later: Arc::new(Semaphore::new(LETTERS as usize)),
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

    /// What time it is, for every part of the server.
    pub fn now(&self) -> UnixMillis {
        self.clock.now()
    }

    /// Does what is due for the signing keys, and reads them again.
    pub(crate) async fn keep_keys(&self) {
        if let Err(fault) = self.keys.keep(self.config.key_rotation, self.now()).await {
            tracing::warn!("the signing keys were not looked after: {fault}");
        }
    }

    /// From now on `/ready` says no, so that no more requests are sent here.
    pub fn end(&self) {
        self.ending.store(true, Ordering::Relaxed);
    }

    /// Whether the process was asked to end.
    pub fn is_ending(&self) -> bool {
        self.ending.load(Ordering::Relaxed)
    }

    /// Waits for what goes on after replies, when no more of them come.
    pub async fn finish(&self) {
        let all = self.later.acquire_many(LETTERS);
        if tokio::time::timeout(PATIENCE, all).await.is_err() {
            tracing::error!("some letters were not sent: the process ends");
        }
    }

    /// Whether clients come over TLS.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// The host of the server's address: the site, as people know it.
    pub fn host(&self) -> String {
        let url = Url::parse(&self.public_url).ok();
        let host = url.as_ref().and_then(Url::host_str);
        host.unwrap_or_default().to_owned()
    }

    /// Goes on with something after the reply, so that its time tells nothing.
    pub(crate) fn later(
        self: &Arc<Self>,
        work: impl Future<Output = Result<(), Fault>> + Send + 'static,
    ) -> Result<(), Fault> {
        let room = Arc::clone(&self.later);
        let place = room.try_acquire_owned().map_err(|_| Fault::Busy)?;
        tokio::spawn(async move {
            let _place = place;
            if let Err(fault) = work.await {
                tracing::error!("a letter was not written: {fault}");
            }
        });
        Ok(())
    }
}
