//! Somebody who is blocked, at each way in. What was open before is not closed
//! here, so that each way is seen to look for itself.

use latchlet_wire::authenticate::{PASSWORD as BY_PASSWORD, PASSWORD_REALM, PASSWORDLESS_OTP};
use serde_json::{Value, json};

use crate::federation::edit;
use crate::harness::{CALLBACK, PASSWORD, Reply, Server, config};

/// A server, and Ada with a password and by letters.
async fn started() -> Server {
    let mut config = config();
    config["clients"][0]["grant_types"] = json!([
        "authorization_code",
        "refresh_token",
        BY_PASSWORD,
        PASSWORD_REALM,
        PASSWORDLESS_OTP
    ]);
    let server = Server::start_with(config).await;
    server.sign_up(json!({})).await;
    server
}

async fn block(server: &Server, connection: &str) {
    let user = server.store.user_by_login(connection, "ada@example.com");
    let id = user.await.unwrap().unwrap().id;
    edit(server, &id, |user| user.blocked = true).await;
}

async fn start(server: &Server, changes: Value) {
    let mut body = json!({ "client_id": "app", "connection": "email", "email": "ada@example.com" });
    crate::harness::merge(&mut body, changes);
    let reply = server.post("/passwordless/start", &body).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
}

/// Signs in by a code, so that there is an account.
async fn by_code(server: &Server, letter: usize) -> Reply {
    start(server, json!({ "send": "code" })).await;
    let otp = json!({
        "username": "ada@example.com",
        "password": null,
        "realm": "email",
        "otp": server.letter(letter).await.code,
        "credential_type": PASSWORDLESS_OTP,
    });
    server.authenticate(otp).await
}

/// The application hears why, and the browser is signed in to nothing.
fn is_kept_out(back: &Reply) {
    assert!(back.header("location").starts_with(CALLBACK), "{back:?}");
    let parameters = back.parameters();
    assert_eq!(parameters["error"], "unauthorized", "{parameters:?}");
    assert_eq!(parameters["error_description"], "user is blocked");
    let mut cookies = back.cookies.iter();
    assert!(
        !cookies.any(|it| it.starts_with("latchlet-session")),
        "{back:?}"
    );
}

/// The same by JSON.
fn is_refused(reply: &Reply, error: &str) {
    assert_eq!(reply.status, 403, "{}", reply.text);
    let expected = json!({ "error": error, "error_description": "user is blocked" });
    assert_eq!(reply.json(), expected);
}

#[tokio::test]
async fn no_password_opens_anything() {
    let server = started().await;
    block(&server, "users").await;
    is_refused(&server.authenticate(json!({})).await, "blocked_user");
    for grant_type in [BY_PASSWORD, PASSWORD_REALM] {
        let body = json!({
            "grant_type": grant_type, "client_id": "app", "username": "ada@example.com",
            "password": PASSWORD, "realm": "users",
        });
        is_refused(&server.post("/oauth/token", &body).await, "unauthorized");
    }
    let login = server.authorize("", json!({})).await;
    let form = [("username", "ada@example.com"), ("password", PASSWORD)];
    let url = [&server.url, login.header("location")].concat();
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let sent = http
        .build()
        .unwrap()
        .post(url)
        .header("origin", &server.url);
    let back = Reply::of(sent.form(&form).send().await.unwrap()).await;
    assert_eq!(back.status, 303);
    is_kept_out(&back);
}

#[tokio::test]
async fn no_code_and_no_link_opens_anything() {
    let server = started().await;
    assert_eq!(by_code(&server, 1).await.status, 200);
    block(&server, "email").await;
    is_refused(&by_code(&server, 2).await, "blocked_user");

    start(&server, json!({ "send": "code" })).await;
    let body = json!({
        "grant_type": PASSWORDLESS_OTP, "client_id": "app", "username": "ada@example.com",
        "otp": server.letter(3).await.code, "realm": "email",
    });
    is_refused(&server.post("/oauth/token", &body).await, "unauthorized");

    let parameters = json!({
        "response_type": "code",
        "redirect_uri": CALLBACK,
        "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "code_challenge_method": "S256",
    });
    start(&server, json!({ "send": "link", "authParams": parameters })).await;
    let link = server.letter(4).await.link.unwrap();
    let form = [("ticket", link.split_once("ticket=").unwrap().1)];
    is_kept_out(
        &server
            .submit("/passwordless/verify_redirect", &form, "")
            .await,
    );
}

#[tokio::test]
async fn nothing_that_was_open_stays_open() {
    let server = started().await;
    let browser = server.browser().await;
    let code = server.code(json!({})).await;
    let tokens = server
        .tokens(json!({ "scope": "openid offline_access" }))
        .await;
    let signed_in = server.authenticate(json!({})).await;
    block(&server, "users").await;

    is_refused(&server.exchange(&code, json!({})).await, "unauthorized");
    is_refused(
        &server.refresh(&tokens["refresh_token"]).await,
        "unauthorized",
    );
    let silent = json!({ "prompt": "none" });
    is_kept_out(&server.authorize(&browser, silent).await);
    is_kept_out(&server.authorize(&browser, json!({})).await);
    let query = json!({ "login_ticket": signed_in.json()["login_ticket"] });
    is_kept_out(&server.authorize(&signed_in.cookie(), query).await);
}
