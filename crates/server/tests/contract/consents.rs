//! What is recorded of consents, at the sign-up and after it

use data_encoding::BASE64URL_NOPAD;
use latchlet_core::progressive::{DAY, History, Receipt};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{ORIGIN, Reply, Server};
use crate::person::Person;
use crate::profiling::config_asking;

fn consent(name: &str, version: &str) -> Value {
    json!({
        "name": name,
        "type": "consent",
        "label": "Send me news <b>",
        "purpose": "日本",
        "document": "https://app.example/news",
        "version": version,
    })
}

pub fn asking(version: &str) -> Value {
    let mut later = consent("terms", version);
    later["ask"] = json!({ "fromLogin": 2 });
    json!({
        "clientId": "app",
        "additionalSignUpFields": [consent("news", "1")],
        "progressiveProfile": { "save": "latchlet", "version": "b", "fields": [later] },
    })
}

async fn person(metadata: Value) -> Person {
    let server = Server::start_with_box(config_asking(), asking("2")).await;
    Person::at(server, "asking", json!({ "user_metadata": metadata })).await
}

async fn consents(person: &Person) -> Vec<Value> {
    let path = format!("{}/consents", person.path());
    let reply = person
        .server
        .with_token(Method::GET, &path, &person.token, None)
        .await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    assert_eq!(person.server.store.broken_consent().await.unwrap(), None);
    serde_json::from_value(reply.json()).unwrap()
}

/// What was said, in short.
async fn decisions(person: &Person) -> Vec<String> {
    let texts = |record: &Value| {
        ["document", "version", "decision", "method", "locale"]
            .map(|key| record[key].as_str().unwrap().to_owned())
            .join(" ")
    };
    consents(person).await.iter().map(texts).collect()
}

/// A history with one receipt.
pub fn receipt(name: &str, version: &str, granted: bool, at: i64) -> Value {
    let receipt = Receipt {
        version: version.to_owned(),
        granted,
        at,
        locale: "de-CH".to_owned(),
        method: "profile".to_owned(),
        hash: "of another text".to_owned(),
    };
    let mut history = History::default();
    history.receipts.push((name.to_owned(), receipt));
    serde_json::to_value(history.to_value()).unwrap()
}

#[tokio::test]
async fn a_sign_up_records_what_was_agreed_to() {
    let person = person(json!({ "news": "1" })).await;
    let records = consents(&person).await;
    assert_eq!(records.len(), 1);
    let record = &records[0];
    assert_eq!(decisions(&person).await, ["news 1 granted signUp "]);
    let subject = record["subject"].as_str().unwrap();
    assert!(
        !subject.is_empty() && !subject.contains(&person.id),
        "{subject}"
    );
    assert_eq!(
        (&record["origin"], &record["form_version"]),
        (&json!(ORIGIN), &json!("b"))
    );
    assert!(!record["request_id"].as_str().unwrap().is_empty());
    assert_eq!(
        (&record["id"], &record["prev_hash"]),
        (&json!(1), &json!(""))
    );

    let hash = record["text_sha256"].as_str().unwrap();
    let text = person.server.get(&format!("/consents/texts/{hash}")).await;
    let shown = "Send me news <b>\n\n日本\nhttps://app.example/news\n1";
    assert_eq!((text.status, text.text.as_str()), (200, shown));
    assert!(text.header("cache-control").contains("immutable"));
    assert_eq!(text.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(BASE64URL_NOPAD.decode(hash.as_bytes()).unwrap().len(), 32);
    assert_eq!(person.server.get("/consents/texts/x").await.status, 404);
}

#[tokio::test]
async fn who_agrees_to_nothing_leaves_no_record() {
    let person = person(json!({})).await;
    assert_eq!(consents(&person).await, Vec::<Value>::new());
    person.merge(json!({ "news": null })).await;
    assert_eq!(consents(&person).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_language_is_that_of_the_page() {
    let server = Server::start_with_box(config_asking(), asking("2")).await;
    let body = json!({
        "client_id": "app", "connection": "asking", "email": "ada@example.com",
        "password": crate::harness::PASSWORD, "user_metadata": { "news": "1" },
    });
    let request = server
        .request(Method::POST, "/dbconnections/signup")
        .json(&body);
    let request = request.header("x-request-language", "fr");
    let reply = Reply::of(request.send().await.unwrap()).await;
    let id = reply.json()["_id"].as_str().unwrap().to_owned();
    let user = server.store.user(&id).await.unwrap().unwrap();
    let records = server.store.consents(&user.consent_subject).await;
    let records = records.unwrap();
    assert_eq!(records[0].event.locale, "fr");
}

#[tokio::test]
async fn agreeing_refusing_and_withdrawing_are_recorded() {
    let mut person = person(json!({ "news": "1" })).await;
    person.server.advance(DAY).await;
    person.log_in().await;
    let now = person.server.now().await;

    // Withdrawing is deleting the value.
    person.merge(json!({ "news": null })).await;
    // Not agreeing is a receipt alone; where and in which language is its own.
    let denied = receipt("terms", "2", false, now);
    let metadata = person.merge(json!({ "latchlet": denied })).await;
    assert_eq!(metadata.get("terms"), None);
    // The history is sent whole: what was said before is no news.
    person.merge(json!({ "latchlet": denied })).await;
    let granted = receipt("terms", "2", true, now + 1);
    person
        .merge(json!({ "terms": "2", "latchlet": granted }))
        .await;
    // Sent again because no reply came.
    person
        .merge(json!({ "terms": "2", "latchlet": granted }))
        .await;
    // A refusal of what was agreed to takes it back.
    person.server.advance(10).await;
    let withdrawn = receipt("terms", "2", false, now + 5);
    let metadata = person.merge(json!({ "latchlet": withdrawn })).await;
    assert_eq!(metadata.get("terms"), None);
    // What waited on a device meanwhile agrees no more.
    for outdated in [&granted, &withdrawn] {
        let metadata = person
            .merge(json!({ "terms": "2", "latchlet": outdated }))
            .await;
        assert_eq!(metadata.get("terms"), None);
    }
    assert_eq!(
        decisions(&person).await,
        [
            "news 1 granted signUp ",
            "news 1 withdrawn profile ",
            "terms 2 denied profile de-CH",
            "terms 2 granted profile de-CH",
            "terms 2 withdrawn profile de-CH",
        ]
    );
    let records = consents(&person).await;
    for pair in records.windows(2) {
        assert_eq!(pair[0]["hash"], pair[1]["prev_hash"]);
    }
    // The receipt that is stored has the server's own hash of the words.
    let history = &metadata["latchlet"]["c"]["terms"];
    assert_eq!(history[5], records[2]["text_sha256"]);
    assert_ne!(history[5], "of another text");
}

#[tokio::test]
async fn the_same_consent_twice_is_two_records() {
    let person = person(json!({})).await;
    person.merge(json!({ "news": "1" })).await;
    person.merge(json!({ "news": "1" })).await;
    let expected = ["news 1 granted profile ", "news 1 granted profile "];
    assert_eq!(decisions(&person).await, expected);
}

#[tokio::test]
async fn what_was_said_to_another_version_is_not_said_to_this_one() {
    let person = person(json!({})).await;
    let now = person.server.now().await;
    let refused = (400, vec!["/user_metadata/terms wrong_type".to_owned()]);
    assert_eq!(person.refused(json!({ "terms": "1" })).await, refused);
    let denied = receipt("terms", "1", false, now);
    person.merge(json!({ "latchlet": denied })).await;
    // Agreeing is the value; a receipt alone agrees to nothing.
    let granted = receipt("terms", "2", true, now);
    let metadata = person.merge(json!({ "latchlet": granted })).await;
    assert_eq!(metadata.get("terms"), None);
    assert_eq!(consents(&person).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_refused_change_leaves_no_record_and_a_replayed_one_no_second() {
    let person = person(json!({})).await;
    person.refused(json!({ "news": "1", "admin": "yes" })).await;
    let body = json!({ "user_metadata": { "news": "1" } });
    for _ in 0..2 {
        let request = person.patching(&body).header("idempotency-key", "a");
        assert_eq!(request.send().await.unwrap().status(), 200);
    }
    assert_eq!(consents(&person).await.len(), 1);
}

#[tokio::test]
async fn they_are_for_the_person_alone() {
    let ada = person(json!({ "news": "1" })).await;
    let path = format!("{}/consents", ada.path());
    assert_eq!(ada.server.get(&path).await.status, 401);
    let other = json!({ "connection": "asking", "email": "eve@example.com" });
    let eve = ada.server.sign_up(other).await.json();
    let theirs = format!(
        "/api/v2/users/auth0%7C{}/consents",
        eve["_id"].as_str().unwrap()
    );
    let reply = ada
        .server
        .with_token(Method::GET, &theirs, &ada.token, None)
        .await;
    assert_eq!(reply.status, 403, "{}", reply.text);
}
