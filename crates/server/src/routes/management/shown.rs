//! Users, as this API shows them.

use latchlet_core::Value;
use latchlet_store::User;
use latchlet_wire::ApiError;

use super::query::Query;
use crate::app::App;
use crate::fault::Fault;
use crate::profile;

/// The whole profile.
pub async fn whole(app: &App, user: &User) -> Result<Value, Fault> {
    let identities = app.store.identities(&user.id).await?;
    Ok(profile::full(user, &identities))
}

/// The fields of profiles that a query asks for.
pub async fn fields(app: &App, query: &Query, users: &[User]) -> Result<Vec<Value>, ApiError> {
    let mut shown = Vec::with_capacity(users.len());
    for user in users {
        shown.push(query.project(whole(app, user).await?)?);
    }
    Ok(shown)
}
