//! `POST /api/v2/jobs/verification-email`

use reqwest::Method;
use serde_json::{Value, json};

use crate::backend::Backend;
use crate::harness::Reply;

const PATH: &str = "/api/v2/jobs/verification-email";

async fn ask(backend: &Backend, body: Value) -> Reply {
    backend.send(Method::POST, PATH, Some(&body)).await
}

#[tokio::test]
async fn a_letter_that_verifies_an_address() {
    let backend = Backend::start().await;
    let user = backend.add("ada@example.com").await;
    let body = json!({ "user_id": user["user_id"], "client_id": "app" });
    let reply = ask(&backend, body).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    let job = reply.json();
    assert_eq!(
        (&job["type"], &job["status"]),
        (&json!("verification_email"), &json!("pending"))
    );
    assert!(job["id"].as_str().unwrap().starts_with("job_"), "{job}");
    let letter = backend.server.letter(1).await;
    assert_eq!(letter.to, "ada@example.com");
    let link = letter.link.unwrap();
    let (path, ticket) = backend.server.path(&link).split_once("?ticket=").unwrap();
    let page = backend.server.submit(path, &[("ticket", ticket)], "").await;
    assert_eq!(page.status, 200, "{}", page.text);
    let user = backend.get(&crate::backend::path(&user)).await.json();
    assert_eq!(user["email_verified"], true);
}

#[tokio::test]
async fn every_refusal_of_a_letter() {
    let backend = Backend::start().await;
    let user = backend.add("ada@example.com").await;
    let id = &user["user_id"];
    for (body, status, code) in [
        (json!({}), 400, "invalid_body"),
        (
            json!({ "user_id": id, "subject": "mine" }),
            400,
            "invalid_body",
        ),
        (
            json!({ "user_id": id, "client_id": "nobody" }),
            400,
            "invalid_body",
        ),
        (json!({ "user_id": "ada" }), 400, "invalid_uri"),
        (json!({ "user_id": "auth0|nobody" }), 404, "inexistent_user"),
    ] {
        let reply = ask(&backend, body.clone()).await;
        assert_eq!(
            (reply.status, &reply.json()["errorCode"]),
            (status, &json!(code)),
            "{body}"
        );
    }
    let body = json!({ "user_id": id });
    let reading = backend.token(&["read:users"]).await;
    let reply = backend
        .server
        .with_token(Method::POST, PATH, &reading, Some(&body))
        .await;
    assert_eq!(
        (reply.status, &reply.json()["errorCode"]),
        (403, &json!("insufficient_scope"))
    );
    // Letters to one person are counted, whoever asks for them.
    let mut statuses = Vec::new();
    for _ in 0..6 {
        statuses.push(ask(&backend, body.clone()).await.status);
    }
    assert_eq!(statuses, [201, 201, 201, 201, 201, 429]);
    backend.server.letters(5).await;
}
