//! `grant_type=client_credentials`: an application asks for itself.

use latchlet_wire::error::code;
use latchlet_wire::{ApiError, TokenResponse};

use crate::app::App;
use crate::auth::{AccessGrant, issue_access_token};
use crate::config::Client;
use crate::http::refusal::{OAuth, Refusal};
use crate::scope;

/// An access token for what it was granted.
pub fn grant(
    app: &App,
    client: &Client,
    audience: Option<&str>,
    scope: Option<&str>,
) -> Result<TokenResponse, Refusal<OAuth>> {
    let audience = audience.ok_or_else(|| {
        let text = "Say by `audience` which API the token is for.";
        ApiError::new(400, code::INVALID_REQUEST, text)
    })?;
    let Some(api) = app.config.api(audience) else {
        let text = format!("Service not enabled within domain: {audience}");
        return Err(denied(&text).into());
    };
    let Some(granted) = client.grant(audience) else {
        let text = format!(
            "Client is not authorized to access \"{audience}\": its `grants` in the config of the \
             server do not name this API."
        );
        return Err(denied(&text).into());
    };
    let scope = match scope {
        None => granted.join(" "),
        Some(wanted) => {
            let more = scope::words(wanted).filter(|word| granted.iter().all(|it| it != word));
            let more: Vec<&str> = more.collect();
            if !more.is_empty() {
                let text = format!("Client has not been granted scopes: {}", more.join(", "));
                return Err(denied(&text).into());
            }
            scope::joined(scope::words(wanted))
        }
    };
    let lifetime = api.lifetime(client);
    let grant = AccessGrant {
        subject: [&client.id, "@clients"].concat(),
        client_id: &client.id,
        audience: Some(audience),
        scope: &scope,
        lifetime,
        session: None,
        grant_type: Some("client-credentials"),
    };
    Ok(TokenResponse {
        access_token: issue_access_token(&app.keys, &app.issuer(), grant, app.now())?,
        expires_in: lifetime,
        scope: Some(scope),
        ..TokenResponse::default()
    })
}

fn denied(text: &str) -> ApiError {
    ApiError::new(403, code::ACCESS_DENIED, text)
}
