//! Every endpoint: what serves it, and how the document of the API tells it.
//!
//! A route cannot be added without its description, nor a description without its
//! route; tests hold every reply that they get against the document.

mod authentication;
mod management;
mod operation;
mod pages;
mod schemas;

use std::sync::Arc;

use axum::Router;
use serde_json::{Map, Value, json};

use crate::app::App;
use crate::routes::unserved;
use operation::Operation;

/// `POST /co/authenticate`, where pages send their cookies along.
pub(crate) fn with_cookies() -> Router<Arc<App>> {
    routes(authentication::with_cookies()).method_not_allowed_fallback(unserved::method)
}

/// What pages of applications, and programs, call without cookies.
pub(crate) fn without_cookies() -> Router<Arc<App>> {
    routes(authentication::without_cookies())
        .merge(routes(management::operations()))
        .method_not_allowed_fallback(unserved::method)
}

/// What is the same for everybody who asks.
pub(crate) fn keys() -> Router<Arc<App>> {
    routes(authentication::keys()).method_not_allowed_fallback(unserved::method)
}

/// What browsers are sent to.
pub(crate) fn pages() -> Router<Arc<App>> {
    routes(pages::for_people())
}

/// Files, and what whoever runs the server asks.
pub(crate) fn free() -> Router<Arc<App>> {
    routes(pages::free())
}

fn routes(operations: Vec<Operation>) -> Router<Arc<App>> {
    let router = Router::new();
    operations.into_iter().fold(router, |router, operation| {
        router.route(operation.path, operation.endpoint)
    })
}

/// The document in OpenAPI 3.1, of a server at an address.
pub fn document(public_url: &str) -> Value {
    let operations = [
        authentication::with_cookies(),
        authentication::without_cookies(),
        authentication::keys(),
        management::operations(),
        pages::for_people(),
        pages::free(),
    ];
    let mut paths = Map::new();
    for operation in operations.iter().flatten() {
        let path = paths.entry(operation.documented_path());
        let path = path.or_insert_with(|| json!({}));
        path[operation.method] = operation.to_value();
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Latchlet",
            "description": "Sign-up, sign-in and profiles, by the contract of Auth0's \
                            Authentication and Management APIs.",
            "version": env!("CARGO_PKG_VERSION"),
        },
        "servers": [{ "url": public_url }],
        "paths": paths,
        "components": {
            "schemas": schemas::all(),
            "securitySchemes": {
                "accessToken": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" },
            },
        },
    })
}
