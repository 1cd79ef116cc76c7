//! `POST /oauth/token` with a password or a code that was sent.

use insta::assert_json_snapshot;
use latchlet_wire::authenticate::{PASSWORD as BY_PASSWORD, PASSWORD_REALM, PASSWORDLESS_OTP};
use reqwest::Method;
use serde_json::{Map, Value, json};

use crate::clients::SECRET;
use crate::harness::{PASSWORD, PROFILE_SCOPE, Reply, Server, config, merge};
use crate::tokens::claims;

/// An application that may ask by everything, one that may not refresh, and one
/// on a server; and somebody to ask for.
async fn started() -> Server {
    let direct = [BY_PASSWORD, PASSWORD_REALM, PASSWORDLESS_OTP];
    let mut config = config();
    let all = [&direct[..], &["authorization_code", "refresh_token"]].concat();
    config["clients"][0]["grant_types"] = json!(all);
    config["clients"].as_array_mut().unwrap().extend([
        json!({ "client_id": "once", "grant_types": direct }),
        json!({ "client_id": "server", "client_secret": SECRET, "grant_types": direct }),
    ]);
    config["apis"] = json!([{ "identifier": "urn:things", "scopes": ["read", "write"] }]);
    let server = Server::start_with(config).await;
    server.sign_up(json!({})).await;
    server
}

/// Asks by Ada's password.
async fn ask(server: &Server, changes: Value) -> Reply {
    let mut body = json!({
        "grant_type": PASSWORD_REALM,
        "client_id": "app",
        "username": "ada@example.com",
        "password": PASSWORD,
        "realm": "users",
        "scope": "openid email",
    });
    merge(&mut body, changes);
    server.post_from_server("/oauth/token", &body).await
}

/// Asks by a code that was sent.
async fn ask_by_code(server: &Server, otp: &str, changes: Value) -> Reply {
    let mut body = json!({
        "grant_type": PASSWORDLESS_OTP,
        "password": null,
        "otp": otp,
        "realm": "email",
    });
    // `merge` would take a `null` for the password out before `ask` sees it.
    let object = body.as_object_mut().unwrap();
    object.extend(changes.as_object().unwrap().clone());
    ask(server, body).await
}

async fn code(server: &Server, letters: usize) -> String {
    let body = json!({
        "client_id": "app",
        "connection": "email",
        "email": "ada@example.com",
        "send": "code",
    });
    let reply = server.post("/passwordless/start", &body).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    server.letter(letters).await.code.unwrap()
}

#[tokio::test]
async fn a_password_becomes_tokens() {
    let server = started().await;
    let changes = json!({
        "scope": format!("{PROFILE_SCOPE} offline_access"),
        "audience": server.audience(),
    });
    let reply = ask(&server, changes).await;
    assert_eq!(reply.header("cache-control"), "no-store");
    assert_json_snapshot!("reply", reply.shown(), {
        ".body.access_token" => "[JWT]",
        ".body.id_token" => "[JWT]",
        ".body.refresh_token" => "[256 bits]",
    });
    let tokens = reply.json();
    let id_token = claims(&server, &tokens["id_token"], "app").await;
    assert_eq!(id_token["email"], "ada@example.com");
    let token = claims(&server, &tokens["access_token"], &server.audience()).await;
    assert_json_snapshot!("access_token", token, {
        ".sub" => "[auth0| and id]", ".sid" => "[id]", ".iss" => "[issuer]", ".iat" => "[s]",
        ".exp" => "[s]", ".aud[0]" => "[issuer]api/v2/", ".aud[1]" => "[issuer]userinfo",
    });
    // It opens one's own profile, the login was counted, and it can be renewed.
    let path = format!("/api/v2/users/{}", id_token["sub"].as_str().unwrap());
    let profile = server.with_token(Method::GET, &path, &tokens["access_token"], None);
    assert_eq!(profile.await.json()["logins_count"], 1);
    let next = server.refresh(&tokens["refresh_token"]).await;
    assert_eq!(next.status, 200, "{}", next.text);
    let again = server.refresh(&tokens["refresh_token"]).await;
    assert_eq!(again.status, 403);
    let after = server.refresh(&next.json()["refresh_token"]).await;
    assert_eq!(after.status, 403, "the session has ended");
}

#[tokio::test]
async fn without_a_realm_it_is_the_default_connection() {
    let server = started().await;
    let default = ask(&server, json!({ "grant_type": BY_PASSWORD, "realm": null })).await;
    let named = ask(&server, json!({})).await;
    let sub = async |reply: &Reply| {
        let claims = claims(&server, &reply.json()["id_token"], "app").await;
        claims["sub"].clone()
    };
    assert_eq!(sub(&default).await, sub(&named).await);
}

#[tokio::test]
async fn a_scope_is_what_may_be_granted() {
    let server = started().await;
    for (changes, scope) in [
        (json!({ "scope": null }), ""),
        (
            json!({ "scope": null, "audience": "urn:things" }),
            "read write",
        ),
        (
            json!({ "scope": "openid read delete", "audience": "urn:things" }),
            "openid read",
        ),
        (
            json!({ "client_id": "once", "scope": "openid offline_access" }),
            "openid",
        ),
        (
            json!({ "client_id": "server", "client_secret": SECRET, "scope": "email" }),
            "email",
        ),
    ] {
        let reply = ask(&server, changes.clone()).await;
        assert_eq!(reply.json()["scope"], scope, "{changes}");
        assert_eq!(reply.json().get("refresh_token"), None, "{changes}");
    }
}

#[tokio::test]
async fn a_code_becomes_tokens_once() {
    let server = started().await;
    let otp = code(&server, 1).await;
    let reply = ask_by_code(&server, &otp, json!({})).await;
    let id_token = claims(&server, &reply.json()["id_token"], "app").await;
    assert!(id_token["sub"].as_str().unwrap().starts_with("email|"));
    assert_eq!(id_token["email_verified"], true);
    assert_eq!(ask_by_code(&server, &otp, json!({})).await.status, 403);
}

#[tokio::test]
async fn every_refusal_of_credentials() {
    let server = started().await;
    let otp = code(&server, 1).await;
    let mut shown = Map::new();
    for (case, changes) in [
        ("password is wrong", json!({ "password": "another one" })),
        (
            "person is unknown",
            json!({ "username": "eve@example.com" }),
        ),
        ("realm is unknown", json!({ "realm": "nowhere" })),
        ("realm is missing", json!({ "realm": null })),
        ("realm is passwordless", json!({ "realm": "email" })),
        ("username is no text", json!({ "username": 1 })),
        ("API is unknown", json!({ "audience": "urn:nothing" })),
        ("grant is not allowed", json!({ "client_id": "other" })),
        ("secret is missing", json!({ "client_id": "server" })),
    ] {
        shown.insert(case.to_owned(), ask(&server, changes).await.shown());
    }
    for (case, otp, changes) in [
        ("code is wrong", "abcdef", json!({})),
        (
            "code is of another application",
            &otp,
            json!({ "client_id": "once" }),
        ),
        ("code is for a database", &otp, json!({ "realm": "users" })),
        (
            "number is unknown",
            &otp,
            json!({ "realm": "sms", "username": "+4930901820" }),
        ),
    ] {
        let reply = ask_by_code(&server, otp, changes).await;
        shown.insert(case.to_owned(), reply.shown());
    }
    assert_json_snapshot!(shown);
    // Whatever is not granted leaves the code as it was.
    let refused = ask_by_code(&server, &otp, json!({ "audience": "urn:nothing" })).await;
    assert_eq!(refused.status, 403);
    assert_eq!(ask_by_code(&server, &otp, json!({})).await.status, 200);
}

/// What an application may not ask for by default.
#[tokio::test]
async fn passwords_are_off_unless_the_config_says_so() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    for grant in [BY_PASSWORD, PASSWORD_REALM, PASSWORDLESS_OTP] {
        let reply = ask(&server, json!({ "grant_type": grant, "otp": "123456" })).await;
        assert_eq!(reply.status, 403, "{grant}");
        assert_eq!(reply.json()["error"], "unauthorized_client", "{grant}");
    }
    let discovery = server.get("/.well-known/openid-configuration").await;
    let served = &discovery.json()["grant_types_supported"];
    assert_eq!(served, &json!(["authorization_code", "refresh_token"]));
}

#[tokio::test]
async fn a_telephone_number_is_told_to_whoever_may_know_it() {
    let server = started().await;
    let number = "+4930901820";
    let body = json!({ "client_id": "app", "connection": "sms", "phone_number": number });
    let reply = server.post("/passwordless/start", &body).await.json();
    assert_eq!(reply.get("request_language"), Some(&Value::Null));
    let otp = server.letter(1).await.code.unwrap();
    let changes = json!({ "realm": "sms", "username": number, "scope": "openid phone" });
    let tokens = ask_by_code(&server, &otp, changes).await.json();
    let said = claims(&server, &tokens["id_token"], "app").await;
    assert_eq!(said["phone_number"], number);
    let info = server.with_token(Method::GET, "/userinfo", &tokens["access_token"], None);
    let info = info.await.json();
    assert_eq!(info["phone_number"], number);
    assert_eq!(info["phone_number_verified"], true);
}
