//! The router: the endpoints, and the bounds around them.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::MatchedPath;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router, middleware};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};
use tower_http::trace::TraceLayer;

use crate::api;
use crate::app::App;
use crate::fault;
use crate::http::{body, cors, headers};
use crate::limits;
use crate::metrics;
use crate::routes;

/// How long a client may take to send a piece of its body.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a reply may take.
const REPLY_TIMEOUT: Duration = Duration::from_secs(30);

/// All endpoints.
pub fn router(app: Arc<App>) -> Router {
    let of_pages = middleware::from_fn_with_state(Arc::clone(&app), limits::of_pages);
    let of_api = middleware::from_fn_with_state(Arc::clone(&app), limits::of_api);
    let sign_in = api::with_cookies().layer(of_api.clone());
    let api = api::without_cookies().layer(of_api).merge(api::keys());
    let pages = api::pages().layer(of_pages).merge(api::free());
    let pages = pages.fallback(async || (StatusCode::NOT_FOUND, "There is nothing here.\n"));
    // A page can read only what has the headers for it, a refusal of the bounds
    // too: so they stand inside.
    Router::new()
        .merge(bounded(sign_in).layer(cors::with_credentials(&app)))
        .merge(bounded(api).layer(cors::without_credentials(&app)))
        .merge(bounded(pages))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&app),
            headers::secure,
        ))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&app),
            metrics::observe,
        ))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .layer(middleware::map_request(headers::without_request_id))
        .with_state(app)
}

/// What is counted, for a listener of its own: it is nobody's business but that
/// of whoever runs the server.
pub fn metrics_router(app: Arc<App>) -> Router {
    Router::new()
        .route("/metrics", get(routes::health::metrics))
        .with_state(app)
}

/// Bounds the size of requests and the time for both sides.
fn bounded(router: Router<Arc<App>>) -> Router<Arc<App>> {
    router
        .layer(RequestBodyLimitLayer::new(body::MAX_BYTES))
        .layer(RequestBodyTimeoutLayer::new(BODY_TIMEOUT))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            REPLY_TIMEOUT,
        ))
        .layer(CatchPanicLayer::custom(panicked))
}

/// A span with the id that the client gets, and the endpoint. The address itself
/// stays out of it: it may hold a ticket, or whatever somebody wrote into it.
fn span(request: &axum::extract::Request) -> tracing::Span {
    let id = request
        .headers()
        .get("x-request-id")
        .and_then(|id| id.to_str().ok())
        .unwrap_or_default();
    let path = request.extensions().get::<MatchedPath>();
    tracing::info_span!(
        "request",
        id,
        method = %request.method(),
        path = path.map_or("unknown", MatchedPath::as_str),
    )
}

fn panicked(_: Box<dyn std::any::Any + Send>) -> axum::response::Response {
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        Json(fault::internal().to_oauth()),
    )
        .into_response()
}
