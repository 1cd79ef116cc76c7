//! `GET` and `POST /lo/reset`: the page that a mail about a forgotten password
//! leads to. A form and nothing else: it works without scripts.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use latchlet_core::{Message, Object, Texts, checklist};
use latchlet_store::User;

use crate::app::App;
use crate::auth::secret;
use crate::config::DatabaseConnection;
use crate::fault::Fault;
use crate::http::body;
use crate::new_password::{self, Refused};
use crate::pages::{self, ResetForm};

/// The form, as long as the ticket is good. Looking at it does not use the
/// ticket up: mail programs look at links, too.
pub async fn get(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Response {
    let parameters = body::query(query.as_deref());
    let ticket = parameters.as_ref().and_then(|it| it.text("ticket"));
    answered(show(&app, ticket.unwrap_or_default(), None).await)
}

/// Takes the new password.
pub async fn post(State(app): State<Arc<App>>, headers: HeaderMap, bytes: Bytes) -> Response {
    let Ok(body) = body::form(&headers, &bytes) else {
        return pages::form_is_not_right();
    };
    answered(take(&app, &body).await)
}

async fn take(app: &App, body: &Object) -> Result<Response, Fault> {
    let ticket = body.text("ticket").unwrap_or_default();
    let password = body.text("password").unwrap_or_default();
    let Some((user, connection)) = find(app, ticket).await? else {
        return Ok(pages::reset_is_void());
    };
    let refused = match new_password::check(connection, &app.host(), &user, password) {
        Ok(()) => was_used(app, connection, &user, password).await?,
        Err(refused) => Some(refused),
    };
    let repeated = body.text("repeat") == Some(password);
    if refused.is_some() || !repeated {
        let error = refused.map(|refused| match password.is_empty() {
            true => Message::EnterPassword.english().to_owned(),
            false => refused.message().english().to_owned(),
        });
        let repeat_error = (error.is_none() && !repeated)
            .then(|| "The two passwords are not the same. Type the new password twice".to_owned());
        return show(app, ticket, Some((error, repeat_error))).await;
    }
    let hash = app.hasher.hash(password.to_owned()).await?;
    let history = connection.password_rules.history.saturating_sub(1);
    let whose = app
        .store
        .reset_password(&secret::digest(ticket), &hash, history, app.now())
        .await?;
    Ok(match whose {
        Some(_) => pages::reset_done(),
        None => pages::reset_is_void(),
    })
}

/// Whether a password is one of the person's last ones, the present one among
/// them.
pub async fn was_used(
    app: &App,
    connection: &DatabaseConnection,
    user: &User,
    password: &str,
) -> Result<Option<Refused>, Fault> {
    let history = connection.password_rules.history;
    if history == 0 {
        return Ok(None);
    }
    let former = app.store.password_history(&user.id, history - 1).await?;
    for hash in user.password_hash.iter().chain(&former) {
        if app.hasher.verify(password.to_owned(), Some(hash)).await? {
            return Ok(Some(Refused::Reused(history)));
        }
    }
    Ok(None)
}

/// The form, after a refusal with what is wrong with the two inputs.
async fn show(
    app: &App,
    ticket: &str,
    errors: Option<(Option<String>, Option<String>)>,
) -> Result<Response, Fault> {
    let Some((user, connection)) = find(app, ticket).await? else {
        return Ok(pages::reset_is_void());
    };
    let report = connection.rules.password_policy.check("");
    let (error, repeat_error) = errors.unwrap_or_default();
    Ok(pages::reset_form(&ResetForm {
        ticket,
        account: user.email.as_deref().unwrap_or_default(),
        policy: &checklist::lines(&report, &Texts::default()),
        error,
        repeat_error,
    }))
}

/// Whose ticket it is, and the rules for their password.
async fn find<'a>(
    app: &'a App,
    ticket: &str,
) -> Result<Option<(User, &'a DatabaseConnection)>, Fault> {
    let user = app
        .store
        .user_by_reset_ticket(&secret::digest(ticket), app.now())
        .await?;
    Ok(user.and_then(|user| {
        let connection = app.config.connection(&user.connection)?;
        Some((user, connection))
    }))
}

/// A page, whatever happened.
fn answered(result: Result<Response, Fault>) -> Response {
    result.unwrap_or_else(|fault| match fault {
        Fault::Busy => pages::sorry(
            StatusCode::SERVICE_UNAVAILABLE,
            "The server is busy",
            "Too many people are signing in at this moment. Go back and try again in a few \
             seconds.",
        ),
        fault => {
            tracing::error!("{fault}");
            pages::sorry(
                StatusCode::INTERNAL_SERVER_ERROR,
                "Something went wrong",
                "Your password stays as it was. Go back and try again.",
            )
        }
    })
}
