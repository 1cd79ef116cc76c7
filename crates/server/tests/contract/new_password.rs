//! What only the server can say of a new password

use insta::assert_json_snapshot;
use serde_json::{Map, json};

use crate::harness::Server;

#[tokio::test]
async fn every_refusal_of_a_password() {
    let server = Server::start().await;
    let mut shown = Map::new();
    for (case, connection, password) in [
        (
            "breaks each rule of a flexible policy",
            "strict",
            "ABCDDD".to_owned(),
        ),
        (
            "is too long for a flexible policy",
            "strict",
            "x y ".repeat(20),
        ),
        (
            "is in the own dictionary",
            "strict",
            "our OWN-secret".to_owned(),
        ),
        ("is common", "named", "P@ssw0rd".to_owned()),
        (
            "contains the address",
            "users",
            "the lovelace of my life".to_owned(),
        ),
        (
            "contains a name",
            "formed",
            "augusta by the sea, 1815".to_owned(),
        ),
    ] {
        let mut body = json!({
            "connection": connection,
            "email": "lovelace@example.com",
            "password": password,
        });
        if connection == "named" {
            body["username"] = json!("byron");
        }
        if connection == "formed" {
            body["given_name"] = json!("Augusta");
            body["user_metadata"] = json!({ "company": "Acme" });
        }
        shown.insert(case.to_owned(), server.sign_up(body).await.shown());
    }
    assert_json_snapshot!(shown);
}

#[tokio::test]
async fn a_good_password_is_taken_whatever_it_is_made_of() {
    let server = Server::start().await;
    for (number, password) in [
        "correct horse battery staple",
        "日本語のとても長い合言葉です。",
        "a a a a a a a a",
    ]
    .into_iter()
    .enumerate()
    {
        let email = format!("somebody{number}@example.com");
        let reply = server
            .sign_up(json!({ "email": email, "password": password }))
            .await;
        assert_eq!(reply.status, 200, "{password}: {}", reply.text);
    }
}
