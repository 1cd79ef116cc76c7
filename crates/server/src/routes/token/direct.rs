//! Credentials of a person that become tokens without a browser: a password
//! that the application was told, or a code that was sent.

use std::sync::Arc;

use latchlet_wire::error::code;
use latchlet_wire::{ApiError, DirectGrant, Proof, TokenResponse};

use super::issue::{Asked, first};
use super::{invalid_grant, machine};
use crate::app::App;
use crate::config::Client;
use crate::http::refusal::{OAuth, Refusal};
use crate::limits::Address;
use crate::session::{self, Login};
use crate::{scope, sign_in};

/// The tokens that credentials are worth.
pub async fn grant(
    app: &Arc<App>,
    client: &Client,
    request: DirectGrant,
    from: Address,
) -> Result<TokenResponse, Refusal<OAuth>> {
    let DirectGrant {
        proof,
        audience,
        scope,
    } = request;
    // Whether what is asked for can be had is settled before anybody is.
    let granted = || granted(app, client, scope.as_deref(), audience.as_deref());
    let (user, wrong, scope, grant_type) = match proof {
        Proof::Client => return machine::grant(app, client, audience.as_deref(), scope.as_deref()),
        Proof::Password {
            username,
            password,
            realm,
        } => {
            let connection = sign_in::database(app, realm.as_deref())?;
            let scope = granted()?;
            let user = sign_in::by_password(app, connection, &username, password, from).await?;
            // Auth0's name for it, with a realm and without.
            (user, sign_in::WRONG_PASSWORD, scope, Some("password"))
        }
        Proof::Otp {
            username,
            otp,
            realm,
        } => {
            let connection = sign_in::passwordless(app, &realm)?;
            let scope = granted()?;
            let user = sign_in::by_code(app, connection, &client.id, &username, otp, from).await?;
            (user, sign_in::wrong_code(connection.channel), scope, None)
        }
    };
    let user = user.ok_or_else(|| invalid_grant(wrong))?;
    if user.blocked {
        return Err(sign_in::blocked("unauthorized").into());
    }
    let login = Login {
        user_id: user.id,
        signed_in_at: app.now(),
        is_new: true,
    };
    let session = session::new(app, client, &login, scope, audience)?;
    app.store.begin_session(&session, None, true).await?;
    let asked = Asked {
        scope: &session.scope,
        nonce: None,
        grant_type,
    };
    first(app, client, &session, asked).await
}

/// What is granted. An application that may ask for a password is trusted: where
/// it names no scope, it gets all that the API has for people, as at Auth0.
fn granted(
    app: &App,
    client: &Client,
    wanted: Option<&str>,
    audience: Option<&str>,
) -> Result<String, ApiError> {
    let api = audience.map(|audience| {
        app.config.api(audience).ok_or_else(|| {
            let text = format!("Service not found: {audience}");
            ApiError::new(403, code::ACCESS_DENIED, text)
        })
    });
    let api = api.transpose()?;
    let all = || api.map_or(String::new(), |api| api.scopes_of_people.join(" "));
    let wanted = wanted.map_or_else(all, str::to_owned);
    Ok(scope::of_people(&app.config, client, &wanted, audience))
}
