//! One HTTP request: JSON there, JSON back.
//!
//! The browser's own `fetch`, without a library around it: bench/README.md
//! has what that saves.

use std::pin::Pin;

use js_sys::Reflect;
use latchlet_core::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestCredentials, RequestInit, Response};

use super::{json, page};

/// How long a reply of the auth backend may take, in milliseconds. A phone on a bad network gets
/// an answer to a sign-up well within it, Argon2 included.
const TIME_LIMIT: u32 = 15_000;

/// The most bytes of a request that goes on when the page is left (Fetch: all
/// of them together 64 KiB).
const MOST_OUTLIVING: usize = 60_000;

/// A reply.
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body; `Null` if it is not JSON.
    pub body: Value,
    /// The body as it came.
    pub text: String,
    /// After how many seconds to come back, where the server says so.
    pub retry_after: Option<u32>,
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
pub fn post(url: &str, body: &Value, credentials: bool) -> Pending {
    let mut request = Request::new("POST", url);
    request.body = Some(json::stringify(body));
    request.credentials = credentials;
    request.send()
}

/// Gets something, with these headers.
pub fn get(url: &str, headers: &[(&'static str, &str)]) -> Pending {
    get_within(TIME_LIMIT, url, headers)
}

/// Gets something within a time in milliseconds.
pub fn get_within(limit: u32, url: &str, headers: &[(&'static str, &str)]) -> Pending {
    let mut request = Request::new("GET", url);
    request.limit = limit;
    for (name, value) in headers {
        request.header(name, value);
    }
    request.send()
}

/// A request.
pub struct Request {
    /// How long the reply may take, in milliseconds.
    pub limit: u32,
    /// Its body: JSON, unless its type says otherwise.
    pub body: Option<String>,
    /// The type of the body.
    pub content_type: &'static str,
    /// Whether cookies go along.
    pub credentials: bool,
    /// Whether it goes on when the page is left.
    pub outlives: bool,
    method: &'static str,
    url: String,
    headers: Vec<(&'static str, String)>,
}

impl Request {
    /// A request without a body.
    pub fn new(method: &'static str, url: &str) -> Self {
        Self {
            limit: TIME_LIMIT,
            body: None,
            content_type: "application/json",
            credentials: false,
            outlives: false,
            method,
            url: url.to_owned(),
            headers: Vec::new(),
        }
    }

    /// Adds a header.
    pub fn header(&mut self, name: &'static str, value: &str) {
        self.headers.push((name, value.to_owned()));
    }

    /// Adds the token of whoever asks.
    pub fn bearer(&mut self, token: &str) {
        self.header("authorization", &["Bearer ", token].concat());
    }

    /// Sends it.
    ///
    /// Boxed, so that every caller does not carry this state machine in its own.
    pub fn send(self) -> Pending {
        Box::pin(send(self))
    }
}

/// A reply under way.
pub type Pending = Pin<Box<dyn Future<Output = Result<Reply, NoReply>>>>;

async fn send(request: Request) -> Result<Reply, NoReply> {
    // Without a prototype: what a page has put there is no part of the request.
    let init = RequestInit::new();
    let _ = Reflect::set_prototype_of(&init, &JsValue::NULL);
    init.set_method(request.method);
    let headers = Headers::new().map_err(|_| NoReply::Unreachable)?;
    if let Some(body) = &request.body {
        init.set_body(&JsValue::from_str(body));
        let _ = headers.set("content-type", request.content_type);
    }
    for (name, value) in &request.headers {
        let _ = headers.set(name, value);
    }
    init.set_credentials(match request.credentials {
        true => RequestCredentials::Include,
        false => RequestCredentials::Omit,
    });
    // Browsers take no more than this of what outlives a page.
    let fits = request
        .body
        .as_ref()
        .is_none_or(|body| body.len() < MOST_OUTLIVING);
    if request.outlives && fits {
        let _ = Reflect::set(&init, &"keepalive".into(), &JsValue::TRUE);
    }
    init.set_signal(Some(&AbortSignal::timeout_with_u32(request.limit)));
    init.set_headers(&headers);
    let response = fetch(&request.url, &init).await.map_err(why)?;
    let response: Response = response.unchecked_into();
    let retry_after = response.headers().get("retry-after").ok().flatten();
    let retry_after = retry_after.and_then(|text| seconds(&text));
    let text = match response.text() {
        Ok(text) => JsFuture::from(text).await.map_err(why)?,
        Err(error) => return Err(why(error)),
    };
    let text = text.as_string().unwrap_or_default();
    Ok(Reply {
        status: response.status(),
        body: json::parse(&text).unwrap_or_default(),
        text,
        retry_after,
    })
}

async fn fetch(url: &str, init: &RequestInit) -> Result<JsValue, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    JsFuture::from(window.fetch_with_str_and_init(url, init)).await
}

/// `Retry-After`: seconds, or the time at which to come back (RFC 9110, 10.2.3).
fn seconds(text: &str) -> Option<u32> {
    match text.trim().parse() {
        Ok(seconds) => Some(seconds),
        Err(_) => Some(((page::time(text)? - page::now()) / 1000.0).ceil() as u32),
    }
}

fn why(error: JsValue) -> NoReply {
    match json::text_property(&error, "name").as_deref() {
        Some("TimeoutError") => NoReply::TookTooLong,
        _ => NoReply::Unreachable,
    }
}
