//! What clients find the server by (OpenID Connect Discovery 1.0), and the
//! keys that they check its tokens with. Only what is served stands here.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use serde_json::json;

use crate::app::App;

/// Long enough to spare a request, short enough to notice a new key.
const CACHED: &str = "public, max-age=300";

/// `GET /.well-known/openid-configuration`
pub async fn configuration(State(app): State<Arc<App>>) -> impl IntoResponse {
    let body = json!({
        "issuer": app.issuer(),
        "authorization_endpoint": app.url("/authorize"),
        "token_endpoint": app.url("/oauth/token"),
        "userinfo_endpoint": app.url("/userinfo"),
        "jwks_uri": app.url("/.well-known/jwks.json"),
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query", "fragment", "form_post", "web_message"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "code_challenge_methods_supported": ["S256"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["none"],
        "claims_supported": [
            "aud", "auth_time", "email", "email_verified", "exp", "family_name", "given_name",
            "iat", "iss", "name", "nickname", "nonce", "picture", "sid", "sub", "updated_at"
        ],
        "authorization_response_iss_parameter_supported": true,
        "request_uri_parameter_supported": false,
        "request_parameter_supported": false
    });
    ([(CACHE_CONTROL, CACHED)], Json(body))
}

/// `GET /.well-known/jwks.json`
pub async fn keys(State(app): State<Arc<App>>) -> impl IntoResponse {
    (
        [(CACHE_CONTROL, CACHED)],
        Json(app.keys.published().clone()),
    )
}
