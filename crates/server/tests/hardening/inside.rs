//! The router asked in process, without a socket, and the list of its routes.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::Response;
use latchlet_server::config::ServerConfig;
use latchlet_server::mail::{Mailbox, Post};
use latchlet_server::{App, router};
use latchlet_store::Store;
use tower::ServiceExt;

use crate::harness::{Place, Server, box_config};
use crate::limits::unlimited;

/// A router over a database of its own.
pub struct Inside {
    pub app: Arc<App>,
    router: Router,
    _place: Place,
}

/// An answer, read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Inside {
    pub async fn at(public_url: &str) -> Self {
        let place = Server::place(&unlimited(), &box_config()).await;
        let config = place.folder.path().join("server.json");
        let config = ServerConfig::load(&config, public_url).unwrap();
        let store = Store::open(place.database.url()).await.unwrap();
        let post = Post::Mailbox(Mailbox::default());
        let app = App::new(config, store, public_url, post).await.unwrap();
        Self {
            router: router(Arc::clone(&app)),
            app,
            _place: place,
        }
    }

    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let response: Response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: to_bytes(body, usize::MAX).await.unwrap().to_vec(),
        }
    }
}

/// The paths of all routes: the table that they are made of.
pub fn routes() -> Vec<String> {
    let source: String = sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")))
        .iter()
        .map(|file| fs::read_to_string(file).unwrap())
        .collect();
    // Nothing may come to a router by another way; /metrics has a listener of its
    // own.
    assert_eq!(source.matches(".route(").count(), 2);
    for other in [".nest(", ".nest_service(", ".route_service("] {
        assert!(!source.contains(other), "{other}");
    }
    let document = latchlet_server::api::document("/");
    document["paths"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let inside = folders.iter().flat_map(|folder| sources(folder));
    let rust = files
        .into_iter()
        .filter(|file| file.extension().is_some_and(|it| it == "rs"));
    rust.chain(inside).collect()
}

/// A path with something in the place of its parameters.
pub fn filled(route: &str, with: &str) -> String {
    let mut path = String::new();
    let mut rest = route;
    while let Some((before, after)) = rest.split_once('{') {
        path.push_str(before);
        path.push_str(with);
        rest = after.split_once('}').unwrap().1;
    }
    path + rest
}
