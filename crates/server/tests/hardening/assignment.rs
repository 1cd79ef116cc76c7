//! Properties that only the server may set, sent by everybody else.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{PROFILE_SCOPE, Server};

/// What a profile has, what an Auth0 tenant reserves, and what a language might
/// take for something else.
fn reserved() -> Vec<(&'static str, Value)> {
    let mut keys = vec![
        ("app_metadata", json!({ "role": "admin" })),
        ("email_verified", json!(true)),
        ("phone_verified", json!(true)),
        ("blocked", json!(true)),
        (
            "identities",
            json!([{ "provider": "google-oauth2", "user_id": "1" }]),
        ),
        ("user_id", json!("auth0|chosen")),
        ("_id", json!("chosen")),
        ("id", json!("chosen")),
        ("logins_count", json!(1_000)),
        ("created_at", json!("1970-01-01T00:00:00.000Z")),
        ("metadata", json!({ "role": "admin" })),
        ("__proto__", json!({ "role": "admin" })),
        ("constructor", json!({ "prototype": { "role": "admin" } })),
    ];
    for key in [
        "__tenant",
        "clientID",
        "globalClientID",
        "global_client_id",
        "lastIP",
        "lastLogin",
        "last_ip",
        "last_login",
        "loginsCount",
        "multifactor",
        "multifactor_last_modified",
        "updated_at",
        "last_password_reset",
        "password_hash",
        "provider",
        "permissions",
        "roles",
        "scope",
        "verify_email",
        "tenant",
        "prototype",
        "is_admin",
    ] {
        keys.push((key, json!("chosen")));
    }
    keys
}

async fn profile(server: &Server, token: &Value, path: &str) -> Value {
    let reply = server.with_token(Method::GET, path, token, None).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json()
}

#[tokio::test]
async fn nobody_signs_up_as_more_than_they_are() {
    let server = Server::start().await;
    for (key, value) in reserved() {
        let reply = server.sign_up(json!({ key: value })).await;
        assert_eq!(reply.status, 400, "{key}: {}", reply.text);
        assert_eq!(reply.json()["code"], "invalid_body", "{key}");
    }
    // Whatever was refused left nothing behind.
    let reply = server.sign_up(json!({})).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    assert_eq!(reply.json()["email_verified"], false);
    let user = server
        .store
        .user(reply.json()["_id"].as_str().unwrap())
        .await
        .unwrap()
        .unwrap();
    assert!(user.app_metadata.is_empty() && !user.email_verified);
    assert_eq!((user.logins_count, user.provider.as_str()), (0, "auth0"));
}

/// The token of a page changes `user_metadata` of its person and nothing else.
#[tokio::test]
async fn nobody_makes_more_of_themselves() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    let wish = json!({ "audience": server.audience(), "scope": PROFILE_SCOPE });
    let token = server.tokens(wish).await["access_token"].clone();
    let path = server
        .with_token(Method::GET, "/userinfo", &token, None)
        .await
        .profile_path();
    let before = profile(&server, &token, &path).await;
    let further = [
        ("email", json!("eve@example.com")),
        ("password", json!("another long password")),
        ("username", json!("eve")),
        ("phone_number", json!("+4930123456")),
        ("connection", json!("named")),
        ("name", json!("Eve")),
        ("given_name", json!("Eve")),
        ("family_name", json!("Eve")),
        ("nickname", json!("eve")),
        ("picture", json!("https://evil.example/x.png")),
        ("client_id", json!("other")),
    ];
    for (key, value) in reserved().into_iter().chain(further) {
        for body in [
            json!({ key: value }),
            json!({ key: value, "user_metadata": { "a": 1 } }),
        ] {
            let reply = server
                .with_token(Method::PATCH, &path, &token, Some(&body))
                .await;
            assert!(matches!(reply.status, 400 | 403), "{key}: {}", reply.text);
        }
    }
    assert_eq!(profile(&server, &token, &path).await, before);

    // In `user_metadata` the same names are values like any other, and stay there.
    let body = json!({ "user_metadata": {
        "app_metadata": { "role": "admin" }, "email_verified": true, "blocked": false,
        "__proto__": { "role": "admin" },
    } });
    let reply = server
        .with_token(Method::PATCH, &path, &token, Some(&body))
        .await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let after = profile(&server, &token, &path).await;
    assert_eq!(after["user_metadata"], body["user_metadata"]);
    assert_eq!(
        (&after["app_metadata"], &after["email_verified"]),
        (&json!({}), &json!(false))
    );
}

/// A sign-in, a code and a token are asked for, not told.
#[tokio::test]
async fn nobody_is_granted_what_they_write() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    let wish = json!({
        "audience": server.audience(),
        "scope": "openid admin read:users update:users read:current_user delete:users create:client_grants",
    });
    let tokens = server.tokens(wish).await;
    assert_eq!(tokens["scope"], "openid read:current_user");
    let code = server.code(json!({ "scope": "openid" })).await;
    let more = json!({ "scope": "openid profile email offline_access", "sub": "auth0|chosen", "user_id": "chosen" });
    let reply = server.exchange(&code, more).await;
    if reply.status == 200 {
        assert_eq!(reply.json()["scope"], "openid");
        assert!(reply.json().get("refresh_token").is_none());
    }
}
