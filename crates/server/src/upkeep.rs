//! What a running server does by itself, every so often.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::interval;

use crate::app::App;

/// How often expired tickets and sessions are forgotten.
const TIDY_EVERY: Duration = Duration::from_secs(300);
/// How often signing keys are looked after. Until then a process signs with,
/// and takes, what another has revoked.
const KEYS_EVERY: Duration = Duration::from_secs(10);

/// Goes on until the process ends.
pub async fn keep_up(app: Arc<App>) {
    tokio::join!(check_consents(&app), tidy(&app), keep_keys(&app));
}

/// Says so if somebody has changed what people said to consents.
async fn check_consents(app: &App) {
    match app.store.broken_consent().await {
        Ok(None) => {}
        Ok(Some(id)) => tracing::error!(
            "the record of consents was changed: it is broken from id {id} on (docs/SERVER.md)"
        ),
        Err(error) => tracing::warn!("the record of consents was not checked: {error}"),
    }
}

async fn tidy(app: &App) {
    let mut interval = interval(TIDY_EVERY);
    loop {
        interval.tick().await;
        if let Err(error) = app.store.forget_expired(app.now()).await {
            tracing::warn!("expired sessions were not forgotten: {error}");
        }
    }
}

async fn keep_keys(app: &App) {
    let mut interval = interval(KEYS_EVERY);
    loop {
        interval.tick().await;
        app.keep_keys().await;
    }
}
