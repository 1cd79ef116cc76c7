//! The way back from a provider: what came is verified, and becomes a user.

use axum::http::HeaderMap;
use latchlet_core::Object;
use latchlet_store::{UpstreamLogin, User};
use latchlet_wire::ApiError;

use super::claims::{Said, add_name};
use super::provider::Metadata;
use super::start::{CALLBACK, Secrets, browser_secret};
use super::web::Reply;
use super::{Trouble, account};
use crate::app::App;
use crate::auth::{Expected, secret};
use crate::config::{AuthMethod, FederatedConnection};
use crate::fault::Fault;

/// The errors that an application hears as the provider says them.
const PASSED_ON: [&str; 6] = [
    "access_denied",
    "account_selection_required",
    "consent_required",
    "interaction_required",
    "login_required",
    "temporarily_unavailable",
];
/// The most characters of what a provider says about an error.
const MAX_DESCRIPTION: usize = 300;

/// The end of a login.
pub struct Return {
    /// What `/authorize` was asked.
    pub request: Object,
    /// Who came, or what is in the way.
    pub result: Result<User, ApiError>,
}

/// Ends a login, with the parameters that came back. `None` is an answer to
/// nothing that was asked in this browser.
pub async fn finish(
    app: &App,
    headers: &HeaderMap,
    answer: &Object,
) -> Result<Option<Return>, Fault> {
    let state = answer.text("state").unwrap_or_default();
    let login = app
        .store
        .take_upstream_login(&secret::digest(state), app.now())
        .await?;
    let browser = browser_secret(app, headers);
    let (Some(login), Some(browser)) = (login, browser) else {
        return Ok(None);
    };
    let connection = app.config.federated(&login.connection);
    let is_its_own = secret::same(&secret::digest(browser), &login.browser);
    let Some(connection) = connection.filter(|_| is_its_own) else {
        return Ok(None);
    };
    let secrets = Secrets::of(browser, state);
    let result = match verify(app, connection, &login, &secrets, answer).await {
        Ok(said) => account::of(app, connection, &said).await,
        Err(error) => Err(error),
    };
    Ok(Some(Return {
        request: login.parameters,
        result,
    }))
}

/// What the provider says of the person.
async fn verify(
    app: &App,
    connection: &FederatedConnection,
    login: &UpstreamLogin,
    secrets: &Secrets,
    answer: &Object,
) -> Result<Said, ApiError> {
    let trouble = |trouble: Trouble| trouble.to_api(&connection.name);
    let wrong = |text: &str| trouble(Trouble::Wrong(text.to_owned()));
    let metadata = app.providers.metadata(connection, app.now()).await;
    let metadata = metadata.map_err(trouble)?;
    // Before anything else: it may be the answer of another provider.
    match answer.text("iss") {
        Some(issuer) if issuer != connection.issuer => {
            return Err(wrong("its answer names another issuer"));
        }
        None if metadata.says_iss => return Err(wrong("its answer does not name its issuer")),
        _ => {}
    }
    if let Some(error) = answer.text("error") {
        return Err(refused(connection, error, answer.text("error_description")));
    }
    let code = answer.text("code");
    let code = code.ok_or_else(|| wrong("its answer has neither `code` nor `error`"))?;
    let tokens = exchange(app, connection, &metadata, code, &secrets.code_verifier)
        .await
        .map_err(trouble)?;
    let max_age = login.parameters.text("max_age");
    let expected = Expected {
        issuer: &connection.issuer,
        client_id: &connection.client_id,
        nonce: &secrets.nonce,
        access_token: tokens.access_token.as_deref(),
        max_age: max_age.and_then(|seconds| seconds.parse().ok()),
        now: app.now(),
    };
    let verified = app
        .providers
        .verify(connection, &tokens.id_token, &expected);
    let mut claims = verified.await.map_err(trouble)?;
    let more = user_info(app, &metadata, &tokens, &claims).await;
    for (name, value) in more.map_err(trouble)?.iter() {
        if claims.get(name).is_none() {
            claims.insert(name, value.clone());
        }
    }
    if connection.strategy.form_post
        && let Some(user) = answer.text("user")
    {
        add_name(&mut claims, user);
    }
    Ok(Said::read(connection, &claims))
}

/// What a code becomes. Nothing of it is kept.
struct Tokens {
    id_token: String,
    access_token: Option<String>,
}

async fn exchange(
    app: &App,
    connection: &FederatedConnection,
    metadata: &Metadata,
    code: &str,
    code_verifier: &str,
) -> Result<Tokens, Trouble> {
    let callback = app.url(CALLBACK);
    let client_id = connection.client_id.as_str();
    let mut form = vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", &callback),
        ("code_verifier", code_verifier),
    ];
    let in_header = match connection.auth_method {
        Some(method) => method == AuthMethod::Basic,
        None => metadata.takes_basic,
    };
    let secret = connection.client_secret.as_ref().map(|it| it.reveal());
    let basic = secret.filter(|_| in_header).map(|it| (client_id, it));
    if basic.is_none() {
        form.push(("client_id", client_id));
        form.extend(secret.map(|secret| ("client_secret", secret)));
    }
    let url = &metadata.token_endpoint;
    let Reply { status, body } = app.providers.web.post(url, &form, basic).await?;
    let text = |name: &str| body.get(name).and_then(|it| it.as_str());
    match (status, text("id_token")) {
        (200, Some(id_token)) => Ok(Tokens {
            id_token: id_token.to_owned(),
            access_token: text("access_token").map(str::to_owned),
        }),
        _ => {
            let error = text("error").unwrap_or("no `id_token`");
            let error = readable(error);
            let reason = format!("{url} answered the code with {status}: {error}");
            Err(Trouble::Wrong(reason))
        }
    }
}

/// What the provider says beside the ID token, where it has a place for that.
async fn user_info(
    app: &App,
    metadata: &Metadata,
    tokens: &Tokens,
    claims: &Object,
) -> Result<Object, Trouble> {
    let (Some(url), Some(token)) = (&metadata.userinfo_endpoint, &tokens.access_token) else {
        return Ok(Object::new());
    };
    let Reply { status, body } = app.providers.web.get(url, Some(token)).await?;
    let info: Option<Object> = serde_json::from_value(body).ok().filter(|_| status == 200);
    let info = info.ok_or_else(|| {
        Trouble::Wrong(format!("{url} answered with {status}, and not with claims"))
    })?;
    // OpenID Connect Core §5.3.2: it may be of somebody else.
    match info.text("sub") == claims.text("sub") {
        true => Ok(info),
        false => Err(Trouble::Wrong(format!("{url} is about somebody else"))),
    }
}

/// What the provider refuses, or the person there.
fn refused(connection: &FederatedConnection, error: &str, said: Option<&str>) -> ApiError {
    let said = readable(said.unwrap_or_default());
    if PASSED_ON.contains(&error) {
        let text = match said.is_empty() {
            true => format!("{} let nobody in.", connection.name),
            false => said,
        };
        return ApiError::new(403, error, text);
    }
    let reason = format!("it refused the request: {}: {said}", readable(error));
    Trouble::Wrong(reason).to_api(&connection.name)
}

/// What an error may say (RFC 6749 §4.1.2.1), since it is repeated.
fn readable(text: &str) -> String {
    let allowed = |c: &char| matches!(c, ' '..='~') && !matches!(c, '"' | '\\');
    text.chars().filter(allowed).take(MAX_DESCRIPTION).collect()
}
