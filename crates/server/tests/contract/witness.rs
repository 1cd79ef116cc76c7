//! The document of the API is true: every request that a test sends and every
//! reply that it gets is held against it.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};
use std::thread;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use jsonschema::Validator;
use latchlet_server::api;
use serde_json::{Value, json};

pub static DOCUMENT: LazyLock<Value> = LazyLock::new(|| api::document("/"));
/// By the place of their schemas in the document.
static VALIDATORS: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);
/// A longer body than the server takes is not read.
const MAX_BODY: u64 = 64 * 1024;

/// What was not as the document says, of one server. The test fails by it.
#[derive(Default)]
pub struct Witness(Arc<Mutex<Vec<String>>>);

impl Witness {
    /// Watches what goes in and out.
    pub fn watch(&self, router: Router) -> Router {
        router.layer(from_fn_with_state(self.0.clone(), watch))
    }
}

impl Drop for Witness {
    fn drop(&mut self) {
        let found = self.0.lock().unwrap();
        assert!(
            found.is_empty() || thread::panicking(),
            "crates/server/src/api does not describe it:\n{}",
            found.join("\n")
        );
    }
}

type Found = Arc<Mutex<Vec<String>>>;

async fn watch(State(found): State<Found>, request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>().cloned();
    let method = request.method().clone();
    let (Some(path), false) = (path, method == Method::OPTIONS) else {
        return next.run(request).await;
    };
    let query = request.uri().query().unwrap_or_default().to_owned();
    let (request, sent) = read_request(request).await;
    let response = next.run(request).await;
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let path = path.as_str().replace("{*", "{");
    let exchange = Exchange {
        path: &path,
        method: &method,
        status: parts.status,
    };
    if let Err(wrong) = exchange.judge(&query, sent.as_ref(), &parts.headers, &body) {
        let told = format!("{method} {path}, {}: {wrong}", parts.status.as_u16());
        found.lock().unwrap().push(told);
    }
    Response::from_parts(parts, Body::from(body))
}

/// A request that can be sent on, and its JSON if that is what it has.
async fn read_request(request: Request) -> (Request, Option<Value>) {
    let length = request.headers().get(CONTENT_LENGTH);
    let length = length.and_then(|it| it.to_str().ok()?.parse::<u64>().ok());
    let is_json = media_type(request.headers()) == "application/json";
    if !is_json || length.is_none_or(|length| length > MAX_BODY) {
        return (request, None);
    }
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return (Request::from_parts(parts, Body::empty()), None);
    };
    let sent = serde_json::from_slice(&bytes).ok();
    (Request::from_parts(parts, Body::from(bytes)), sent)
}

/// A request and its reply.
struct Exchange<'a> {
    path: &'a str,
    method: &'a Method,
    status: StatusCode,
}

impl Exchange<'_> {
    fn judge(
        &self,
        query: &str,
        sent: Option<&Value>,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<(), String> {
        let paths = &DOCUMENT["paths"];
        if self.status == StatusCode::METHOD_NOT_ALLOWED {
            let is_described = paths[self.path][self.name()].is_object();
            return match is_described {
                true => Err("it is described, and not allowed".to_owned()),
                false => Ok(()),
            };
        }
        let operation = &paths[self.path][self.name()];
        let reply = &operation["responses"][self.status.as_str()];
        if reply.is_null() {
            return Err("there is no such reply".to_owned());
        }
        if self.status.is_success() {
            self.request(operation, query, sent)?;
        }
        let media_type = media_type(headers);
        let content = &reply["content"];
        if *self.method == Method::HEAD || (body.is_empty() && content.is_null()) {
            return Ok(());
        }
        match media_type {
            _ if content["*/*"].is_object() => Ok(()),
            "application/json" if content[media_type].is_object() => {
                let status = self.status.as_str();
                let place = ["responses", status, "content", media_type];
                let body = serde_json::from_slice(body).map_err(|error| error.to_string())?;
                self.matches(&place, &body)
            }
            _ if content[media_type].is_object() => Ok(()),
            _ => Err(format!("it is of the type `{media_type}`")),
        }
    }

    /// What was accepted, anybody may send.
    fn request(&self, operation: &Value, query: &str, sent: Option<&Value>) -> Result<(), String> {
        let known = operation["parameters"].as_array();
        let is_known = |name: &str| {
            let mut known = known.into_iter().flatten();
            known.any(|it| it["in"] == "query" && it["name"] == name)
        };
        for (name, _) in url::form_urlencoded::parse(query.as_bytes()) {
            // What OAuth does not know, it leaves (RFC 6749 §3.1).
            if !is_known(&name) && self.path.starts_with("/api/") {
                return Err(format!("the parameter `{name}`"));
            }
        }
        let place = ["requestBody", "content", "application/json"];
        let described = place.iter().fold(operation, |it, name| &it[*name]);
        match sent {
            // Where no JSON is taken, nobody reads it.
            Some(sent) if described.is_object() => self.matches(&place, sent),
            _ => Ok(()),
        }
    }

    /// Whether a value matches the schema at a place of the operation.
    fn matches(&self, place: &[&str], value: &Value) -> Result<(), String> {
        let name = self.name();
        let parts = [&["paths", self.path, &name], place, &["schema"]].concat();
        let parts = parts.iter().map(|part| part.replace('/', "~1"));
        let pointer = format!("#/{}", parts.collect::<Vec<_>>().join("/"));
        if DOCUMENT.pointer(&pointer[1..]).is_none() {
            return Err(format!("there is no {pointer}"));
        }
        let validator = validator(&pointer);
        let wrong: Vec<String> = validator
            .iter_errors(value)
            .map(|error| format!("{} at `{}`", error, error.instance_path()))
            .collect();
        match wrong.is_empty() {
            true => Ok(()),
            false => Err(format!("{} in {value}", wrong.join("; "))),
        }
    }

    /// The document's name for the method. `HEAD` is answered like `GET`.
    fn name(&self) -> String {
        match *self.method {
            Method::HEAD => "get".to_owned(),
            _ => self.method.as_str().to_lowercase(),
        }
    }
}

fn validator(pointer: &str) -> Arc<Validator> {
    let mut validators = VALIDATORS.lock().unwrap();
    let validator = validators.entry(pointer.to_owned()).or_insert_with(|| {
        let mut schema = DOCUMENT.clone();
        schema["$ref"] = json!(pointer.replace('{', "%7B").replace('}', "%7D"));
        Arc::new(jsonschema::validator_for(&schema).unwrap())
    });
    Arc::clone(validator)
}

fn media_type(headers: &HeaderMap) -> &str {
    let value = headers.get(CONTENT_TYPE);
    let value = value.and_then(|it| it.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim()
}
