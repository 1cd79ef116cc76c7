//! `Idempotency-Key`: a change that is sent again is made once

use std::sync::mpsc;

use latchlet_store::Changed;
use serde_json::{Value, json};

use crate::harness::Reply;
use crate::person::Person;

const KEY: &str = "5c2d1c1e-4a7b-4d37-9a0e-0b7f6f9f3a11";

async fn send(person: &Person, key: &str, metadata: Value) -> Reply {
    let body = json!({ "user_metadata": metadata });
    let request = person.patching(&body).header("idempotency-key", key);
    Reply::of(request.send().await.unwrap()).await
}

fn is_replayed(reply: &Reply) -> bool {
    reply.header("idempotent-replayed") == "true"
}

#[tokio::test]
async fn the_reply_is_that_of_the_first_time_over_a_restart_too() {
    let person = Person::of("users", json!({})).await;
    let first = send(&person, KEY, json!({ "a": "1" })).await;
    assert_eq!(first.status, 200, "{}", first.text);
    assert!(!is_replayed(&first));
    person.merge(json!({ "a": "2" })).await;
    let person = person.restart().await;
    for key in [KEY.to_owned(), format!("\"{KEY}\"")] {
        let again = send(&person, &key, json!({ "a": "1" })).await;
        assert!(is_replayed(&again));
        assert_eq!((again.status, &again.text), (200, &first.text));
        assert_eq!(again.header("content-type"), "application/json");
    }
    assert_eq!(
        person.get().await.json()["user_metadata"],
        json!({ "a": "2" })
    );
}

#[tokio::test]
async fn another_body_is_refused_until_a_day_is_over() {
    let mut person = Person::of("users", json!({})).await;
    send(&person, KEY, json!({ "a": "1" })).await;
    let other = send(&person, KEY, json!({ "a": "3" })).await;
    assert_eq!(other.status, 422, "{}", other.text);
    assert_eq!(other.json()["errorCode"], "idempotency_key_reused");
    person.server.advance(86_400 - 600).await;
    person.log_in().await;
    assert_eq!(send(&person, KEY, json!({ "a": "3" })).await.status, 422);
    person.server.advance(600).await;
    let later = send(&person, KEY, json!({ "a": "3" })).await;
    assert_eq!(later.status, 200);
    assert!(!is_replayed(&later));
}

#[tokio::test]
async fn what_was_refused_can_be_sent_otherwise() {
    let person = Person::of("users", json!({})).await;
    assert_eq!(send(&person, KEY, json!({ "a.b": "1" })).await.status, 400);
    assert_eq!(send(&person, KEY, json!({ "a": "1" })).await.status, 200);
    for (key, status) in [
        ("", 400),
        ("a b", 400),
        (&*"x".repeat(101), 400),
        ("x", 200),
    ] {
        let reply = send(&person, key, json!({ "a": "1" })).await;
        assert_eq!(reply.status, status, "{key}: {}", reply.text);
    }
}

#[tokio::test]
async fn the_key_of_one_person_says_nothing_about_another() {
    let ada = Person::of("users", json!({})).await;
    send(&ada, KEY, json!({ "a": "1" })).await;
    let more = json!({ "email": "eve@example.com" });
    let signed_up = ada.server.sign_up(more).await.json();
    let eve = signed_up["_id"].as_str().unwrap();
    let signed_in = ada
        .server
        .authenticate(json!({ "username": "eve@example.com" }))
        .await;
    let query = json!({
        "login_ticket": signed_in.json()["login_ticket"],
        "audience": ada.server.audience(),
        "scope": crate::harness::PROFILE_SCOPE,
    });
    let back = ada.server.authorize(&signed_in.cookie(), query).await;
    let tokens = ada
        .server
        .exchange(&back.parameters()["code"], json!({}))
        .await
        .json();
    let body = json!({ "user_metadata": { "b": "2" } });
    let request = ada
        .server
        .request(
            reqwest::Method::PATCH,
            &format!("/api/v2/users/auth0%7C{eve}"),
        )
        .bearer_auth(tokens["access_token"].as_str().unwrap())
        .header("idempotency-key", KEY)
        .json(&body);
    let reply = Reply::of(request.send().await.unwrap()).await;
    assert_eq!(reply.json()["user_metadata"], json!({ "b": "2" }));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_50_at_once_one_is_made() {
    let person = Person::of("users", json!({})).await;
    let body = json!({ "user_metadata": { "a": "1" } });
    let requests: Vec<_> = (0..50)
        .map(|_| {
            let request = person.patching(&body).header("idempotency-key", KEY);
            tokio::spawn(async move { Reply::of(request.send().await.unwrap()).await })
        })
        .collect();
    let (mut made, mut texts) = (0, Vec::new());
    for request in requests {
        let reply = request.await.unwrap();
        match reply.status {
            200 => {
                made += u32::from(!is_replayed(&reply));
                texts.push(reply.text);
            }
            409 => assert_eq!(reply.json()["errorCode"], "idempotency_key_in_use"),
            _ => panic!("{reply:?}"),
        }
    }
    assert_eq!(made, 1);
    texts.dedup();
    assert_eq!(texts.len(), 1);
    let again = send(&person, KEY, json!({ "a": "1" })).await;
    assert!(is_replayed(&again) && again.text == texts[0]);
}

/// While somebody else writes, the first waits, and the second hears so.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_one_does_not_wait_for_the_first() {
    let person = Person::of("users", json!({})).await;
    let (entered, has_entered) = mpsc::channel();
    let (leave, may_leave) = mpsc::channel::<()>();
    let (store, id) = (person.server.store.clone(), person.id.clone());
    let writer = tokio::spawn(async move {
        let decide = move |_| {
            entered.send(()).unwrap();
            may_leave.recv().unwrap();
            Err(())
        };
        store.change_user(&id, None, 0, decide).await.unwrap()
    });
    tokio::task::block_in_place(|| has_entered.recv().unwrap());
    let mut one = Box::pin(send(&person, KEY, json!({ "a": "1" })));
    let mut other = Box::pin(send(&person, KEY, json!({ "a": "1" })));
    let (refused, waits) = tokio::select! {
        reply = &mut one => (reply, other),
        reply = &mut other => (reply, one),
    };
    assert_eq!(refused.status, 409, "{}", refused.text);
    assert_eq!(refused.header("retry-after"), "2");
    leave.send(()).unwrap();
    assert_eq!(writer.await.unwrap(), Changed::Refused(()));
    let made = waits.await;
    assert_eq!(made.status, 200, "{}", made.text);
    assert!(!is_replayed(&made));
}

#[tokio::test]
async fn pages_may_send_it_and_hear_of_it() {
    let person = Person::of("users", json!({})).await;
    let preflight = person
        .server
        .request(reqwest::Method::OPTIONS, &person.path())
        .header("access-control-request-method", "PATCH")
        .header(
            "access-control-request-headers",
            "authorization,content-type,idempotency-key",
        );
    let reply = Reply::of(preflight.send().await.unwrap()).await;
    assert!(
        reply
            .header("access-control-allow-headers")
            .contains("idempotency-key")
    );
    let reply = send(&person, KEY, json!({ "a": "1" })).await;
    let exposed = reply.header("access-control-expose-headers");
    assert!(exposed.contains("idempotent-replayed") && exposed.contains("retry-after"));
}
