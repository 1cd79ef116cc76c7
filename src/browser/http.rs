//! One HTTP request: JSON there, JSON back.
//!
//! The browser's own `fetch`, without a library around it: bench/README.md
//! has what that saves.

use std::pin::Pin;

use latchlet_core::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestCredentials, RequestInit, Response};

use super::json;

/// How long a reply may take, in milliseconds. A phone on a bad network gets
/// an answer to a sign-up well within it, Argon2 included.
const TIME_LIMIT: u32 = 15_000;

/// A reply.
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body; `Null` if it is not JSON.
    pub body: Value,
}

/// Why there is no reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoReply {
    /// Offline, refused, or not readable by this page (CORS, CSP).
    Unreachable,
    /// Nothing came within the time limit.
    TookTooLong,
}

/// Posts JSON. `credentials` sends and takes cookies across origins.
///
/// Boxed, so that every caller does not carry this state machine in its own.
pub fn post(url: &str, body: &Value, credentials: bool) -> Pending {
    let body = json::stringify(body);
    Box::pin(send(url.to_owned(), body, credentials))
}

/// A reply under way.
pub type Pending = Pin<Box<dyn Future<Output = Result<Reply, NoReply>>>>;

async fn send(url: String, body: String, credentials: bool) -> Result<Reply, NoReply> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&JsValue::from_str(&body));
    init.set_credentials(match credentials {
        true => RequestCredentials::Include,
        false => RequestCredentials::Omit,
    });
    init.set_signal(Some(&AbortSignal::timeout_with_u32(TIME_LIMIT)));
    let headers = Headers::new().map_err(|_| NoReply::Unreachable)?;
    let _ = headers.set("content-type", "application/json");
    init.set_headers(&headers);
    let response = fetch(&url, &init).await.map_err(why)?;
    let response: Response = response.unchecked_into();
    let text = match response.text() {
        Ok(text) => JsFuture::from(text).await.map_err(why)?,
        Err(error) => return Err(why(error)),
    };
    Ok(Reply {
        status: response.status(),
        body: json::parse(&text.as_string().unwrap_or_default()).unwrap_or_default(),
    })
}

async fn fetch(url: &str, init: &RequestInit) -> Result<JsValue, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    JsFuture::from(window.fetch_with_str_and_init(url, init)).await
}

fn why(error: JsValue) -> NoReply {
    match json::text_property(&error, "name").as_deref() {
        Some("TimeoutError") => NoReply::TookTooLong,
        _ => NoReply::Unreachable,
    }
}
