//! The clock of `serve --dev`, which everything on the server goes by

use latchlet_server::mail::Post;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Server, config};

const HOUR: i64 = 3_600;

async fn advance(server: &Server, by: Value) -> u16 {
    let body = json!({ "advance": by });
    server.post("/dev/clock", &body).await.status
}

#[tokio::test]
async fn it_is_put_forward() {
    let server = Server::start().await;
    let before = server.get("/dev/clock").await.json();
    assert_eq!(before["ahead"], 0);
    assert_eq!(advance(&server, json!(HOUR)).await, 200);
    assert_eq!(advance(&server, json!(24 * HOUR)).await, 200);
    let after = server.get("/dev/clock").await.json();
    assert_eq!(after["ahead"], 25 * HOUR);
    assert!(after["now"].as_i64().unwrap() >= before["now"].as_i64().unwrap() + 25 * HOUR);
    for refused in [json!(-1), json!(0.5), json!("1"), json!(1e10), json!(1e300)] {
        assert_eq!(advance(&server, refused.clone()).await, 400, "{refused}");
    }
    assert_eq!(server.get("/dev/clock").await.json()["ahead"], 25 * HOUR);
}

#[tokio::test]
async fn it_is_there_with_dev_alone_and_for_this_machine() {
    let server = Server::start_with_post(config(), Post::Nothing).await;
    assert_eq!(server.get("/dev/clock").await.status, 404);
    assert_eq!(advance(&server, json!(1)).await, 404);
    let server = Server::start().await;
    for (host, status) in [("localhost", 200), ("evil.example", 404)] {
        let request = server.request(Method::POST, "/dev/clock");
        let request = request.header("host", host).json(&json!({ "advance": 1 }));
        assert_eq!(request.send().await.unwrap().status(), status, "{host}");
    }
    // A page on another site can send a form without asking, but no JSON.
    let form = server.submit("/dev/clock", &[("advance", "1")], "").await;
    assert_eq!(form.status, 415);
}

#[tokio::test]
async fn everything_goes_by_it() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    let scope = json!({ "scope": "openid offline_access", "audience": server.audience() });
    let tokens = server.tokens(scope).await;
    let browser = server.browser().await;
    let letter = json!({
        "client_id": "app", "connection": "email", "email": "bob@example.com", "send": "code",
    });
    server.post("/passwordless/start", &letter).await;
    let code = server.letter(1).await.code.unwrap();

    server.advance(2 * HOUR).await;
    // The access token lived two hours, the code three minutes.
    let info = async |tokens: &Value| {
        let reply = server.with_token(Method::GET, "/userinfo", &tokens["access_token"], None);
        reply.await.status
    };
    assert_eq!(info(&tokens).await, 401);
    let otp = json!({
        "username": "bob@example.com", "password": null, "realm": "email", "otp": code,
        "credential_type": "http://auth0.com/oauth/grant-type/passwordless/otp",
    });
    assert_eq!(server.authenticate(otp).await.status, 403);
    let tokens = server.refresh(&tokens["refresh_token"]).await;
    assert_eq!(tokens.status, 200, "{}", tokens.text);
    assert_eq!(info(&tokens.json()).await, 200);
    let silent = json!({ "prompt": "none" });
    let back = server.authorize(&browser, silent.clone()).await;
    assert!(back.parameters().contains_key("code"));

    // Three days unused end the session of the browser, thirty the tokens.
    server.advance(3 * 24 * HOUR).await;
    let back = server.authorize(&browser, silent).await;
    assert_eq!(back.parameters()["error"], "login_required");
    server.advance(27 * 24 * HOUR).await;
    let refresh_token = &tokens.json()["refresh_token"];
    assert_eq!(server.refresh(refresh_token).await.status, 403);

    let user = server.sign_up(json!({ "email": "eve@example.com" })).await;
    let id = user.json()["_id"].as_str().unwrap().to_owned();
    let user = server.store.user(&id).await.unwrap().unwrap();
    let now = server.get("/dev/clock").await.json()["now"]
        .as_i64()
        .unwrap();
    assert!((0..60).contains(&(now - user.created_at / 1000)));
}
