//! `GET` and `PATCH /api/v2/users/{id}`

use insta::assert_json_snapshot;
use reqwest::Method;
use serde_json::{Map, Value, json};

use crate::person::Person;

const ODD: &str = "I <3 cats & \"x<y\" \u{0} 日本 <語>";

#[tokio::test]
async fn a_profile_as_the_contract_shows_it() {
    let person = Person::of("users", json!({ "company": ODD })).await;
    let reply = person.get().await;
    assert_eq!(reply.json()["user_metadata"]["company"], ODD);
    assert_eq!(reply.json()["user_id"], format!("auth0|{}", person.id));
    assert_json_snapshot!(reply.shown(), {
        ".body.user_id" => "[auth0| and id]",
        ".body.identities[0].user_id" => "[id]",
        ".body.created_at" => "[ISO 8601]",
        ".body.updated_at" => "[ISO 8601]",
        ".body.last_login" => "[ISO 8601]",
    });
    let created_at = reply.json()["created_at"].as_str().unwrap().to_owned();
    assert_eq!(
        (created_at.len(), &created_at[10..11], &created_at[23..]),
        (24, "T", "Z")
    );
}

#[tokio::test]
async fn metadata_is_merged() {
    let person = Person::of("users", json!({ "company": "ACME" })).await;
    let merged = person
        .merge(json!({ "odd": ODD, "tags": ["a", 1, true], "deep": { "a": 1, "b": 2 } }))
        .await;
    assert_eq!(merged["company"], "ACME");
    assert_eq!(merged["tags"], json!(["a", 1, true]));
    let merged = person
        .merge(json!({ "deep": { "c": 3 }, "company": null }))
        .await;
    assert_eq!(
        merged,
        json!({ "odd": ODD, "tags": ["a", 1, true], "deep": { "c": 3 } })
    );
    assert_eq!(person.merge(json!({})).await, json!({}));
}

#[tokio::test]
async fn every_refusal_of_a_change() {
    let person = Person::of("users", json!({ "company": "ACME" })).await;
    let mut shown = Map::new();
    for (case, body) in [
        ("an attribute at the root", json!({ "name": "Ada" })),
        (
            "the password",
            json!({ "password": "another password of mine" }),
        ),
        (
            "what belongs to the application",
            json!({ "app_metadata": { "admin": true } }),
        ),
        ("a block", json!({ "blocked": false, "user_metadata": {} })),
        ("an unknown property", json!({ "user_metdata": {} })),
        ("nothing", json!({})),
        ("no object", json!({ "user_metadata": "x" })),
        (
            "reserved characters",
            json!({ "user_metadata": { "a.b": 1, "$c": 2 } }),
        ),
        (
            "too much",
            json!({ "user_metadata": { "bio": "x".repeat(32 * 1024) } }),
        ),
    ] {
        shown.insert(case.to_owned(), person.patch(body).await.shown());
    }
    assert_json_snapshot!(shown);
    assert_eq!(
        person.get().await.json()["user_metadata"],
        json!({ "company": "ACME" })
    );
}

#[tokio::test]
async fn a_form_holds_for_changes_too() {
    let person = Person::of("formed", json!({ "company": "ACME" })).await;
    assert_eq!(
        person.merge(json!({ "size": "s" })).await,
        json!({ "company": "ACME", "size": "s" })
    );
    let mut shown = Map::new();
    for (case, change) in [
        ("an unknown field", json!({ "admin": "yes", "size": "l" })),
        ("an attribute of the root", json!({ "given_name": "Eve" })),
        ("no option", json!({ "size": "m" })),
        ("too long", json!({ "company": "x".repeat(21) })),
        ("blank where required", json!({ "company": " " })),
    ] {
        shown.insert(
            case.to_owned(),
            person
                .patch(json!({ "user_metadata": change }))
                .await
                .shown(),
        );
    }
    assert_json_snapshot!(shown);
    assert_eq!(
        person
            .merge(json!({ "company": null, "unknown": null }))
            .await,
        json!({ "size": "s" })
    );
    // What is no answer is not stored, as at sign-up: it deletes the last one.
    let odd = json!({ "motto": ODD, "news": "false" });
    assert_eq!(
        person.merge(odd).await,
        json!({ "size": "s", "motto": ODD, "news": "false" })
    );
    assert_eq!(
        person.merge(json!({ "motto": " \t\u{a0}" })).await,
        json!({ "size": "s", "news": "false" })
    );
    assert_eq!(
        person.merge(json!({ "size": "" })).await,
        json!({ "news": "false" })
    );
}

#[tokio::test]
async fn every_refusal_of_a_token() {
    let person = Person::of("users", json!({})).await;
    let server = &person.server;
    let tokens = async |changes: Value| server.tokens(changes).await["access_token"].clone();
    let no_audience = tokens(json!({})).await;
    let no_scope = tokens(json!({ "audience": server.audience(), "scope": "openid" })).await;
    let other = server
        .sign_up(json!({ "email": "eve@example.com" }))
        .await
        .json();
    let others = format!("/api/v2/users/auth0%7C{}", other["_id"].as_str().unwrap());
    let nobodys = "/api/v2/users/auth0%7C00000000000000000000000000000000";
    let mine = person.path();
    let change = json!({ "user_metadata": { "a": "b" } });
    let mut shown = Map::new();
    for (case, path, token) in [
        ("for another API", mine.as_str(), &no_audience),
        ("without the scope", &mine, &no_scope),
        ("of somebody else", &others, &person.token),
        ("for nobody", nobodys, &person.token),
        ("that is none", &mine, &json!("nonsense")),
    ] {
        for (method, body) in [(Method::GET, None), (Method::PATCH, Some(&change))] {
            let name = format!("{method} with a token {case}");
            let mut reply = server.with_token(method, path, token, body).await;
            reply.text = server.redact(&reply.text);
            shown.insert(name, reply.shown());
        }
    }
    shown.insert(
        "GET without a token".to_owned(),
        server.get(&mine).await.shown(),
    );
    assert_json_snapshot!(shown);
    assert_eq!(
        shown["GET with a token of somebody else"],
        shown["GET with a token for nobody"]
    );
    assert_eq!(person.get().await.json()["user_metadata"], json!({}));
}
