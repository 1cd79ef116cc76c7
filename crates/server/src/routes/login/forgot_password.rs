//! The form of people who forgot their password.

use std::sync::Arc;

use latchlet_core::{Answers, Message, email};

use super::{Sent, Wrong};
use crate::app::App;
use crate::config::DatabaseConnection;
use crate::routes::change_password::mail_link;

/// Mails a link, if there is such an account.
pub(super) async fn take(
    app: &Arc<App>,
    connection: &DatabaseConnection,
    answers: &Answers,
) -> Sent {
    let Some(address) = email::canonical(answers.get("username").text()) else {
        return Sent::Wrong(Wrong {
            fields: vec![(
                "username".to_owned(),
                Message::InvalidEmail.english().to_owned(),
            )],
            ..Wrong::default()
        });
    };
    match mail_link(app, connection, address.clone()).await {
        Ok(()) => Sent::Mailed(address),
        Err(error) if error.status == 429 => {
            Sent::Wrong(Wrong::notice(Message::TooManyRequests.english()))
        }
        Err(_) => Sent::Wrong(Wrong::notice(Message::ResetFailed.english())),
    }
}
