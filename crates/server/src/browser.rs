//! The session of a browser: whoever signed in need not do so again for a
//! while, and an application can ask without showing anything.
//!
//! Browsers send the cookie along when an address bar leads here, and in
//! frames of pages on the same site (`SameSite=Lax`); an application on another
//! site cannot ask behind the person's back.

use axum::http::HeaderMap;
use latchlet_store::{BrowserSession, Digest, StoreError, UnixMillis};

use crate::app::App;
use crate::auth::{Lifetimes, secret};
use crate::fault::Fault;
use crate::http::cookie::{self, Sites};

/// Begins a session for somebody who just signed in, and returns its cookie.
/// Its id is new, and the session that the browser had ends.
pub async fn begin(
    app: &App,
    headers: &HeaderMap,
    user_id: &str,
    signed_in_at: UnixMillis,
) -> Result<String, Fault> {
    let (id, now) = (secret::secret()?, app.now());
    let session = BrowserSession {
        id: secret::digest(&id),
        user_id: user_id.to_owned(),
        signed_in_at,
        idle_end: now + Lifetimes::BROWSER_IDLE * 1000,
        expires_at: now + Lifetimes::BROWSER_ABSOLUTE * 1000,
    };
    let before = id_of(app, headers);
    app.store
        .begin_browser_session(&session, before.as_ref())
        .await?;
    Ok(set_cookie(app, &id, Lifetimes::BROWSER_ABSOLUTE))
}

/// The session of a browser, which lives on because it is used.
pub async fn current(app: &App, headers: &HeaderMap) -> Result<Option<BrowserSession>, StoreError> {
    let Some(id) = id_of(app, headers) else {
        return Ok(None);
    };
    let now = app.now();
    let idle_end = now + Lifetimes::BROWSER_IDLE * 1000;
    app.store.use_browser_session(&id, idle_end, now).await
}

/// Ends the session of a browser, and returns the cookie that says so.
pub async fn end(app: &App, headers: &HeaderMap) -> Result<String, StoreError> {
    if let Some(id) = id_of(app, headers) {
        app.store.end_browser_session(&id).await?;
    }
    Ok(set_cookie(app, "", 0))
}

fn id_of(app: &App, headers: &HeaderMap) -> Option<Digest> {
    cookie::get(headers, &name(app)).map(secret::digest)
}

fn name(app: &App) -> String {
    cookie::name(app, "latchlet-session")
}

fn set_cookie(app: &App, value: &str, max_age: i64) -> String {
    cookie::set(app, &name(app), value, max_age, Sites::Same)
}
