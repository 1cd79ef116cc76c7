//! What clients find the server by (OpenID Connect Discovery 1.0), and the
//! keys that they check its tokens with. Only what is served stands here.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use serde_json::json;

use crate::app::App;
use crate::client_auth;
use crate::config::GrantType;
use crate::scope;

/// Long enough to spare a request, short enough to notice a new key.
const CACHED: &str = "public, max-age=300";

/// `GET /.well-known/openid-configuration`
pub async fn configuration(State(app): State<Arc<App>>) -> impl IntoResponse {
    let clients = &app.config.clients;
    let is_allowed = |it: &GrantType| clients.iter().any(|client| client.grant_types.contains(it));
    let grant_types = GrantType::ALL.into_iter().filter(is_allowed);
    let grant_types: Vec<&str> = grant_types.map(GrantType::as_str).collect();
    let body = json!({
        "issuer": app.issuer(),
        "authorization_endpoint": app.url("/authorize"),
        "token_endpoint": app.url("/oauth/token"),
        "revocation_endpoint": app.url("/oauth/revoke"),
        "userinfo_endpoint": app.url("/userinfo"),
        "end_session_endpoint": app.url("/oidc/logout"),
        "jwks_uri": app.url("/.well-known/jwks.json"),
        "scopes_supported": scope::OPENID,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query", "fragment", "form_post", "web_message"],
        "grant_types_supported": grant_types,
        "code_challenge_methods_supported": ["S256"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": client_auth::METHODS,
        "revocation_endpoint_auth_methods_supported": client_auth::METHODS,
        "claims_supported": [
            "aud", "auth_time", "email", "email_verified", "exp", "family_name", "given_name",
            "iat", "iss", "name", "nickname", "nonce", "phone_number", "phone_number_verified",
            "picture", "sid", "sub", "updated_at"
        ],
        "authorization_response_iss_parameter_supported": true,
        "request_uri_parameter_supported": false,
        "request_parameter_supported": false
    });
    ([(CACHE_CONTROL, CACHED)], Json(body))
}

/// `GET /.well-known/jwks.json`
pub async fn keys(State(app): State<Arc<App>>) -> impl IntoResponse {
    ([(CACHE_CONTROL, CACHED)], Json(app.keys.published()))
}
