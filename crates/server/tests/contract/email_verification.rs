//! The letter about a new address, and the page that it leads to

use std::time::Duration;

use insta::assert_snapshot;
use latchlet_server::mail::Post;
use serde_json::{Value, json};

use crate::config::{load, mistakes};
use crate::harness::{Reply, Server, config, merge};

const DAY: i64 = 86_400;

fn with(verification: Value) -> Value {
    let mut config = config();
    merge(
        &mut config["connections"][0],
        json!({ "email_verification": verification }),
    );
    config
}

/// A server, and what the letter to somebody who signed up there leads to.
async fn started(verification: Value) -> (Server, String) {
    let server = Server::start_with(with(verification)).await;
    assert_eq!(server.sign_up(json!({})).await.status, 200);
    let letter = server.letter(1).await;
    assert_eq!(letter.to, "ada@example.com");
    let link = letter.link.unwrap();
    let path = server.path(&link).to_owned();
    (server, path)
}

async fn confirm(server: &Server, path: &str) -> Reply {
    let (path, ticket) = path.split_once("?ticket=").unwrap();
    server.submit(path, &[("ticket", ticket)], "").await
}

async fn is_verified(server: &Server) -> Value {
    let tokens = server.tokens(json!({})).await;
    let info = server.with_token(
        reqwest::Method::GET,
        "/userinfo",
        &tokens["access_token"],
        None,
    );
    info.await.json()["email_verified"].clone()
}

#[tokio::test]
async fn the_button_verifies_an_address_and_looking_at_it_does_not() {
    let (server, path) = started(json!({})).await;
    let letter = server.letter(1).await;
    assert_snapshot!(
        server
            .redact(&letter.text)
            .replace(&path, "/lo/verify_email?ticket=[256 bits]")
    );
    for _ in 0..2 {
        let page = server.get(&path).await;
        assert_eq!(page.status, 200);
        assert!(page.text.contains("ada@example.com"));
        let policy = page.header("content-security-policy");
        assert!(policy.contains("form-action 'self';") || policy.ends_with("form-action 'self'"));
        assert!(!policy.contains("script-src"), "{policy}");
    }
    assert_eq!(is_verified(&server).await, false);
    let done = confirm(&server, &path).await;
    assert_eq!(done.status, 200, "{}", done.text);
    assert_eq!(is_verified(&server).await, true);
    for again in [server.get(&path).await, confirm(&server, &path).await] {
        assert_eq!(again.status, 410);
    }
}

#[tokio::test]
async fn people_go_on_to_where_the_config_says() {
    let result_url = "https://app.example/welcome?a=b";
    let (server, path) = started(json!({ "result_url": result_url })).await;
    let page = server.get(&path).await;
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("form-action 'self' https://app.example"),
        "{policy}"
    );
    let done = confirm(&server, &path).await;
    assert_eq!(done.status, 303);
    assert!(done.header("location").starts_with(result_url));
    let parameters = done.parameters();
    assert_eq!(
        (&*parameters["success"], &*parameters["code"]),
        ("true", "success")
    );
    assert!(
        !done.header("location").contains("ada"),
        "no address in a query"
    );
}

#[tokio::test]
async fn a_link_is_good_for_five_days() {
    let (server, path) = started(json!({ "enable": true })).await;
    server.advance(5 * DAY - 60).await;
    assert_eq!(server.get(&path).await.status, 200);
    server.advance(60).await;
    assert_eq!(server.get(&path).await.status, 410);
    assert_eq!(confirm(&server, &path).await.status, 410);
    assert_eq!(server.get("/lo/verify_email").await.status, 410);
    assert_eq!(is_verified(&server).await, false);
}

/// Neither where it is switched off, nor where there is nothing to send it with,
/// nor to somebody who has an account.
#[tokio::test]
async fn when_no_letter_is_sent() {
    let server = Server::start_with(with(json!({ "enable": false }))).await;
    for connection in ["users", "strict"] {
        let reply =
            server.sign_up(json!({ "connection": connection, "password": "!!Aa-quite other 7z" }));
        assert_eq!(reply.await.status, 200, "{connection}");
    }
    let (enabled, _) = started(json!({})).await;
    assert_eq!(enabled.sign_up(json!({})).await.status, 400);
    // Letters are written after the reply.
    tokio::time::sleep(Duration::from_millis(200)).await;
    server.letters(0).await;
    enabled.letters(1).await;
    let without = Server::start_with_post(with(json!({})), Post::Nothing).await;
    assert_eq!(without.sign_up(json!({})).await.status, 200);
}

#[test]
fn what_the_option_may_be() {
    for (option, found) in [
        (json!({}), None),
        (json!({ "result_url": "http://localhost:8080/" }), None),
        (json!({ "enable": "yes" }), Some("enable wrong_type")),
        (
            json!({ "result_url": "/welcome" }),
            Some("result_url invalid_value"),
        ),
        (
            json!({ "result_url": "http://app.example/" }),
            Some("result_url invalid_value"),
        ),
        (
            json!({ "result_url": "javascript:alert(1)" }),
            Some("result_url invalid_value"),
        ),
        (
            json!({ "resultUrl": "https://a.example/" }),
            Some("resultUrl unknown_option"),
        ),
    ] {
        let place = "connections[0].email_verification";
        let found: Vec<String> = found.iter().map(|it| format!("{place}.{it}")).collect();
        assert_eq!(
            mistakes(load(&with(option.clone()), &json!({}))),
            found,
            "{option}"
        );
    }
}
