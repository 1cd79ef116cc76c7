//! What a Prometheus server reads of this one: how many requests, how fast, and
//! what came of them.
//!
//! Labels are bounded, and none is about a person: of a path the template of
//! its route, of a refusal its code.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use prometheus_client::encoding::{EncodeLabelSet, prometheus_text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use crate::app::App;
use crate::http::refusal::ErrorCode;

/// The type of the text.
pub use prometheus_text::CONTENT_TYPE;

/// Bounds of durations, in seconds: a lookup takes a millisecond, a password
/// some twenty, and a reply never more than thirty seconds.
const BUCKETS: [f64; 12] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0,
];
/// The route of what none serves.
const NO_ROUTE: &str = "none";

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Answered {
    route: String,
    method: &'static str,
    status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Route {
    route: String,
    method: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Refused {
    route: String,
    code: String,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Outcome {
    outcome: String,
}

/// Everything that is counted.
pub struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    durations: Family<Route, Histogram, fn() -> Histogram>,
    refusals: Family<Refused, Counter>,
    logins: Family<Outcome, Counter>,
    sign_ups: Family<Outcome, Counter>,
    hashed: Counter,
    hashing: Gauge,
    waiting: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        let metrics = Self {
            registry: Registry::with_prefix("latchlet"),
            requests: Family::default(),
            durations: Family::new_with_constructor(|| Histogram::new(BUCKETS)),
            refusals: Family::default(),
            logins: Family::default(),
            sign_ups: Family::default(),
            hashed: Counter::default(),
            hashing: Gauge::default(),
            waiting: Gauge::default(),
        };
        metrics.registered()
    }
}

impl Metrics {
    fn registered(mut self) -> Self {
        let registry = &mut self.registry;
        registry.register(
            "http_requests",
            "Requests, by route, method and status",
            self.requests.clone(),
        );
        registry.register(
            "http_request_duration_seconds",
            "How long replies took, by route and method",
            self.durations.clone(),
        );
        registry.register(
            "refusals",
            "Requests that were refused, by route and the code of the refusal",
            self.refusals.clone(),
        );
        registry.register(
            "logins",
            "Logins by password or code: `success` or `wrong_credentials`",
            self.logins.clone(),
        );
        registry.register(
            "sign_ups",
            "Sign-ups: `success`, or the code of the refusal",
            self.sign_ups.clone(),
        );
        registry.register(
            "passwords_hashed",
            "Passwords and codes that were hashed",
            self.hashed.clone(),
        );
        registry.register(
            "passwords_hashing",
            "Passwords that are hashed at this moment",
            self.hashing.clone(),
        );
        registry.register(
            "passwords_waiting",
            "Passwords that wait to be hashed",
            self.waiting.clone(),
        );
        self
    }

    /// The text that Prometheus reads.
    pub fn text(&self, app: &App) -> Result<String, std::fmt::Error> {
        let (hashing, waiting) = app.hasher.load();
        let count = |it: usize| i64::try_from(it).unwrap_or(i64::MAX);
        let hashed = app.hasher.done();
        self.hashed.inner().store(hashed, Ordering::Relaxed);
        self.hashing.set(count(hashing));
        self.waiting.set(count(waiting));
        let mut text = String::new();
        prometheus_text::encode(&mut text, &self.registry)?;
        Ok(text)
    }

    fn count(&self, route: &str, method: &'static str, response: &Response, seconds: f64) {
        let answered = Answered {
            route: route.to_owned(),
            method,
            status: response.status().as_u16(),
        };
        self.requests.get_or_create(&answered).inc();
        let at = Route {
            route: route.to_owned(),
            method,
        };
        self.durations.get_or_create(&at).observe(seconds);
        let code = response.extensions().get::<ErrorCode>();
        if let Some(ErrorCode(code)) = code {
            let refused = Refused {
                route: route.to_owned(),
                code: code.clone(),
            };
            self.refusals.get_or_create(&refused).inc();
        }
    }

    /// Somebody said who they are.
    pub fn login(&self, outcome: &'static str) {
        self.logins.get_or_create(&Outcome::of(outcome)).inc();
    }

    /// Somebody wanted an account.
    pub fn sign_up(&self, outcome: &str) {
        self.sign_ups.get_or_create(&Outcome::of(outcome)).inc();
    }
}

impl Outcome {
    fn of(outcome: &str) -> Self {
        Self {
            outcome: outcome.to_owned(),
        }
    }
}

/// Counts a request.
pub async fn observe(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = name(request.method());
    let begin = Instant::now();
    let response = next.run(request).await;
    let route = route.as_ref().map_or(NO_ROUTE, MatchedPath::as_str);
    let seconds = begin.elapsed().as_secs_f64();
    app.metrics.count(route, method, &response, seconds);
    response
}

/// A client may make up methods; here they have one name.
fn name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
