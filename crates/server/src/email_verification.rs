//! Letters with which people show that an address is theirs.

use std::sync::Arc;

use latchlet_store::{EmailVerification, User};
use latchlet_wire::ApiError;

use crate::app::App;
use crate::auth::{Lifetimes, secret};
use crate::config::DatabaseConnection;
use crate::fault::Fault;
use crate::mail::{count_letter, known_letter, verification_letter};

/// The page that the link leads to.
pub const PATH: &str = "/lo/verify_email";

/// Mails a link to somebody who signed up, where the connection wants it. An
/// account whose letter cannot be sent is an account all the same.
pub async fn at_sign_up(app: &Arc<App>, connection: &DatabaseConnection, user: &User) {
    if !connection.email_verification.at_sign_up {
        return;
    }
    if let Err(error) = mail_link(app, user).await {
        let code = error.code;
        tracing::warn!("no letter was sent to verify the address of a new account: {code}");
    }
}

/// Tells the owner of an address that somebody wanted to sign up with it, where the
/// reply must not.
pub async fn for_owner(app: &Arc<App>, user: &User) {
    let Some(email) = &user.email else { return };
    let counted = count_letter(&app.store, email, app.now()).await;
    let letter = known_letter(&app.host(), email);
    let sent = counted.and_then(|()| {
        let post = Arc::clone(app);
        let send = async move {
            post.post.send(letter).await;
            Ok(())
        };
        Ok(app.later(send)?)
    });
    if let Err(error) = sent {
        let code = error.code;
        tracing::warn!("no letter was sent to somebody who has an account already: {code}");
    }
}

/// Mails a link after the reply.
pub async fn mail_link(app: &Arc<App>, user: &User) -> Result<(), ApiError> {
    let Some(email) = user.email.clone() else {
        return Ok(());
    };
    app.post.needs_mail()?;
    count_letter(&app.store, &email, app.now()).await?;
    let connection = app.config.connection(&user.connection);
    let result_url = connection.and_then(|it| it.email_verification.result_url.clone());
    let ticket = secret::secret()?;
    let kept = EmailVerification {
        ticket: secret::digest(&ticket),
        user_id: user.id.clone(),
        email,
        result_url,
        expires_at: app.now() + Lifetimes::EMAIL_VERIFICATION * 1000,
    };
    app.later(write(Arc::clone(app), kept, ticket))?;
    Ok(())
}

async fn write(app: Arc<App>, kept: EmailVerification, ticket: String) -> Result<(), Fault> {
    app.store.add_email_verification(&kept).await?;
    let link = app.url(&[PATH, "?ticket=", &ticket].concat());
    let letter = verification_letter(&app.host(), &kept.email, &link);
    app.post.send(letter).await;
    Ok(())
}
