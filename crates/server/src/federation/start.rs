//! The way to a provider: `/authorize` there, with everything that the answer
//! is known by.
//!
//! The browser gets a secret in a cookie. What else is secret of a login follows
//! from it and from `state`, of both of which the store has the SHA-256 alone:
//! an answer is good in this browser, for this login, and for nobody who reads
//! the database.

use axum::http::HeaderMap;
use latchlet_core::Object;
use latchlet_store::UpstreamLogin;
use latchlet_wire::ApiError;
use latchlet_wire::error::code;

use crate::app::App;
use crate::auth::{Lifetimes, secret};
use crate::config::FederatedConnection;
use crate::fault::Fault;
use crate::http::cookie::{self, Sites};

/// Where the provider sends the browser back to.
pub const CALLBACK: &str = "/login/callback";
/// What the application may tell the provider through us.
const PASSED_ON: [&str; 3] = ["login_hint", "max_age", "ui_locales"];
/// The most bytes that are remembered of a request.
const MAX_REQUEST: usize = 16 * 1024;

/// The way to a provider.
pub struct Departure {
    /// Where to go.
    pub address: String,
    /// The cookie that the answer must come back with.
    pub cookie: String,
}

/// Begins a login. `request` is what `/authorize` was asked, which it is
/// answered by in the end.
pub async fn start(
    app: &App,
    headers: &HeaderMap,
    connection: &FederatedConnection,
    request: &Object,
) -> Result<Departure, ApiError> {
    if serde_json::json!(request).to_string().len() > MAX_REQUEST {
        let text = "The request is too long to be remembered.";
        return Err(ApiError::new(400, code::INVALID_REQUEST, text));
    }
    let now = app.now();
    let metadata = app.providers.metadata(connection, now).await;
    let metadata = metadata.map_err(|trouble| trouble.to_api(&connection.name))?;
    let browser = match browser_secret(app, headers) {
        Some(secret) => secret.to_owned(),
        None => secret::secret()?,
    };
    let state = secret::secret()?;
    let login = UpstreamLogin {
        state: secret::digest(&state),
        browser: secret::digest(&browser),
        connection: connection.name.clone(),
        parameters: request.clone(),
        expires_at: now + Lifetimes::UPSTREAM_LOGIN * 1000,
    };
    app.store
        .add_upstream_login(&login)
        .await
        .map_err(Fault::from)?;
    let secrets = Secrets::of(&browser, &state);
    let scope = scope(connection, request.text("connection_scope"));
    let callback = app.url(CALLBACK);
    let mut address = metadata.authorization_endpoint.clone();
    {
        let mut query = address.query_pairs_mut();
        query.extend_pairs([
            ("response_type", "code"),
            ("client_id", &connection.client_id),
            ("redirect_uri", &callback),
            ("scope", &scope),
            ("state", &state),
            ("nonce", &secrets.nonce),
            ("code_challenge", &secret::challenge(&secrets.code_verifier)),
            ("code_challenge_method", "S256"),
        ]);
        if connection.strategy.form_post {
            query.append_pair("response_mode", "form_post");
        }
        for name in PASSED_ON {
            if let Some(value) = request.text(name) {
                query.append_pair(name, value);
            }
        }
        if let Some(prompt) = request.text("prompt").filter(|prompt| *prompt != "none") {
            query.append_pair("prompt", prompt);
        }
    }
    Ok(Departure {
        address: address.into(),
        cookie: set_cookie(app, &browser),
    })
}

/// What of a login nobody else may know.
pub struct Secrets {
    /// What the ID token repeats.
    pub nonce: String,
    /// What proves that the code is ours (PKCE).
    pub code_verifier: String,
}

impl Secrets {
    /// Those of a login in a browser.
    pub fn of(browser: &str, state: &str) -> Self {
        Self {
            nonce: secret::derived("nonce", [browser, state]),
            code_verifier: secret::derived("code_verifier", [browser, state]),
        }
    }
}

/// The secret of a browser, if it has one. Logins in several tabs share it.
pub fn browser_secret<'a>(app: &App, headers: &'a HeaderMap) -> Option<&'a str> {
    cookie::get(headers, &cookie_name(app)).filter(|it| secret::is_challenge(it))
}

/// What is asked for: what the config says, and what the application wants
/// beside it.
fn scope(connection: &FederatedConnection, further: Option<&str>) -> String {
    let mut scopes: Vec<&str> = connection.scope.split_ascii_whitespace().collect();
    for scope in further.unwrap_or_default().split_ascii_whitespace() {
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    scopes.join(" ")
}

fn cookie_name(app: &App) -> String {
    cookie::name(app, "latchlet-upstream")
}

fn set_cookie(app: &App, value: &str) -> String {
    let (name, max_age) = (cookie_name(app), Lifetimes::UPSTREAM_LOGIN);
    // A provider that answers by a form does so from its own site.
    cookie::set(app, &name, value, max_age, Sites::All)
}
