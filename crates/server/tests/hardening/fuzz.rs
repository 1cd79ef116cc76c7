//! Every route, asked with anything: bytes, JSON that is nearly right, queries,
//! headers. Nothing of it is a failure inside.

use std::sync::LazyLock;

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Method, Request};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};
use tokio::runtime::Runtime;

use crate::harness::{CALLBACK, ORIGIN, PASSWORD, VERIFIER};
use crate::inside::{Inside, filled, routes};

/// One server for all cases, which has to live with what came before.
static STAGE: LazyLock<(Runtime, Inside)> = LazyLock::new(|| {
    let runtime = Runtime::new().unwrap();
    let inside = runtime.block_on(Inside::at("https://login.example.com"));
    (runtime, inside)
});

/// Bodies that one endpoint or another takes.
fn good_bodies() -> Vec<Value> {
    let metadata = json!({ "company": "ACME", "size": "s", "nested": { "list": [1, true, null] } });
    let parameters = json!({
        "redirect_uri": CALLBACK, "response_type": "code", "scope": "openid", "state": "s",
        "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "code_challenge_method": "S256",
    });
    vec![
        json!({
            "client_id": "app", "connection": "users", "email": "ada@example.com",
            "password": PASSWORD, "given_name": "Ada", "user_metadata": metadata,
        }),
        json!({
            "client_id": "app", "connection": "formed", "email": "ada@example.com",
            "password": PASSWORD, "user_metadata": metadata,
        }),
        json!({
            "client_id": "app", "connection": "named", "email": "ada@example.com",
            "username": "ada", "password": "Aa1!aaaa",
        }),
        json!({
            "client_id": "app", "username": "ada@example.com", "password": "x", "realm": "users",
            "credential_type": "http://auth0.com/oauth/grant-type/password-realm",
        }),
        json!({
            "client_id": "app", "username": "ada@example.com", "otp": "123456", "realm": "email",
            "credential_type": "http://auth0.com/oauth/grant-type/passwordless/otp",
        }),
        json!({
            "client_id": "app", "connection": "email", "email": "ada@example.com",
            "send": "link", "authParams": parameters,
        }),
        json!({ "client_id": "app", "connection": "sms", "phone_number": "+49301234", "send": "code" }),
        json!({
            "grant_type": "authorization_code", "client_id": "app", "code": "x",
            "redirect_uri": CALLBACK, "code_verifier": VERIFIER,
        }),
        json!({ "grant_type": "refresh_token", "client_id": "app", "refresh_token": "x" }),
        json!({ "grant_type": "client_credentials", "client_id": "app", "client_secret": "x", "audience": "x" }),
        json!({ "user_metadata": metadata, "app_metadata": {}, "blocked": true }),
        json!({ "session_token": "x.y.z", "state": "s", "user_metadata": metadata }),
        json!({ "ticket": "x", "password": PASSWORD, "repeat": PASSWORD }),
        json!({ "advance": 1 }),
    ]
}

/// Any value, of any shape.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        ".{0,600}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 8, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..8).prop_map(Value::from),
            vec((any::<String>(), inner), 0..8)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// A body that is right but for a few properties.
fn nearly_right() -> impl Strategy<Value = Value> {
    let change = (any::<prop::sample::Index>(), prop::option::of(any_value()));
    (select(good_bodies()), vec(change, 0..3)).prop_map(|(mut body, changes)| {
        let properties = body.as_object_mut().unwrap();
        for (index, change) in changes {
            if properties.is_empty() {
                break;
            }
            let key = properties
                .keys()
                .nth(index.index(properties.len()))
                .unwrap()
                .clone();
            match change {
                Some(value) => properties.insert(key, value),
                None => properties.remove(&key),
            };
        }
        body
    })
}

/// Bytes that are right but for a few.
fn nearly_json() -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), any::<u8>());
    (nearly_right(), vec(change, 0..4)).prop_map(|(body, changes)| {
        let mut bytes = body.to_string().into_bytes();
        for (index, byte) in changes {
            let place = index.index(bytes.len());
            bytes[place] = byte;
        }
        bytes
    })
}

fn nearly_a_form() -> impl Strategy<Value = Vec<u8>> {
    nearly_right().prop_map(|body| {
        let text = |value: &Value| {
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned)
        };
        let pairs: Vec<_> = body
            .as_object()
            .unwrap()
            .iter()
            .map(|(key, value)| (key, text(value)))
            .collect();
        serde_urlencoded::to_string(pairs).unwrap().into_bytes()
    })
}

fn any_query() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        nearly_a_form().prop_map(|form| String::from_utf8(form).unwrap()),
        "[!-~]{0,80}".prop_map(|text| text.replace(['#', '<', '>', '"', '`', '{', '}', '\\', '^', '|'], "%")),
    ]
}

fn any_headers() -> impl Strategy<Value = Vec<(&'static str, Vec<u8>)>> {
    let name = select(vec![
        "authorization",
        "cookie",
        "origin",
        "host",
        "idempotency-key",
        "x-request-language",
        "auth0-client",
        "accept-encoding",
        "if-none-match",
        "referer",
        "x-forwarded-for",
        "access-control-request-method",
        "content-type",
        "accept-language",
        "x-request-id",
    ]);
    let value = prop_oneof![
        vec(any::<u8>(), 0..60),
        "[ -~]{0,200}".prop_map(String::into_bytes),
        Just(ORIGIN.as_bytes().to_vec()),
        Just(b"Bearer eyJhbGciOiJSUzI1NiJ9.e30.AAAA".to_vec()),
        Just(b"Basic YXBwOnNlY3JldA==".to_vec()),
    ];
    vec((name, value), 0..5)
}

fn any_request() -> impl Strategy<Value = Request<Body>> {
    let method = select(vec![
        "GET", "POST", "PATCH", "POST", "PUT", "DELETE", "HEAD", "OPTIONS",
    ]);
    let part = prop_oneof![
        Just("app.js".to_owned()),
        Just("auth0%7C0123".to_owned()),
        any::<String>()
            .prop_map(|text| serde_urlencoded::to_string([("", text)]).unwrap()[1..].to_owned()),
        "[a-z%0-9.]{1,12}",
    ];
    let body = prop_oneof![
        3 => nearly_json().prop_map(|bytes| ("application/json", bytes)),
        1 => any_value().prop_map(|value| ("application/json", value.to_string().into_bytes())),
        1 => nearly_a_form().prop_map(|bytes| ("application/x-www-form-urlencoded", bytes)),
        1 => vec(any::<u8>(), 0..300).prop_map(|bytes| ("application/json", bytes)),
        1 => vec(any::<u8>(), 0..300).prop_map(|bytes| ("application/x-www-form-urlencoded", bytes)),
    ];
    (
        select(routes()),
        method,
        part,
        any_query(),
        any_headers(),
        body,
    )
        .prop_map(|(route, method, part, query, headers, (kind, body))| {
            let path = format!("{}?{query}", filled(&route, &part));
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            // What cannot be written as an address does not come so far.
            let builder = Request::builder().method(method.clone()).uri(&path);
            let mut request = builder.body(Body::empty()).unwrap_or_else(|_| {
                let path = filled(&route, "x");
                Request::builder()
                    .method(method)
                    .uri(path)
                    .body(Body::empty())
                    .unwrap()
            });
            request
                .headers_mut()
                .insert("content-type", HeaderValue::from_static(kind));
            request
                .headers_mut()
                .insert("origin", HeaderValue::from_static(ORIGIN));
            for (name, value) in headers {
                if let Ok(value) = HeaderValue::from_bytes(&value) {
                    request
                        .headers_mut()
                        .insert(HeaderName::from_static(name), value);
                }
            }
            *request.body_mut() = Body::from(body);
            request
        })
}

#[test]
fn nothing_is_a_failure_inside() {
    let mut runner = TestRunner::new(ProptestConfig {
        // A case is told by what it asked: it cannot be asked twice.
        failure_persistence: None,
        max_shrink_iters: 200,
        cases: ProptestConfig::default().cases * 4,
        ..ProptestConfig::default()
    });
    let (runtime, inside) = &*STAGE;
    let asked = (any_request(),).prop_map(|(request,)| request);
    runner
        .run(&asked, |request| {
            let asked = format!("{request:?}");
            let answer = runtime.block_on(inside.ask(request));
            let status = answer.status.as_u16();
            // 501: it needs what this server has not; 503: many letters at once.
            prop_assert!(
                status < 500 || matches!(status, 501 | 503),
                "{status} {} to {asked}",
                String::from_utf8_lossy(&answer.body)
            );
            prop_assert!(answer.headers.contains_key("x-request-id"));
            prop_assert!(answer.headers.contains_key("content-security-policy"));
            Ok(())
        })
        .unwrap();
    // It has not been brought down either.
    let health = Request::builder()
        .uri("/health")
        .body(Body::empty())
        .unwrap();
    assert_eq!(runtime.block_on(inside.ask(health)).status, 200);
}
