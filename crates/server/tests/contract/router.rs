//! What every reply has, and the endpoints that are the same for all.

use std::collections::BTreeMap;

use insta::assert_json_snapshot;
use reqwest::Method;
use serde_json::json;

use crate::harness::{Reply, Server};

fn steady(mut headers: BTreeMap<String, String>) -> BTreeMap<String, String> {
    for name in ["date", "content-length"] {
        headers.remove(name);
    }
    for name in ["x-request-id", "etag", "x-ratelimit-reset"] {
        if let Some(value) = headers.get_mut(name) {
            *value = "[…]".to_owned();
        }
    }
    headers
}

#[tokio::test]
async fn headers_of_every_reply() {
    let server = Server::start().await;
    let mut shown = BTreeMap::new();
    for (method, path) in [
        (Method::GET, "/health"),
        (Method::GET, "/nothing"),
        (Method::GET, "/latchlet/nothing.js"),
        (Method::GET, "/client/nobody.js"),
        (Method::GET, "/"),
        (Method::DELETE, "/userinfo"),
        (Method::GET, "/oauth/token"),
        (Method::GET, "/authorize"),
        (Method::GET, "/.well-known/jwks.json"),
        (Method::GET, "/client/app.js"),
        (Method::POST, "/dbconnections/signup"),
    ] {
        let response = server.request(method.clone(), path).send().await.unwrap();
        let reply = Reply::of(response).await;
        let headers = steady(reply.headers);
        shown.insert(
            format!("{method} {path}"),
            json!({ "status": reply.status, "headers": headers }),
        );
    }
    let endless = server
        .request(Method::POST, "/oauth/token")
        .body("x".repeat(65 * 1024));
    let reply = Reply::of(endless.send().await.unwrap()).await;
    shown.insert(
        "POST too much".to_owned(),
        json!({ "status": reply.status, "headers": steady(reply.headers) }),
    );
    assert_json_snapshot!(shown);
}

#[tokio::test]
async fn discovery_and_client_settings() {
    let server = Server::start().await;
    let discovery = server.get("/.well-known/openid-configuration").await;
    let discovery: serde_json::Value =
        serde_json::from_str(&server.redact(&discovery.text)).unwrap();
    assert_json_snapshot!("discovery", discovery);
    let keys = server.get("/.well-known/jwks.json").await.json();
    assert_json_snapshot!("keys", keys, {
        ".keys[].kid" => "[id]",
        ".keys[].n" => "[2048 bits]",
        ".keys[].x5c[]" => "[certificate]",
        ".keys[].x5t" => "[SHA-1]",
    });
    let client = server.get("/client/app.js").await;
    assert_eq!(
        client.header("content-type"),
        "application/x-javascript; charset=utf-8"
    );
    let json = client.text.strip_prefix("Auth0.setClient(").unwrap();
    let json = json.strip_suffix(");").unwrap();
    assert_json_snapshot!(
        "client",
        serde_json::from_str::<serde_json::Value>(json).unwrap()
    );
}

/// The box is in the binary if it was built before; either way the page says
/// what it is.
#[tokio::test]
async fn the_demo_page() {
    let server = Server::start().await;
    let home = server.get("/").await;
    assert_eq!((home.status, home.header("location")), (303, "/demo"));
    let demo = server.get("/demo").await;
    match demo.status {
        200 => assert_eq!(
            demo.header("content-security-policy"),
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
             img-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; \
             frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
        ),
        503 => assert!(demo.text.contains("cargo xtask demo"), "{}", demo.text),
        status => panic!("{status}"),
    }
}

#[tokio::test]
async fn a_failure_inside_is_told_by_its_id_alone() {
    let server = Server::start().await;
    server.store.close().await;
    let reply = server.sign_up(json!({})).await;
    assert_json_snapshot!("failure", reply.shown());
    assert_eq!(reply.header("x-request-id").len(), 36);
    assert_eq!(server.get("/ready").await.status, 503);
    assert_eq!(server.get("/health").await.status, 200);
}

#[tokio::test]
async fn a_method_that_is_not_taken_is_refused_in_the_shape_of_the_api() {
    let server = Server::start().await;
    for (method, path, code) in [
        (Method::GET, "/oauth/token", "error"),
        (Method::PUT, "/co/authenticate", "error"),
        (Method::PUT, "/api/v2/users/auth0%7C1", "errorCode"),
    ] {
        let reply = server.request(method, path).send().await.unwrap();
        let reply = Reply::of(reply).await;
        assert_eq!(reply.status, 405, "{path}");
        assert!(!reply.header("allow").is_empty(), "{path}");
        assert_eq!(reply.json()[code], "method_not_allowed", "{path}");
    }
}
