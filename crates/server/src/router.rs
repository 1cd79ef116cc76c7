//! The router: every endpoint, and the bounds around them.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::MatchedPath;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json, Router, middleware};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};
use tower_http::trace::TraceLayer;

use crate::app::App;
use crate::email_verification;
use crate::fault;
use crate::federation;
use crate::http::{body, cors, headers};
use crate::limits;
use crate::metrics;
use crate::routes;
use crate::routes::management::{clients, jobs, users};

/// How long a client may take to send a piece of its body.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a reply may take.
const REPLY_TIMEOUT: Duration = Duration::from_secs(30);

/// All endpoints.
pub fn router(app: Arc<App>) -> Router {
    let sign_in = Router::new()
        .route("/co/authenticate", post(routes::authenticate::post))
        .method_not_allowed_fallback(routes::unserved::method);
    let api = Router::new()
        .route("/dbconnections/signup", post(routes::sign_up::post))
        .route(
            "/dbconnections/change_password",
            post(routes::change_password::post),
        )
        .route(
            "/passwordless/start",
            post(routes::passwordless::start::post),
        )
        .route("/oauth/token", post(routes::token::post))
        .route("/oauth/revoke", post(routes::revoke::post))
        .route(
            "/userinfo",
            get(routes::user_info::get).post(routes::user_info::get),
        )
        .route("/api/v2/users", get(users::list).post(users::post))
        .route(
            "/api/v2/users/{id}",
            get(users::get).patch(users::patch).delete(users::delete),
        )
        .route("/api/v2/users-by-email", get(users::by_email))
        .route("/api/v2/clients", get(clients::list))
        .route("/api/v2/clients/{id}", get(clients::get))
        .route(
            "/api/v2/jobs/verification-email",
            post(jobs::verification_email),
        )
        .route("/api/v2/users/{id}/consents", get(routes::consents::list))
        .route("/consents/texts/{hash}", get(routes::consents::text))
        .route("/client/{file}", get(routes::client::get))
        .merge(routes::unserved::router())
        .method_not_allowed_fallback(routes::unserved::method);
    let keys = Router::new()
        .route("/.well-known/jwks.json", get(routes::discovery::keys))
        .route(
            "/.well-known/openid-configuration",
            get(routes::discovery::configuration),
        )
        .method_not_allowed_fallback(routes::unserved::method);
    let pages = Router::new()
        .route(
            "/authorize",
            get(routes::authorize::get).post(routes::authorize::post),
        )
        .route("/login", get(routes::login::get).post(routes::login::post))
        .route(
            federation::CALLBACK,
            get(routes::login_callback::get).post(routes::login_callback::post),
        )
        .route(
            "/passwordless/verify_redirect",
            get(routes::passwordless::verify::get).post(routes::passwordless::verify::post),
        )
        .route(
            "/continue-profile",
            get(routes::continue_profile::get).post(routes::continue_profile::post),
        )
        .route("/v2/logout", get(routes::logout::get))
        .route(
            "/oidc/logout",
            get(routes::oidc_logout::get).post(routes::oidc_logout::post),
        )
        .route("/oidc/logout/confirm", post(routes::oidc_logout::confirm))
        .route(
            "/lo/reset",
            get(routes::reset::get).post(routes::reset::post),
        )
        .route(
            email_verification::PATH,
            get(routes::verify_email::get).post(routes::verify_email::post),
        );
    // What is the same for everybody, and what whoever runs the server asks.
    let free = Router::new()
        .route("/lo/{file}", get(routes::files::page))
        .route("/dev/mailbox", get(routes::dev::mailbox))
        .route("/dev/mailbox.json", get(routes::dev::mailbox_json))
        .route(
            "/dev/clock",
            get(routes::dev::clock).post(routes::dev::advance),
        )
        .route("/latchlet/{*file}", get(routes::files::get))
        .route("/demo", get(routes::files::demo))
        .route("/", get(routes::files::home))
        .route("/health", get(routes::health::live))
        .route("/ready", get(routes::health::ready))
        .fallback(async || (StatusCode::NOT_FOUND, "There is nothing here.\n"));
    let of_pages = middleware::from_fn_with_state(Arc::clone(&app), limits::of_pages);
    let of_api = middleware::from_fn_with_state(Arc::clone(&app), limits::of_api);
    // A page can read only what has the headers for it, a refusal of the bounds
    // too: so they stand inside.
    Router::new()
        .merge(bounded(sign_in.layer(of_api.clone())).layer(cors::with_credentials(&app)))
        .merge(bounded(api.layer(of_api).merge(keys)).layer(cors::without_credentials(&app)))
        .merge(bounded(pages.layer(of_pages).merge(free)))
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
