//! The form of people who have an account.

use std::sync::Arc;

use latchlet_core::{Answers, Message};

use super::{Sent, Wrong};
use crate::app::App;
use crate::config::DatabaseConnection;
use crate::fault::Fault;
use crate::limits::Address;
use crate::sign_in::by_password;

/// Checks the password.
pub(super) async fn take(
    app: &Arc<App>,
    from: Address,
    connection: &DatabaseConnection,
    answers: &Answers,
) -> Result<Sent, Fault> {
    let text = |name: &str| answers.get(name).text().to_owned();
    let missing = |name: &str, message: Message| {
        text(name)
            .is_empty()
            .then(|| (name.to_owned(), message.english().to_owned()))
    };
    let who = match connection.rules.username {
        Some(_) => Message::EnterIdentifier,
        None => Message::EnterEmail,
    };
    let fields: Vec<_> = [
        missing("username", who),
        missing("password", Message::EnterPassword),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !fields.is_empty() {
        return Ok(Sent::Wrong(Wrong {
            fields,
            ..Wrong::default()
        }));
    }
    let found = by_password(app, connection, &text("username"), text("password"), from).await;
    let user = match found {
        Err(Fault::TooManyAttempts(_)) => {
            return Ok(Sent::Wrong(Wrong::notice(
                Message::TooManyAttempts.english(),
            )));
        }
        found => found?,
    };
    Ok(match (user, &connection.rules.username) {
        (Some(user), _) => Sent::LoggedIn(user.id),
        (None, Some(_)) => Sent::Wrong(Wrong::notice(Message::WrongUsernameCredentials.english())),
        (None, None) => Sent::Wrong(Wrong::notice(Message::WrongCredentials.english())),
    })
}
