//! Which pages may read replies: those of the applications' own origins.
//!
//! A preflight does not say for which application it asks, so it is answered
//! for the origins of all. An endpoint whose request names its application
//! (sign-up, sign-in, tokens) then refuses the origins of others. `/userinfo`
//! and `/api/v2/users` do not ask again: what opens them is the access token.

use std::sync::Arc;
use std::time::Duration;

use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue, Method, request};
use tower_http::cors::{AllowOrigin, CorsLayer};

use latchlet_wire::profile::{IDEMPOTENCY_KEY, IDEMPOTENT_REPLAYED};

use crate::app::App;
use crate::limits;

/// For `/co/authenticate`, which sets a cookie.
pub fn with_credentials(app: &Arc<App>) -> CorsLayer {
    let app = Arc::clone(app);
    layer()
        .allow_credentials(true)
        .allow_origin(of(move |origin| {
            app.config
                .clients
                .iter()
                .any(|client| client.may_sign_in(origin))
        }))
}

/// For every other endpoint that pages call.
pub fn without_credentials(app: &Arc<App>) -> CorsLayer {
    let app = Arc::clone(app);
    layer().allow_origin(of(move |origin| {
        app.config
            .clients
            .iter()
            .any(|client| client.may_call(origin))
    }))
}

fn layer() -> CorsLayer {
    CorsLayer::new()
        .allow_methods([Method::GET, Method::POST, Method::PATCH, Method::DELETE])
        .allow_headers([
            AUTHORIZATION,
            CONTENT_TYPE,
            HeaderName::from_static(IDEMPOTENCY_KEY),
            HeaderName::from_static("auth0-client"),
            // Auth0's clients say with it which language a letter should have.
            HeaderName::from_static("x-request-language"),
        ])
        .expose_headers(
            [
                RETRY_AFTER,
                HeaderName::from_static(IDEMPOTENT_REPLAYED),
                HeaderName::from_static("x-request-id"),
            ]
            .into_iter()
            .chain(limits::HEADERS)
            .collect::<Vec<_>>(),
        )
        .max_age(Duration::from_secs(3600))
}

fn of(allowed: impl Fn(&str) -> bool + Clone + Send + Sync + 'static) -> AllowOrigin {
    AllowOrigin::predicate(move |origin: &HeaderValue, _: &request::Parts| {
        origin.to_str().is_ok_and(&allowed)
    })
}
