//! `/api/v2/users`, `/api/v2/users/{id}` and `/api/v2/users-by-email`.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use latchlet_core::Value;

use super::caller::{CREATE, Caller, DELETE, READ, UPDATE, application, local_id, of_user};
use super::query::{FIELDS, Query};
use super::{change, new, own, shown};
use crate::app::App;
use crate::http::body;
use crate::http::refusal::{Management, Refusal};
use crate::profile;

/// The whole profile, or fields of it.
pub async fn get(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal<Management>> {
    let caller = of_user(&app, &headers, &id, &READ).await?;
    let query = Query::read(query.as_deref(), &FIELDS)?;
    let user = caller.user(&app, &id).await?;
    Ok(Json(query.project(shown::whole(&app, &user).await?)?))
}

/// Changes a user, and returns the whole profile.
pub async fn patch(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, Refusal<Management>> {
    let caller = of_user(&app, &headers, &id, &UPDATE).await?;
    match &caller {
        Caller::Person(id) => own::change(&app, id, &headers, &bytes).await,
        Caller::Application(application) => {
            let body = body::json(&headers, &bytes)?;
            let fields = change::read(application, &body)?;
            let user = caller.user(&app, &id).await?;
            Ok(own::json(change::apply(&app, user, fields).await?))
        }
    }
}

/// Adds a user, and returns the whole profile.
pub async fn post(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<(StatusCode, Json<Value>), Refusal<Management>> {
    application(&app, &headers, CREATE).await?;
    let body = body::json(&headers, &bytes)?;
    let user = new::add(&app, &body).await?;
    let profile = profile::full(&user, &[]);
    Ok((StatusCode::CREATED, Json(profile)))
}

/// Erases a user. One that is not there is gone already.
pub async fn delete(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<StatusCode, Refusal<Management>> {
    application(&app, &headers, DELETE).await?;
    let local = local_id(&id)?;
    let user = app.store.user(local).await?;
    if let Some(user) = user.filter(|user| profile::subject(user) == id) {
        app.store.delete_user(&user.id).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
