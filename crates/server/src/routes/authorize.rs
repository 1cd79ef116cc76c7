//! `GET /authorize`: a login ticket becomes an authorization code (OAuth 2.1's
//! code flow: PKCE always, exact addresses, `iss` in every answer).
//!
//! As long as it is not certain that the address belongs to the application,
//! nothing is sent there: the person sees a page instead.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::header::{COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use latchlet_core::Object;
use latchlet_store::{AuthorizationCode, LoginTicket, Session};
use latchlet_wire::ApiError;
use latchlet_wire::error::code;
use url::Url;

use super::authenticate::{cookie_name, set_cookie};
use crate::app::App;
use crate::auth::{Lifetimes, secret};
use crate::clock;
use crate::fault::Fault;
use crate::http::{body, page};

/// What `openid profile email offline_access` and the token for one's own
/// profile are asked by.
const SCOPES: [&str; 4] = ["openid", "profile", "email", "offline_access"];
const PROFILE_SCOPES: [&str; 3] = [
    "read:current_user",
    "update:current_user_metadata",
    "create:current_user_metadata",
];

/// Sends the browser back with a code, or with what is in the way.
pub async fn get(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let pairs: Option<Vec<(String, String)>> =
        serde_urlencoded::from_str(query.as_deref().unwrap_or_default()).ok();
    let Some(parameters) = pairs.and_then(|pairs| body::once(pairs).ok()) else {
        return page::sorry(
            StatusCode::BAD_REQUEST,
            "This link is not right",
            "A parameter of the sign-in request is malformed or stands twice.",
        );
    };
    let login = take_login(&app, &headers, &parameters).await;
    let mut response = answer(&app, &parameters, login).await;
    if let Some(ticket) = parameters.text("login_ticket") {
        let co_id = secret::id_of(&secret::digest(ticket));
        let forgotten = AppendHeaders([(SET_COOKIE, set_cookie(&app, &co_id, "", 0))]);
        response = (forgotten, response).into_response();
    }
    response
}

/// Sends the browser back if the address is the application's, and else shows
/// a page.
async fn answer(
    app: &App,
    parameters: &Object,
    login: Result<Option<LoginTicket>, ApiError>,
) -> Response {
    let client = parameters
        .text("client_id")
        .and_then(|id| app.config.client(id));
    let Some(client) = client else {
        return page::sorry(
            StatusCode::BAD_REQUEST,
            "Unknown application",
            "The sign-in request names no application that this server knows.",
        );
    };
    let callback = parameters
        .text("redirect_uri")
        .filter(|uri| client.callbacks.iter().any(|callback| callback == uri))
        .and_then(|uri| Url::parse(uri).ok());
    let Some(callback) = callback else {
        return page::sorry(
            StatusCode::FORBIDDEN,
            "Callback URL mismatch",
            "The sign-in request wants to return to an address that is not among the \
             application's callbacks.",
        );
    };
    match begin(app, &client.id, parameters, login).await {
        Ok(code) => back(app, callback, parameters, &[("code", &code)]),
        Err(error) => {
            let description = error.description.as_text().unwrap_or_default();
            let answer = [
                ("error", error.code.as_str()),
                ("error_description", description),
            ];
            back(app, callback, parameters, &answer)
        }
    }
}

/// Begins a session and returns its code.
async fn begin(
    app: &App,
    client_id: &str,
    parameters: &Object,
    login: Result<Option<LoginTicket>, ApiError>,
) -> Result<String, ApiError> {
    let code_challenge = check(app, parameters)?;
    let now = clock::now();
    let ticket = login?
        .filter(|ticket| ticket.client_id == client_id)
        .ok_or_else(|| ApiError::new(403, code::LOGIN_REQUIRED, "Login required"))?;
    let audience = parameters.text("audience");
    let scope = granted(parameters.text("scope").unwrap_or_default(), audience);
    let offline = scope.split(' ').any(|scope| scope == "offline_access");
    let lifetime = match offline {
        true => Lifetimes::REFRESH_TOKEN_ABSOLUTE,
        false => Lifetimes::CODE + i64::from(Lifetimes::ACCESS_TOKEN),
    };
    let code = secret::secret()?;
    let session = Session {
        id: secret::id()?,
        user_id: ticket.user_id,
        client_id: client_id.to_owned(),
        scope,
        audience: audience.map(str::to_owned),
        signed_in_at: ticket.created_at,
        expires_at: now + lifetime * 1000,
    };
    let kept = AuthorizationCode {
        code: secret::digest(&code),
        redirect_uri: text(parameters, "redirect_uri"),
        code_challenge,
        nonce: parameters.text("nonce").map(str::to_owned),
        expires_at: now + Lifetimes::CODE * 1000,
    };
    app.store
        .begin_session(&session, &kept)
        .await
        .map_err(Fault::from)?;
    Ok(code)
}

/// Checks what the request asks for, and returns its PKCE challenge.
fn check(app: &App, parameters: &Object) -> Result<String, ApiError> {
    let invalid = |text: &str| ApiError::new(400, code::INVALID_REQUEST, text);
    if parameters.text("response_type") != Some("code") {
        return Err(ApiError::new(
            400,
            "unsupported_response_type",
            "Only response_type=code is served.",
        ));
    }
    if !matches!(parameters.text("response_mode"), None | Some("query")) {
        return Err(invalid("Only response_mode=query is served."));
    }
    let challenge = text(parameters, "code_challenge");
    if parameters.text("code_challenge_method") != Some("S256") || !secret::is_challenge(&challenge)
    {
        return Err(invalid(
            "PKCE is required: code_challenge with code_challenge_method=S256.",
        ));
    }
    match parameters.text("audience") {
        None => Ok(challenge),
        Some(audience) if audience == app.url("/api/v2/") => Ok(challenge),
        Some(_) => Err(ApiError::new(
            403,
            code::ACCESS_DENIED,
            "Service not found: the audience is not an API of this server.",
        )),
    }
}

/// The ticket of the request, if it is good and was given to this browser. It
/// is used up in any case, whatever else is wrong with the request.
async fn take_login(
    app: &App,
    headers: &HeaderMap,
    parameters: &Object,
) -> Result<Option<LoginTicket>, ApiError> {
    let Some(ticket) = parameters.text("login_ticket") else {
        return Ok(None);
    };
    let digest = secret::digest(ticket);
    let taken = app
        .store
        .take_login_ticket(&digest, clock::now())
        .await
        .map_err(Fault::from)?;
    let cookie = cookie(headers, &cookie_name(app, &secret::id_of(&digest)));
    Ok(taken.filter(|ticket| {
        cookie.is_some_and(|cookie| secret::same(&secret::digest(cookie), &ticket.cookie))
    }))
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(found, value)| (found == name).then_some(value))
}

/// What is granted of a scope: what this server knows, in the order of the
/// request, each once.
fn granted(requested: &str, audience: Option<&str>) -> String {
    let known = |scope: &str| {
        SCOPES.contains(&scope) || (audience.is_some() && PROFILE_SCOPES.contains(&scope))
    };
    let mut granted: Vec<&str> = Vec::new();
    for scope in requested.split_ascii_whitespace() {
        if known(scope) && !granted.contains(&scope) {
            granted.push(scope);
        }
    }
    granted.join(" ")
}

fn back(app: &App, mut callback: Url, parameters: &Object, answer: &[(&str, &str)]) -> Response {
    {
        let mut query = callback.query_pairs_mut();
        query.extend_pairs(answer);
        if let Some(state) = parameters.text("state") {
            query.append_pair("state", state);
        }
        query.append_pair("iss", &app.issuer());
    }
    (StatusCode::FOUND, [(LOCATION, String::from(callback))]).into_response()
}

fn text(parameters: &Object, name: &str) -> String {
    parameters.text(name).unwrap_or_default().to_owned()
}
