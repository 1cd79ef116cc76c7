//! `/api/v2/clients`: the applications of the config, without their secrets.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use latchlet_core::{Object, Value};
use latchlet_wire::ApiError;

use super::caller::application;
use super::query::{FIELDS, Query};
use crate::app::App;
use crate::config::{Client, GrantType};
use crate::http::refusal::{Management, Refusal};

/// What opens them.
pub const SCOPES: &[&str] = &["read:clients"];
/// What the query of a list may say.
pub const LIST: [&str; 8] = [
    "app_type",
    "fields",
    "include_fields",
    "include_totals",
    "is_first_party",
    "is_global",
    "page",
    "per_page",
];

/// All of them.
pub async fn list(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal<Management>> {
    application(&app, &headers, SCOPES).await?;
    let query = Query::read(query.as_deref(), &LIST)?;
    let page = query.page()?;
    let clients = asked_for(&app.config.clients, &query)?;
    let total = i64::try_from(clients.len()).unwrap_or(i64::MAX);
    let (start, limit) = (page.start as usize, page.limit as usize);
    let shown: Result<Vec<Value>, ApiError> = clients
        .into_iter()
        .skip(start)
        .take(limit)
        .map(|client| query.project(show(client)))
        .collect();
    Ok(Json(page.show("clients", shown?, total)))
}

/// One of them.
pub async fn get(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal<Management>> {
    application(&app, &headers, SCOPES).await?;
    let query = Query::read(query.as_deref(), &FIELDS)?;
    let client = app
        .config
        .client(&id)
        .ok_or_else(|| ApiError::new(404, "inexistent_client", "The client does not exist."))?;
    Ok(Json(query.project(show(client))?))
}

/// Those of a kind. All are first-party and none is global, in Auth0's words.
fn asked_for<'a>(clients: &'a [Client], query: &Query) -> Result<Vec<&'a Client>, ApiError> {
    let are_of_kind = query.flag("is_first_party", true)? && !query.flag("is_global", false)?;
    let types = query.text("app_type");
    let is_of_type = |client: &Client| {
        types.is_none_or(|types| types.split(',').any(|it| it.trim() == app_type(client)))
    };
    let of_kind = clients.iter().filter(|_| are_of_kind);
    Ok(of_kind.filter(|client| is_of_type(client)).collect())
}

fn show(client: &Client) -> Value {
    let grant_types = client.grant_types.iter().map(|it| it.as_str());
    let mut shown = Object::new();
    shown.insert("client_id", client.id.as_str());
    shown.insert("name", client.name.as_str());
    shown.insert("app_type", app_type(client));
    shown.insert("global", false);
    shown.insert("is_first_party", true);
    shown.insert("oidc_conformant", true);
    shown.insert("token_endpoint_auth_method", auth_method(client));
    shown.insert("grant_types", texts(grant_types));
    for (name, addresses) in [
        ("callbacks", client.callbacks.as_slice()),
        ("allowed_logout_urls", client.allowed_logout_urls.as_slice()),
        ("allowed_origins", client.allowed_origins()),
        ("web_origins", client.web_origins()),
    ] {
        shown.insert(name, texts(addresses.iter().map(String::as_str)));
    }
    shown.into()
}

/// What Auth0's dashboard would call it.
fn app_type(client: &Client) -> &'static str {
    let asks_people = client.grant_types.contains(&GrantType::AuthorizationCode);
    match (client.is_confidential(), asks_people) {
        (true, true) => "regular_web",
        (true, false) => "non_interactive",
        (false, _) => "spa",
    }
}

fn auth_method(client: &Client) -> &'static str {
    match &client.credentials {
        None => "none",
        Some(credentials) => credentials
            .method
            .map_or("client_secret_post", |method| method.as_str()),
    }
}

fn texts<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<Value> {
    texts.map(Value::from).collect()
}
