//! `POST /passwordless/start`: sends a code or a link.
//!
//! The reply is the same for people who are known here and for those who are
//! not, and what is sent is written after it.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use latchlet_core::{Object, Value};
use latchlet_store::{Addressee, MagicLink, OneTimeCode};
use latchlet_wire::error::code;
use latchlet_wire::{
    ApiError, Delivery, PasswordlessStartRequest, PasswordlessStartResponse, Recipient,
};

use crate::app::App;
use crate::auth::{Lifetimes, secret};
use crate::config::{Channel, PasswordlessConnection};
use crate::fault::Fault;
use crate::http::refusal::{OAuth, Refusal};
use crate::http::{body, origin};
use crate::mail::{code_letter, count_letter, link_letter};
use crate::passwordless::{DIGITS, canonical};
use crate::routes::authorize::{Mode, Request};

/// Sends a code or a link.
pub async fn post(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Json<Value>, Refusal<OAuth>> {
    let mut body = body::json(&headers, &bytes)?;
    let said = secret_of(&mut body);
    let request = PasswordlessStartRequest::from_value(&body)
        .map_err(|malformed| bad(code::BAD_REQUEST, &malformed.to_string()))?;
    let client = app
        .config
        .client(&request.client_id)
        .ok_or_else(|| bad("bad.client_id", "There is no client of this id."))?;
    origin::check(&headers, |origin| client.may_call(origin))?;
    if said.is_some_and(|secret| !client.has_secret(&secret)) {
        return Err(ApiError::new(401, "invalid_client", "Unauthorized").into());
    }
    let connection = app.config.passwordless(&request.connection);
    let connection =
        connection.ok_or_else(|| bad(code::BAD_CONNECTION, "There is no such connection."))?;
    let recipient = recipient(connection, &request.recipient)?;
    let parameters = match request.send {
        Delivery::Code => None,
        Delivery::Link => Some(parameters(&app, &request)?),
    };
    match connection.channel {
        Channel::Email => app.post.needs_mail()?,
        Channel::Sms => app.post.needs_text_messages()?,
    }
    count_letter(&app.store, &recipient, app.now()).await?;
    let to = Addressee {
        connection: connection.name.clone(),
        recipient: recipient.clone(),
        client_id: client.id.clone(),
    };
    app.later(write(Arc::clone(&app), to, parameters))?;
    let response = PasswordlessStartResponse {
        id: secret::id()?,
        recipient: match connection.channel {
            Channel::Email => Recipient::Email(recipient),
            Channel::Sms => Recipient::PhoneNumber(recipient),
        },
    };
    Ok(Json(response.to_value()))
}

/// The secret of an application on a server. A page has none to send, so nobody
/// has to; one that is sent must be right.
fn secret_of(body: &mut Value) -> Option<String> {
    let Value::Object(body) = body else {
        return None;
    };
    let secret = body.text("client_secret")?.to_owned();
    body.remove("client_secret");
    Some(secret)
}

/// The canonical form of where it goes, if the connection reaches people there.
fn recipient(connection: &PasswordlessConnection, to: &Recipient) -> Result<String, ApiError> {
    match (connection.channel, to) {
        (Channel::Email, Recipient::Email(typed)) => canonical(Channel::Email, typed)
            .ok_or_else(|| bad(code::BAD_EMAIL, "The e-mail address is not valid.")),
        (Channel::Sms, Recipient::PhoneNumber(typed)) => {
            canonical(Channel::Sms, typed).ok_or_else(|| {
                bad(
                    code::BAD_PHONE_NUMBER,
                    "String does not match pattern: ^\\+[0-9]{1,15}$",
                )
            })
        }
        (Channel::Email, _) => Err(bad(code::BAD_EMAIL, "This connection needs an `email`.")),
        (Channel::Sms, _) => Err(bad(
            code::BAD_PHONE_NUMBER,
            "This connection needs a `phone_number`.",
        )),
    }
}

/// What the link asks `/authorize` for, if that would be granted.
fn parameters(app: &App, request: &PasswordlessStartRequest) -> Result<Object, ApiError> {
    let refused = |text: &str| bad(code::BAD_AUTH_PARAMS, text);
    let mut parameters = request.auth_params.clone();
    if parameters
        .iter()
        .any(|(_, value)| value.as_text().is_none())
    {
        return Err(refused("Every parameter in `authParams` must be a string."));
    }
    parameters.insert("client_id", request.client_id.as_str());
    let asked =
        Request::read(app, &parameters).map_err(|unanswerable| refused(unanswerable.text))?;
    if asked.mode == Mode::WebMessage {
        return Err(refused(
            "A link cannot be answered by response_mode=web_message.",
        ));
    }
    asked.check(app).map_err(|error| {
        let text = error.description.as_text().unwrap_or_default();
        refused(text)
    })?;
    Ok(parameters)
}

/// Writes to somebody, if they may come in.
async fn write(app: Arc<App>, to: Addressee, parameters: Option<Object>) -> Result<(), Fault> {
    let Some(connection) = app.config.passwordless(&to.connection) else {
        return Ok(());
    };
    if connection.disable_signup {
        let known = app.store.user_by_login(&to.connection, &to.recipient);
        if known.await?.is_none() {
            return Ok(());
        }
    }
    let (site, recipient) = (app.host(), to.recipient.clone());
    let letter = match parameters {
        None => {
            let digits = secret::digits(DIGITS)?;
            let code = OneTimeCode {
                addressee: to,
                code_hash: app.hasher.hash(digits.clone()).await?,
                expires_at: app.now() + Lifetimes::ONE_TIME_CODE * 1000,
            };
            app.store.add_one_time_code(&code).await?;
            code_letter(&site, &recipient, &digits)
        }
        Some(parameters) => {
            let ticket = secret::secret()?;
            let link = MagicLink {
                ticket: secret::digest(&ticket),
                addressee: to,
                parameters,
                expires_at: app.now() + Lifetimes::MAGIC_LINK * 1000,
            };
            app.store.add_magic_link(&link).await?;
            let url = app.url(&["/passwordless/verify_redirect?ticket=", &ticket].concat());
            link_letter(&site, &recipient, &url)
        }
    };
    app.post.send(letter).await;
    Ok(())
}

fn bad(code: &str, description: &str) -> ApiError {
    ApiError::new(400, code, description)
}
