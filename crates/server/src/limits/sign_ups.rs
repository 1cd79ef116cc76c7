//! Sign-ups: so many from one address.

use latchlet_wire::ApiError;

use super::Address;
use crate::app::App;
use crate::fault::Fault;

/// Counts one before its password is hashed, and refuses it where there were too
/// many.
pub async fn sign_up(app: &App, from: Address) -> Result<(), ApiError> {
    let Some(limit) = app.config.limits.sign_ups_per_address else {
        return Ok(());
    };
    let (key, now) = (format!("sign-up\n{from}"), app.now());
    let counted = app.handfuls.count(&app.store, &key, limit, now).await;
    let left = counted.map_err(Fault::from)?;
    match left.allowed {
        true => Ok(()),
        false => Err(super::too_many(
            left,
            now,
            "There were too many sign-ups from this address. Wait as long as Retry-After says.",
        )),
    }
}
