//! What counts as a login

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};

use crate::harness::{CALLBACK, Server};

async fn count(server: &Server, connection: &str) -> u32 {
    let user = server
        .store
        .user_by_login(connection, "ada@example.com")
        .await;
    user.unwrap().unwrap().logins_count
}

async fn id_token(server: &Server, code: &str) -> Value {
    let tokens = server.exchange(code, json!({})).await.json();
    let token = tokens["id_token"].as_str().unwrap();
    let payload = token.split('.').nth(1).unwrap();
    let bytes = BASE64URL_NOPAD.decode(payload.as_bytes()).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

/// Logs in with a password. Returns the session of the browser and its code.
async fn log_in(server: &Server) -> (String, String) {
    let signed_in = server.authenticate(json!({})).await;
    let query = json!({ "login_ticket": signed_in.json()["login_ticket"] });
    let back = server.authorize(&signed_in.cookie(), query).await;
    (back.session(), back.parameters()["code"].clone())
}

#[tokio::test]
async fn a_session_that_is_used_again_is_no_login() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    assert_eq!(count(&server, "users").await, 0);
    let (browser, code) = log_in(&server).await;
    let first = id_token(&server, &code).await;
    assert_eq!(count(&server, "users").await, 1);

    server.advance(3_600).await;
    for query in [json!({ "prompt": "none" }), json!({})] {
        let back = server.authorize(&browser, query).await;
        let again = id_token(&server, &back.parameters()["code"]).await;
        assert_eq!(again["auth_time"], first["auth_time"]);
        assert!(again["sid"].is_string(), "{again}");
    }
    assert_eq!(count(&server, "users").await, 1);

    let (_, code) = log_in(&server).await;
    let second = id_token(&server, &code).await;
    assert_ne!(second["auth_time"], first["auth_time"]);
    assert_eq!(count(&server, "users").await, 2);
    // The older session does not turn back the time of the last login.
    let last = server.store.user_by_login("users", "ada@example.com").await;
    let last = last.unwrap().unwrap().last_login;
    server
        .authorize(&browser, json!({ "prompt": "none" }))
        .await;
    let user = server.store.user_by_login("users", "ada@example.com").await;
    assert_eq!(user.unwrap().unwrap().last_login, last);
}

#[tokio::test]
async fn a_refresh_is_no_login() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    let scope = json!({ "scope": "openid offline_access" });
    let mut tokens = server.tokens(scope).await;
    for _ in 0..2 {
        tokens = server.refresh(&tokens["refresh_token"]).await.json();
        assert!(tokens["id_token"].is_string(), "{tokens}");
    }
    assert_eq!(count(&server, "users").await, 1);
}

#[tokio::test]
async fn a_code_and_a_link_are_logins() {
    let server = Server::start().await;
    let start = async |changes: Value| {
        let mut body = json!({
            "client_id": "app", "connection": "email", "email": "ada@example.com",
        });
        crate::harness::merge(&mut body, changes);
        let reply = server.post("/passwordless/start", &body).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
    };
    start(json!({ "send": "code" })).await;
    let otp = json!({
        "username": "ada@example.com",
        "password": null,
        "realm": "email",
        "otp": server.letter(1).await.code,
        "credential_type": "http://auth0.com/oauth/grant-type/passwordless/otp",
    });
    let signed_in = server.authenticate(otp).await;
    let query = json!({ "login_ticket": signed_in.json()["login_ticket"] });
    let back = server.authorize(&signed_in.cookie(), query).await;
    assert!(back.parameters().contains_key("code"));
    assert_eq!(count(&server, "email").await, 1);

    let parameters = json!({
        "response_type": "code",
        "redirect_uri": CALLBACK,
        "scope": "openid",
        "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "code_challenge_method": "S256",
    });
    start(json!({ "send": "link", "authParams": parameters })).await;
    let link = server.letter(2).await.link.unwrap();
    let ticket = link.split_once("ticket=").unwrap().1;
    let form = [("ticket", ticket)];
    let back = server
        .submit("/passwordless/verify_redirect", &form, "")
        .await;
    let claims = id_token(&server, &back.parameters()["code"]).await;
    assert!(claims["auth_time"].is_i64() && claims["sid"].is_string());
    assert_eq!(count(&server, "email").await, 2);
}
