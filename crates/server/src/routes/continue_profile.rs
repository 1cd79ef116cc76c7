//! `GET` and `POST /continue-profile`: questions in the middle of a login at an
//! Auth0 tenant.
//!
//! The tenant's post-login Action sends the browser here with a signed token.
//! The page asks, this endpoint judges the answers as it judges those of its
//! own users, and the browser takes them back, signed.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use latchlet_core::{Object, Value};
use latchlet_wire::continuation::{SESSION_TOKEN, STATE};
use latchlet_wire::error::code;
use latchlet_wire::{ApiError, ContinueRequest, ContinueResponse};

use crate::app::App;
use crate::continuation::Visit;
use crate::fault::Fault;
use crate::http::refusal::{Management, Refusal};
use crate::http::{body, page};
use crate::pages::{self, ContinuePage};
use crate::profiling::{self, Circumstances};

/// The questions. Where there are none, the way back.
pub async fn get(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Response {
    let parameters = body::query(query.as_deref()).unwrap_or_default();
    let (token, state) = sent_along(&parameters);
    let now = app.now().div_euclid(1000);
    let Some(visit) = Visit::read(&app, token, state) else {
        return not_believed();
    };
    let Some((plan, history)) = visit.plan(now) else {
        return back(&app, &visit, &Object::new());
    };
    if plan.ask.is_empty() {
        return back(&app, &visit, &Visit::known(&plan, history));
    }
    pages::continue_page(&ContinuePage {
        config: &box_config(&app, &visit),
        parameters: &[(SESSION_TOKEN, token), (STATE, state)],
        may_skip: plan.may_skip,
        leads_to: &visit.leads_to(),
    })
}

/// The answers of the box, or the wish of somebody without scripts to go on.
pub async fn post(State(app): State<Arc<App>>, headers: HeaderMap, bytes: Bytes) -> Response {
    if let Ok(form) = body::form(&headers, &bytes) {
        return skip(&app, &form);
    }
    match take(&app, &headers, &bytes).await {
        Ok(reply) => Json(reply.to_value()).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

async fn take(
    app: &App,
    headers: &HeaderMap,
    bytes: &[u8],
) -> Result<ContinueResponse, Refusal<Management>> {
    let request = ContinueRequest::from_value(&body::json(headers, bytes)?).map_err(|it| {
        let message = format!("Payload validation error: {it}");
        ApiError::new(400, code::INVALID_BODY, message)
    })?;
    let visit = Visit::read(app, &request.session_token, &request.state).ok_or_else(|| {
        ApiError::new(
            401,
            code::INVALID_SESSION_TOKEN,
            "The session token is not from a tenant of this server, or too old. Log in again.",
        )
    })?;
    let (questions, now) = (visit.questions(), app.now());
    let accepted = profiling::accept(&questions, &visit.person, request.user_metadata, true, now)?;
    let subject = visit.subject();
    let recorded = app.store.consents(&subject).await?;
    let circumstances = Circumstances {
        subject,
        at: now,
        form_version: questions.version().to_owned(),
        origin: page::origin(headers),
        request_id: page::request_id(headers),
    };
    let said = accepted.said.iter().map(|it| it.to_event(&circumstances));
    // What the tenant says is stored is from before: an answer that is sent
    // again, since its reply was lost, is on record already.
    let events: Vec<_> = said
        .filter(|event| !visit.is_recorded(event, &recorded))
        .collect();
    app.store.add_consents(&events).await?;
    Ok(ContinueResponse {
        address: visit.address().map(String::from).unwrap_or_default(),
        session_token: visit.answer(app, &accepted.change)?,
    })
}

/// Without scripts nothing can be answered, and nothing that must be left out.
fn skip(app: &App, form: &Object) -> Response {
    let (token, state) = sent_along(form);
    let now = app.now().div_euclid(1000);
    let Some(visit) = Visit::read(app, token, state) else {
        return not_believed();
    };
    match visit.plan(now) {
        None => back(app, &visit, &Object::new()),
        Some((plan, history)) if plan.may_skip => {
            back(app, &visit, &visit.skipped(&plan, history, now))
        }
        Some(_) => pages::sorry(
            StatusCode::BAD_REQUEST,
            "There is a question that must be answered",
            "Go back, allow JavaScript for that page, and load it again.",
        ),
    }
}

/// The way back to the tenant.
fn back(app: &App, visit: &Visit<'_>, change: &Object) -> Response {
    let way = visit.address().zip(visit.answer(app, change).ok());
    match way {
        Some((address, token)) => {
            let answer = [(SESSION_TOKEN, token.as_str())];
            pages::form_post(&address, &answer, &visit.tenant.applications)
        }
        None => {
            let error = ApiError::from(Fault::SigningKey("a session token".to_owned()));
            Refusal::<Management>::from(error).into_response()
        }
    }
}

fn sent_along(parameters: &Object) -> (&str, &str) {
    let text = |name| parameters.text(name).unwrap_or_default();
    (text(SESSION_TOKEN), text(STATE))
}

/// The config of the box: its own, for the person who is here.
fn box_config(app: &App, visit: &Visit<'_>) -> Object {
    let mut config = visit.connection.the_box.clone();
    let mut progressive = match config.get("progressiveProfile") {
        Some(Value::Object(progressive)) => progressive.clone(),
        _ => Object::new(),
    };
    progressive.insert("save", "continue");
    config.insert("progressiveProfile", progressive);
    config.insert("mode", "profile");
    config.insert("domain", app.url(""));
    let mut claims = visit.person.claims.clone();
    claims.insert("sub", visit.person.subject.as_str());
    config.insert("idTokenPayload", claims);
    let mut user = visit.person.profile.clone();
    user.insert("user_id", visit.person.subject.as_str());
    user.insert("user_metadata", visit.person.metadata.clone());
    config.insert("user", user);
    config
}

fn not_believed() -> Response {
    pages::sorry(
        StatusCode::FORBIDDEN,
        "This page is part of a login",
        "It was opened without one, or the login took too long. Go back to the application, and \
         log in again.",
    )
}
