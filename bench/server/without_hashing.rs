//! The server with password hashes that cost nothing, to see what the rest of a
//! sign-up costs. It is a program of the bench's own, so that none that anybody
//! runs can be told to do the same.

use std::future::pending;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use latchlet_server::auth::Hasher;
use latchlet_server::config::ServerConfig;
use latchlet_server::mail::Post;
use latchlet_server::serve::{listen, serve};
use latchlet_server::{App, router};
use latchlet_store::Store;

/// The options of `latchlet serve` that the bench gives.
#[derive(Args)]
pub struct ServeWithoutHashing {
    #[arg(long)]
    listen: SocketAddr,
    #[arg(long)]
    public_url: String,
    #[arg(long)]
    database: String,
    #[arg(long)]
    config: PathBuf,
}

impl ServeWithoutHashing {
    /// Serves until the bench ends it.
    pub async fn run(self) -> io::Result<()> {
        let (url, other) = (&self.public_url, io::Error::other::<String>);
        let config = ServerConfig::load(&self.config, url).map_err(|it| other(it.to_string()))?;
        let store = Store::open(&self.database)
            .await
            .map_err(io::Error::other)?;
        let hasher = Hasher::worthless().map_err(io::Error::other)?;
        let app = App::with_hasher(config, store, url, Post::Nothing, hasher)
            .await
            .map_err(io::Error::other)?;
        let listener = listen(self.listen).await.map_err(io::Error::other)?;
        serve(listener, None, router(app), pending()).await;
        Ok(())
    }
}
