//! Sign-ups that do not say who has an account.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::config::{load, mistakes};
use crate::harness::{PASSWORD, Reply, Server, config, merge};
use crate::hosted::{led_to, submit};

async fn started() -> Server {
    let mut config = config();
    let strict = json!({ "sign_up": "strict", "email_verification": {} });
    merge(&mut config["connections"][0], strict);
    Server::start_with(config).await
}

/// A reply without what is each reply's own.
fn plain(mut reply: Reply) -> (u16, Vec<(String, String)>, Value) {
    for name in ["x-request-id", "date", "x-ratelimit-remaining"] {
        reply.headers.remove(name);
    }
    let mut body = reply.json();
    if let Some(id) = body.get_mut("_id") {
        assert_eq!(id.as_str().unwrap().len(), 32);
        *id = "[id]".into();
    }
    (reply.status, reply.headers.into_iter().collect(), body)
}

#[tokio::test]
async fn a_known_address_gets_the_reply_of_a_new_one_and_its_owner_a_letter() {
    let server = started().await;
    let more = json!({ "user_metadata": { "name": "Ada" } });
    let new = plain(server.sign_up(more.clone()).await);
    assert!(server.letter(1).await.link.is_some());
    let known = plain(server.sign_up(more).await);
    assert_eq!(new.0, 200);
    assert_eq!(new, known);
    assert_eq!(server.store.user_count().await.unwrap(), 1);
    let letter = server.letter(2).await;
    assert_eq!((letter.to.as_str(), letter.link), ("ada@example.com", None));
    assert_snapshot!(server.redact(&letter.text));
    // What is refused is refused before anybody is looked for.
    let weak = |email: &str| json!({ "email": email, "password": "weak" });
    let known = plain(server.sign_up(weak("ada@example.com")).await);
    assert_eq!(known, plain(server.sign_up(weak("new@example.com")).await));
    assert_eq!(known.0, 400);
}

#[tokio::test]
async fn whoever_signed_up_logs_in_after_the_address_is_verified() {
    let server = started().await;
    server.sign_up(json!({})).await;
    let link = server.letter(1).await.link.unwrap();
    let right = plain(server.authenticate(json!({})).await);
    let wrong = plain(server.authenticate(json!({ "password": "wrong" })).await);
    assert_eq!(right, wrong);
    assert_eq!(right.0, 403);
    // Whoever has the right password is asked again.
    assert!(server.letter(2).await.link.is_some());
    let (path, ticket) = server.path(&link).split_once("?ticket=").unwrap();
    let confirmed = server.submit(path, &[("ticket", ticket)], "").await;
    assert_eq!(confirmed.status, 200, "{}", confirmed.text);
    assert_eq!(server.authenticate(json!({})).await.status, 200);
    let known = json!({ "email": "ada@example.com", "password": "another long password" });
    assert_eq!(server.sign_up(known).await.status, 200);
    // It is still the password of before.
    assert_eq!(server.authenticate(json!({})).await.status, 200);
}

/// How often one may try says nothing either.
#[tokio::test]
async fn too_many_logins_before_that_are_refused_like_wrong_ones() {
    let server = started().await;
    server.sign_up(json!({})).await;
    let mut ends = Vec::new();
    for changes in [
        json!({}),
        json!({ "username": "nobody@example.com", "password": "wrong" }),
    ] {
        let mut statuses = Vec::new();
        for _ in 0..11 {
            statuses.push(server.authenticate(changes.clone()).await.status);
        }
        ends.push(statuses);
    }
    assert_eq!(ends[0], ends[1]);
    assert_eq!(ends[0].last(), Some(&429));
}

#[tokio::test]
async fn the_login_page_says_the_same_of_both() {
    let server = started().await;
    server.sign_up(json!({})).await;
    let mut pages = Vec::new();
    for email in ["ada@example.com", "new@example.com"] {
        let form = [("email", email), ("password", PASSWORD)];
        let page = led_to(&server, json!({ "screen_hint": "signup" })).await;
        let reply = submit(&server, &page, &form).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        assert!(!reply.headers.contains_key("set-cookie"));
        pages.push(reply.text.replace(email, "[email]"));
    }
    assert_eq!(pages[0], pages[1]);
    assert!(pages[0].contains("Check your email"));
}

#[test]
fn it_needs_what_makes_it_so() {
    let refused = |connection: Value| {
        let mut config = config();
        merge(&mut config["connections"][0], connection);
        mistakes(load(&config, &json!({})))
    };
    let invalid = ["connections[0].sign_up invalid_value"];
    assert_eq!(refused(json!({ "sign_up": "strict" })), invalid);
    let unknown = json!({ "sign_up": "secret", "email_verification": {} });
    assert_eq!(refused(unknown), invalid);
    assert_eq!(
        refused(json!({
            "sign_up": "strict", "email_verification": {}, "requires_username": true,
        })),
        invalid
    );
}
