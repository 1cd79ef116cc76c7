//! `GET /client/{id}.js`: what a login box needs to know of its application.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use latchlet_wire::{ClientSettings, ConnectionSettings, FederatedSettings};

use crate::app::App;
use crate::config::Channel;

/// The settings, as the script that Lock loads.
pub async fn get(State(app): State<Arc<App>>, Path(file): Path<String>) -> Response {
    let client = file
        .strip_suffix(".js")
        .and_then(|id| app.config.client(id));
    let Some(client) = client else {
        return (StatusCode::NOT_FOUND, "There is no client of this id.\n").into_response();
    };
    let connections = app
        .config
        .connections
        .iter()
        .map(|each| ConnectionSettings {
            rules: each.rules.clone(),
            show_signup: !each.disable_signup,
            // Where nothing can be mailed, there is no point in asking.
            show_forgot: app.post.needs_mail().is_ok(),
        });
    let passwordless = app
        .config
        .passwordless
        .iter()
        .filter(|each| match each.channel {
            Channel::Email => app.post.needs_mail().is_ok(),
            Channel::Sms => app.post.needs_text_messages().is_ok(),
        })
        .map(|each| (each.channel.strategy(), each.name.clone()));
    let federated = app.config.federated.iter().map(|each| FederatedSettings {
        strategy: each.strategy.name.to_owned(),
        name: each.name.clone(),
        display_name: each.display_name.clone(),
        icon: each.icon_url.clone(),
        domain_aliases: each.domain_aliases.clone(),
    });
    let settings = ClientSettings {
        id: client.id.clone(),
        connections: connections.collect(),
        passwordless: passwordless.collect(),
        federated: federated.collect(),
    };
    // As a script it may be in a page of any kind, so nothing may end it.
    let json = serde_json::json!(settings.to_value())
        .to_string()
        .replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029");
    (
        [
            (CONTENT_TYPE, "application/x-javascript; charset=utf-8"),
            (
                HeaderName::from_static("cross-origin-resource-policy"),
                "cross-origin",
            ),
        ],
        ClientSettings::script_of(&json),
    )
        .into_response()
}
