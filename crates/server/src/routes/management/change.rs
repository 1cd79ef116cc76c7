//! A change of a user by an application.

use latchlet_core::Value;
use latchlet_store::{Changed, Decided, User};
use latchlet_wire::error::code;
use latchlet_wire::{ApiError, UserFields};

use super::caller::{Application, inexistent, insufficient_scope};
use super::given::{self, payload};
use crate::app::App;
use crate::http::refusal::{Management, Refusal};
use crate::profile;
use crate::routes::reset::was_used;

/// Reads a change that an application may make.
pub fn read(application: &Application, body: &Value) -> Result<UserFields, ApiError> {
    let fields = UserFields::read_change(body).map_err(|malformed| {
        let message = format!("Payload validation error: {malformed}");
        ApiError::new(400, code::INVALID_BODY, message)
    })?;
    let only_app_metadata = UserFields {
        app_metadata: fields.app_metadata.clone(),
        ..UserFields::default()
    };
    if !application.may("update:users") && fields != only_app_metadata {
        return Err(insufficient_scope("update:users"));
    }
    if let [one, another, ..] = fields.credentials()[..] {
        let message = format!("Cannot update {one} and {another} simultaneously");
        return Err(ApiError::new(400, code::INVALID_BODY, message));
    }
    Ok(fields)
}

/// Makes a change, and returns the whole profile. A new password, and being
/// kept out, end whatever the person is signed in to.
pub async fn apply(
    app: &App,
    user: User,
    fields: UserFields,
) -> Result<String, Refusal<Management>> {
    if fields
        .connection
        .as_ref()
        .is_some_and(|it| *it != user.connection)
    {
        return Err(payload("connection", "is not that of this user").into());
    }
    let now = app.now();
    let (mut hash, mut password_history) = (None, 0);
    if let Some(password) = &fields.password {
        let connection = given::connection(app, &user)?;
        let new = given::password(app, connection, &user, password).await?;
        if let Some(used) = was_used(app, connection, &user, password).await? {
            return Err(given::refused(&used).into());
        }
        hash = Some(new);
        password_history = connection.password_rules.history.saturating_sub(1);
    }
    let ends_sessions = hash.is_some() || fields.blocked == Some(true);
    let identities = app.store.identities(&user.id).await?;
    let decide = |mut user: User| {
        given::write(app, &mut user, &fields)?;
        if hash.is_some() {
            user.password_hash = hash;
            user.last_password_reset = Some(now);
        }
        user.updated_at = now;
        let reply = serde_json::json!(profile::full(&user, &identities)).to_string();
        Ok::<_, ApiError>(Decided {
            user,
            consents: Vec::new(),
            reply,
            ends_sessions,
            password_history,
        })
    };
    let changed = app.store.change_user(&user.id, None, now, decide).await;
    let changed = changed.map_err(|error| {
        given::taken(error, 400, |name| {
            format!("The specified new {name} already exists")
        })
    })?;
    match changed {
        Changed::Made(reply) | Changed::Replayed(reply) => Ok(reply),
        Changed::Refused(error) => Err(error.into()),
        Changed::NoUser | Changed::KeyReused => Err(inexistent().into()),
    }
}
