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

/// How long a reply of the auth backend may take, in milliseconds. A phone on a bad network gets
/// an answer to a sign-up well within it, Argon2 included.
const TIME_LIMIT: u32 = 15_000;

/// A reply.
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body; `Null` if it is not JSON.
    pub body: Value,
    /// The body as it came.
    pub text: String,
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
    Box::pin(send(Request {
        limit: TIME_LIMIT,
        method: "POST",
        url: url.to_owned(),
        body: Some(json::stringify(body)),
        credentials,
        headers: Vec::new(),
    }))
}

/// Gets something, with these headers.
pub fn get(url: &str, headers: &[(&str, &str)]) -> Pending {
    get_within(TIME_LIMIT, url, headers)
}

/// Gets something within a time in milliseconds.
pub fn get_within(limit: u32, url: &str, headers: &[(&str, &str)]) -> Pending {
    let headers: Vec<_> = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let request = Request {
        limit,
        method: "GET",
        url: url.to_owned(),
        body: None,
        credentials: false,
        headers,
    };
    Box::pin(send(request))
}

/// Changes something as the owner of a token.
pub fn patch(url: &str, body: &Value, token: &str) -> Pending {
    Box::pin(send(Request {
        limit: TIME_LIMIT,
        method: "PATCH",
        url: url.to_owned(),
        body: Some(json::stringify(body)),
        credentials: false,
        headers: vec![("authorization".to_owned(), ["Bearer ", token].concat())],
    }))
}

struct Request {
    /// How long the reply may take, in milliseconds.
    limit: u32,
    method: &'static str,
    url: String,
    body: Option<String>,
    credentials: bool,
    headers: Vec<(String, String)>,
}

/// A reply under way.
pub type Pending = Pin<Box<dyn Future<Output = Result<Reply, NoReply>>>>;

async fn send(request: Request) -> Result<Reply, NoReply> {
    let init = RequestInit::new();
    init.set_method(request.method);
    let headers = Headers::new().map_err(|_| NoReply::Unreachable)?;
    if let Some(body) = &request.body {
        init.set_body(&JsValue::from_str(body));
        let _ = headers.set("content-type", "application/json");
    }
    for (name, value) in &request.headers {
        let _ = headers.set(name, value);
    }
    init.set_credentials(match request.credentials {
        true => RequestCredentials::Include,
        false => RequestCredentials::Omit,
    });
    init.set_signal(Some(&AbortSignal::timeout_with_u32(request.limit)));
    init.set_headers(&headers);
    let response = fetch(&request.url, &init).await.map_err(why)?;
    let response: Response = response.unchecked_into();
    let text = match response.text() {
        Ok(text) => JsFuture::from(text).await.map_err(why)?,
        Err(error) => return Err(why(error)),
    };
    let text = text.as_string().unwrap_or_default();
    Ok(Reply {
        status: response.status(),
        body: json::parse(&text).unwrap_or_default(),
        text,
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
