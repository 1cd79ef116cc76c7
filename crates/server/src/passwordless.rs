//! People who sign in without a password: how they are named, and the accounts
//! that they get.

use latchlet_core::{Object, email};
use latchlet_store::{Addressee, StoreError, UnixMillis, User};

use crate::app::App;
use crate::auth::secret;
use crate::config::{Channel, PasswordlessConnection};
use crate::fault::Fault;

/// The digits of a code.
pub const DIGITS: usize = 6;
/// How often a code can be tried.
pub const MAX_ATTEMPTS: u32 = 3;
/// The most digits of an international number (ITU-T E.164).
const MAX_NUMBER: usize = 15;

/// The canonical form of an address or a number: what it is compared by, and
/// sent to.
pub fn canonical(channel: Channel, typed: &str) -> Option<String> {
    match channel {
        Channel::Email => email::canonical(typed),
        Channel::Sms => {
            let number = typed.trim();
            let digits = number.strip_prefix('+')?;
            let ok = (1..=MAX_NUMBER).contains(&digits.len())
                && digits.bytes().all(|byte| byte.is_ascii_digit());
            ok.then(|| number.to_owned())
        }
    }
}

/// The account of somebody who proved that they can be reached there. They get
/// one, if they have none, unless the connection takes only those it knows.
pub async fn account(
    app: &App,
    connection: &PasswordlessConnection,
    to: &Addressee,
) -> Result<Option<User>, Fault> {
    let found = app
        .store
        .user_by_login(&connection.name, &to.recipient)
        .await?;
    if found.is_some() || connection.disable_signup {
        return Ok(found);
    }
    let user = new_user(connection, &to.recipient, app.now())?;
    match app.store.add_user(&user, &[]).await {
        Ok(()) => Ok(Some(user)),
        // Another of their tabs was faster.
        Err(StoreError::EmailTaken | StoreError::PhoneNumberTaken) => Ok(app
            .store
            .user_by_login(&connection.name, &to.recipient)
            .await?),
        Err(error) => Err(error.into()),
    }
}

fn new_user(
    connection: &PasswordlessConnection,
    recipient: &str,
    now: UnixMillis,
) -> Result<User, Fault> {
    let by_email = connection.channel == Channel::Email;
    Ok(User {
        id: secret::id()?,
        provider: connection.channel.strategy().to_owned(),
        connection: connection.name.clone(),
        email: by_email.then(|| recipient.to_owned()),
        email_verified: by_email,
        phone_number: (!by_email).then(|| recipient.to_owned()),
        phone_verified: !by_email,
        username: None,
        password_hash: None,
        last_password_reset: None,
        blocked: false,
        consent_subject: secret::id()?,
        attributes: Object::new(),
        user_metadata: Object::new(),
        app_metadata: Object::new(),
        created_at: now,
        updated_at: now,
        last_login: None,
        logins_count: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::{Channel, canonical};

    #[test]
    fn numbers_are_international() {
        let canonical = |typed| canonical(Channel::Sms, typed);
        assert_eq!(canonical(" +4930901820 ").as_deref(), Some("+4930901820"));
        for typed in ["4930901820", "+", "+49 30", "+1234567890123456", "+٤٩", ""] {
            assert_eq!(canonical(typed), None, "{typed}");
        }
    }
}
