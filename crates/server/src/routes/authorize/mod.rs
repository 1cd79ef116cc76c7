//! `GET` and `POST /authorize`: a login ticket, or the session of the browser,
//! becomes an authorization code (OAuth 2.1's code flow: PKCE, exact addresses,
//! `iss` in every answer). Without either, the person logs in first.

mod request;

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use latchlet_core::Object;
use latchlet_store::{AuthorizationCode, BrowserSession, LoginTicket};
use latchlet_wire::ApiError;
use latchlet_wire::error::code;

use super::authenticate::{cookie_name, set_cookie};
use super::login;
use crate::app::App;
use crate::auth::{Lifetimes, secret};
use crate::config::{Client, FederatedConnection};
use crate::fault::Fault;
use crate::federation::{self, Departure};
use crate::http::{body, cookie};
use crate::session::{self, Login};
use crate::{browser, pages, sign_in};

pub use request::{Mode, Request, Unanswerable, Wish};

const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

/// The login that a session of the browser began with.
fn login_of(session: BrowserSession) -> Login {
    Login {
        user_id: session.user_id,
        signed_in_at: session.signed_in_at,
        is_new: false,
    }
}

/// Sends the browser back with a code, or with what is in the way.
pub async fn get(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let parameters = match query_of(query.as_deref()) {
        Ok(parameters) => parameters,
        Err(unanswerable) => return unanswerable.into_response(),
    };
    let ticket = take_ticket(&app, &headers, &parameters).await;
    let response = match Request::read(&app, &parameters) {
        Ok(request) => match begin(&app, &headers, &request, ticket).await {
            Ok(Begun::Code(code, session)) => {
                let session = session.map(|cookie| AppendHeaders([(SET_COOKIE, cookie)]));
                (session, answer(&app, &request, Ok(&code))).into_response()
            }
            Ok(Begun::LogIn) => redirect(&request, login::address(&parameters, None)),
            Ok(Begun::Elsewhere(Departure { address, cookie })) => {
                let headers = AppendHeaders([(SET_COOKIE, cookie), (LOCATION, address)]);
                (StatusCode::FOUND, headers).into_response()
            }
            Err(error) => answer(&app, &request, Err(&error)),
        },
        Err(unanswerable) => unanswerable.into_response(),
    };
    match parameters.text("login_ticket") {
        Some(ticket) => {
            let co_id = secret::id_of(&secret::digest(ticket));
            let forgotten = AppendHeaders([(SET_COOKIE, set_cookie(&app, &co_id, "", 0))]);
            (forgotten, response).into_response()
        }
        None => response,
    }
}

/// Takes the same by a form, which comes back as a query: browsers send the
/// cookie along with that alone when another site asks.
pub async fn post(headers: HeaderMap, bytes: Bytes) -> Response {
    let Ok(parameters) = body::form(&headers, &bytes) else {
        return malformed().into_response();
    };
    let address = ["/authorize?", &login::query(&parameters)].concat();
    let opener = (OPENER_POLICY, "unsafe-none");
    (
        StatusCode::SEE_OTHER,
        [(LOCATION, address.as_str()), opener],
    )
        .into_response()
}

/// What came of a request that is in order.
enum Begun {
    /// A code, and the cookie of a new session.
    Code(String, Option<String>),
    /// A login at another provider.
    Elsewhere(Departure),
    /// The person has to log in.
    LogIn,
}

/// Begins a session of the application, and of the browser if there is a new
/// login.
async fn begin(
    app: &App,
    headers: &HeaderMap,
    request: &Request<'_>,
    ticket: Result<Option<Taken>, ApiError>,
) -> Result<Begun, ApiError> {
    let wish = request.check(app)?;
    if let Some(Taken { ticket, by }) = ticket? {
        if ticket.client_id != request.client.id {
            return Err(login_required());
        }
        let login = Login {
            user_id: ticket.user_id,
            signed_in_at: ticket.created_at,
            is_new: true,
        };
        let (user_id, at) = (login.user_id.clone(), login.signed_in_at);
        let code = begin_session(app, request.client, wish, login).await?;
        let cookie = match by {
            Proof::Cookie => Some(browser::begin(app, headers, &user_id, at).await?),
            Proof::Challenge => None,
        };
        return Ok(Begun::Code(code, cookie));
    }
    // A ticket that is not good must not become the login of somebody else.
    if request.has_ticket() {
        return Err(login_required());
    }
    let session = recent(app, headers, request).await?;
    if let Some(connection) = request.connection(app)
        && !is_through(app, connection, session.as_ref()).await?
    {
        let departure = federation::start(app, headers, connection, request.parameters()).await?;
        return Ok(Begun::Elsewhere(departure));
    }
    match session.map(login_of) {
        Some(login) => {
            let code = begin_session(app, request.client, wish, login).await?;
            Ok(Begun::Code(code, None))
        }
        None if request.is_silent() => Err(login_required()),
        None => Ok(Begun::LogIn),
    }
}

/// The login of the browser's session, if it is good enough for a request.
pub async fn session(
    app: &App,
    headers: &HeaderMap,
    request: &Request<'_>,
) -> Result<Option<Login>, Fault> {
    Ok(recent(app, headers, request).await?.map(login_of))
}

async fn recent(
    app: &App,
    headers: &HeaderMap,
    request: &Request<'_>,
) -> Result<Option<BrowserSession>, Fault> {
    let session = browser::current(app, headers).await?;
    Ok(session.filter(|it| request.is_recent(it.signed_in_at, app.now())))
}

/// Whether whoever is signed in in this browser came through a connection, and
/// need not be sent there again.
async fn is_through(
    app: &App,
    connection: &FederatedConnection,
    session: Option<&BrowserSession>,
) -> Result<bool, Fault> {
    let Some(session) = session else {
        return Ok(false);
    };
    let user = app.store.user(&session.user_id).await?;
    Ok(user.is_some_and(|user| user.connection == connection.name))
}

/// Signs somebody in who just proved who they are on a page of this server, and
/// sends the browser back.
pub async fn end(
    app: &App,
    headers: &HeaderMap,
    request: &Request<'_>,
    user_id: String,
) -> Result<Response, Fault> {
    let now = app.now();
    let login = Login {
        user_id: user_id.clone(),
        signed_in_at: now,
        is_new: true,
    };
    let code = match request.check(app) {
        Ok(wish) => begin_session(app, request.client, wish, login).await,
        Err(error) => Err(error),
    };
    let response = answer(app, request, code.as_deref());
    if code.is_err() {
        return Ok(response);
    }
    let cookie = browser::begin(app, headers, &user_id, now).await?;
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), response).into_response())
}

/// An answer to what was posted here, and must not be posted there.
pub fn after_post(mut response: Response) -> Response {
    if response.status() == StatusCode::FOUND {
        *response.status_mut() = StatusCode::SEE_OTHER;
    }
    response
}

/// The parameters of a request.
pub fn query_of(query: Option<&str>) -> Result<Object, Unanswerable> {
    body::query(query).ok_or_else(malformed)
}

fn malformed() -> Unanswerable {
    Unanswerable {
        status: StatusCode::BAD_REQUEST,
        title: "This link is not right",
        text: "A parameter of the sign-in request is malformed or stands twice.",
    }
}

/// Leads to another page of this server. A popup that is to answer the page that
/// opened it stays its popup on the way.
pub fn redirect(request: &Request<'_>, address: String) -> Response {
    let opener = match request.mode {
        Mode::WebMessage => "unsafe-none",
        Mode::Query | Mode::Fragment | Mode::FormPost => "same-origin",
    };
    let headers = [(LOCATION, address.as_str()), (OPENER_POLICY, opener)];
    (StatusCode::FOUND, headers).into_response()
}

/// Begins a session of an application, and returns its code.
async fn begin_session(
    app: &App,
    client: &Client,
    wish: Wish,
    login: Login,
) -> Result<String, ApiError> {
    let user = app.store.user(&login.user_id).await.map_err(Fault::from)?;
    if user.is_none_or(|user| user.blocked) {
        return Err(sign_in::blocked("unauthorized"));
    }
    let code = secret::secret()?;
    let session = session::new(app, client, &login, wish.scope, wish.audience)?;
    let kept = AuthorizationCode {
        code: secret::digest(&code),
        redirect_uri: wish.redirect_uri,
        code_challenge: wish.code_challenge,
        nonce: wish.nonce,
        expires_at: app.now() + Lifetimes::CODE * 1000,
    };
    app.store
        .begin_session(&session, Some(&kept), login.is_new)
        .await
        .map_err(Fault::from)?;
    Ok(code)
}

/// The answer, on the way that the request asks for.
pub fn answer(app: &App, request: &Request<'_>, result: Result<&str, &ApiError>) -> Response {
    let issuer = app.issuer();
    let mut pairs: Vec<(&str, &str)> = match result {
        Ok(code) => vec![("code", code)],
        Err(error) => vec![
            ("error", error.code.as_str()),
            (
                "error_description",
                error.description.as_text().unwrap_or_default(),
            ),
        ],
    };
    pairs.extend(request.state().map(|state| ("state", state)));
    pairs.push(("iss", &issuer));
    let mut callback = request.callback.clone();
    match request.mode {
        Mode::Query => {
            callback.query_pairs_mut().extend_pairs(&pairs);
        }
        Mode::Fragment => {
            let fragment = serde_urlencoded::to_string(&pairs).unwrap_or_default();
            callback.set_fragment(Some(&fragment));
        }
        Mode::FormPost => return pages::form_post(&callback, &pairs, &[]),
        Mode::WebMessage => {
            return pages::web_message(&callback.origin().ascii_serialization(), &pairs);
        }
    }
    (StatusCode::FOUND, [(LOCATION, String::from(callback))]).into_response()
}

/// A ticket that is good, and what proves whose it is.
struct Taken {
    ticket: LoginTicket,
    by: Proof,
}

/// What proves that a ticket was given to whoever has it.
enum Proof {
    /// The cookie: this browser asked for the ticket.
    Cookie,
    /// The PKCE challenge: whoever exchanges the code asked for it. This browser
    /// may be another one, so it is not signed in here.
    Challenge,
}

/// The ticket of the request, if it is good and proved. It is used up in any
/// case, whatever else is wrong with the request.
async fn take_ticket(
    app: &App,
    headers: &HeaderMap,
    parameters: &Object,
) -> Result<Option<Taken>, ApiError> {
    let Some(ticket) = parameters.text("login_ticket") else {
        return Ok(None);
    };
    let digest = secret::digest(ticket);
    let taken = app
        .store
        .take_login_ticket(&digest, app.now())
        .await
        .map_err(Fault::from)?;
    let Some(ticket) = taken else { return Ok(None) };
    let cookie = cookie::get(headers, &cookie_name(app, &secret::id_of(&digest)));
    let is_cookie = |cookie| secret::same(&secret::digest(cookie), &ticket.proof);
    let challenge = parameters.text("code_challenge").unwrap_or_default();
    let by = if cookie.is_some_and(is_cookie) {
        Proof::Cookie
    } else if secret::same(
        challenge.as_bytes(),
        secret::challenge_of(&ticket.proof).as_bytes(),
    ) {
        Proof::Challenge
    } else {
        return Ok(None);
    };
    Ok(Some(Taken { ticket, by }))
}

fn login_required() -> ApiError {
    ApiError::new(403, code::LOGIN_REQUIRED, "Login required")
}
