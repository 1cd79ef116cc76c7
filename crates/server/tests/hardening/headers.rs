//! The headers that every answer has, whoever gives it and whatever it is.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use serde_json::json;

use crate::harness::{CALLBACK, ORIGIN, Server};
use crate::inside::{Answer, Inside, filled, routes};

const HTTPS: &str = "https://login.example.com";

fn request(method: Method, path: &str) -> Request<Body> {
    let request = Request::builder().method(method).uri(path);
    request
        .header("origin", ORIGIN)
        .body(Body::empty())
        .unwrap()
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers
        .get(name)
        .map_or("", |value| value.to_str().unwrap())
}

/// What holds for every answer. `framed_by` is who may frame it.
fn check(what: &str, headers: &HeaderMap, framed_by: &str) {
    let has = |name: &str, value: &str| {
        assert_eq!(header(headers, name), value, "{name} of {what}");
    };
    has("x-content-type-options", "nosniff");
    has("referrer-policy", "no-referrer");
    has(
        "strict-transport-security",
        "max-age=63072000; includeSubDomains",
    );
    let policy = header(headers, "content-security-policy");
    for part in ["default-src 'none'", "base-uri 'none'"] {
        assert!(policy.contains(part), "{what}: {policy}");
    }
    assert!(!policy.contains("unsafe-inline"), "{what}: {policy}");
    let ancestors = policy.split("frame-ancestors ").nth(1).unwrap();
    assert_eq!(ancestors.split(';').next(), Some(framed_by), "{what}");
    let opener = match framed_by {
        "'none'" => "same-origin",
        _ => "unsafe-none",
    };
    has("cross-origin-opener-policy", opener);
    let resource = header(headers, "cross-origin-resource-policy");
    assert!(matches!(resource, "same-origin" | "cross-origin"), "{what}");
    assert_eq!(header(headers, "x-request-id").len(), 36, "{what}");
    assert!(!headers.contains_key("server") && !headers.contains_key("x-powered-by"));
    // Files, keys and the like are the same for everybody.
    let is_public = ["/latchlet/", "/lo/", "/demo", "/.well-known/"]
        .iter()
        .any(|folder| what.contains(folder));
    if !is_public {
        let cached = header(headers, "cache-control");
        assert_eq!(cached, "no-store", "{what}");
    }
}

#[tokio::test]
async fn every_route_by_every_method() {
    let inside = Inside::at(HTTPS).await;
    let mut seen = std::collections::BTreeSet::new();
    for route in routes() {
        for method in [
            "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "NONE",
        ] {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            let path = filled(&route, "x");
            let answer = inside.ask(request(method.clone(), &path)).await;
            check(&format!("{method} {path}"), &answer.headers, "'none'");
            seen.insert(answer.status.as_u16());
        }
    }
    let nothing = inside.ask(request(Method::GET, "/nothing/here")).await;
    check("404", &nothing.headers, "'none'");
    for status in [200, 400, 401, 404, 405, 415] {
        assert!(seen.contains(&status), "{status} in {seen:?}");
    }
}

async fn posted(inside: &Inside, path: &str, body: Body) -> Answer {
    let request = Request::builder().method(Method::POST).uri(path);
    let request = request.header("content-type", "application/json");
    inside.ask(request.body(body).unwrap()).await
}

#[tokio::test]
async fn what_the_bounds_refuse() {
    let inside = Inside::at(HTTPS).await;
    let too_much = posted(&inside, "/oauth/token", Body::from(vec![b' '; 65 * 1024])).await;
    assert_eq!(too_much.status, StatusCode::PAYLOAD_TOO_LARGE);
    check("413", &too_much.headers, "'none'");

    // A body without a length is counted as it comes.
    let pieces = (0..80).map(|_| Ok::<_, Infallible>(Bytes::from_static(&[b' '; 1024])));
    let endless = Body::from_stream(futures_util::stream::iter(pieces));
    let too_much = posted(&inside, "/oauth/token", endless).await;
    assert_eq!(too_much.status, StatusCode::PAYLOAD_TOO_LARGE);
    check("413 without a length", &too_much.headers, "'none'");
}

/// A body that comes in drops, in a time that runs by itself.
fn dribble(pause: Duration) -> Body {
    let drops = futures_util::stream::unfold((), move |()| async move {
        tokio::time::sleep(pause).await;
        Some((Ok::<_, Infallible>(Bytes::from_static(b" ")), ()))
    });
    Body::from_stream(drops)
}

#[tokio::test]
async fn what_takes_too_long() {
    let inside = Inside::at(HTTPS).await;
    tokio::time::pause();
    let silent = posted(&inside, "/oauth/token", dribble(Duration::from_secs(3_600))).await;
    assert_eq!(silent.status, StatusCode::BAD_REQUEST);
    check("a body that does not come", &silent.headers, "'none'");
    let slow = posted(&inside, "/oauth/token", dribble(Duration::from_secs(9))).await;
    assert_eq!(slow.status, StatusCode::SERVICE_UNAVAILABLE);
    check("a body that never ends", &slow.headers, "'none'");
}

#[tokio::test]
async fn a_failure_inside() {
    let inside = Inside::at(HTTPS).await;
    inside.app.store.close().await;
    let body = json!({
        "client_id": "app", "connection": "users",
        "email": "ada@example.com", "password": "correct horse battery staple",
    });
    let failed = posted(
        &inside,
        "/dbconnections/signup",
        Body::from(body.to_string()),
    )
    .await;
    assert_eq!(failed.status, StatusCode::INTERNAL_SERVER_ERROR);
    check("500", &failed.headers, "'none'");
    let unhealthy = inside.ask(request(Method::GET, "/ready")).await;
    assert_eq!(unhealthy.status, StatusCode::SERVICE_UNAVAILABLE);
    check("503", &unhealthy.headers, "'none'");
}

#[tokio::test]
async fn only_the_application_frames_a_message() {
    let inside = Inside::at(HTTPS).await;
    let path = format!(
        "/authorize?client_id=app&response_type=code&redirect_uri={ORIGIN}\
         &response_mode=web_message&prompt=none&code_challenge_method=S256\
         &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    );
    let answer = inside.ask(request(Method::GET, &path)).await;
    check("web_message", &answer.headers, ORIGIN);
    let elsewhere = path.replace(ORIGIN, "https://evil.example");
    let answer = inside.ask(request(Method::GET, &elsewhere)).await;
    check("web_message to elsewhere", &answer.headers, "'none'");
    let by_form = path
        .replace("web_message", "form_post")
        .replace(ORIGIN, CALLBACK);
    let answer = inside.ask(request(Method::GET, &by_form)).await;
    check("form_post", &answer.headers, "'none'");
}

/// The id is the server's own: nobody can have the log take one for another.
#[tokio::test]
async fn nobody_chooses_the_id_of_a_request() {
    let server = Server::start().await;
    let chosen = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
    let request = server.navigate("/health").header("x-request-id", chosen);
    let response = request.send().await.unwrap();
    let id = response.headers().get("x-request-id").unwrap();
    assert_eq!(id.len(), 36);
    assert_ne!(id, chosen);
    // Plain HTTP on this machine, as a browser of a developer asks for.
    assert!(!response.headers().contains_key("strict-transport-security"));
}
