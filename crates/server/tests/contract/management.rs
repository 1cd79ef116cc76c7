//! The Management API for applications: adding, changing and erasing users.

use insta::assert_json_snapshot;
use reqwest::Method;
use serde_json::{Map, Value, json};

use crate::backend::{Backend, path};
use crate::harness::PASSWORD;

#[tokio::test]
async fn a_user_that_is_added_can_sign_in() {
    let backend = Backend::start().await;
    let reply = backend
        .post(json!({
            "connection": "users",
            "email": " Ada@Example.com",
            "email_verified": true,
            "password": PASSWORD,
            "given_name": "Ada",
            "user_metadata": { "company": "ACME" },
            "app_metadata": { "plan": { "name": "pro" } },
        }))
        .await;
    assert_json_snapshot!(reply.shown(), {
        ".body.user_id" => "[auth0| and id]",
        ".body.identities[0].user_id" => "[id]",
        ".body.created_at" => "[ISO 8601]",
        ".body.updated_at" => "[ISO 8601]",
    });
    let user = reply.json();
    assert_eq!(backend.get(&path(&user)).await.json(), user);
    let signed_in = backend.server.authenticate(json!({})).await;
    assert_eq!(signed_in.status, 200, "{}", signed_in.text);
}

#[tokio::test]
async fn every_refusal_of_a_new_user() {
    let backend = Backend::start().await;
    backend.add("ada@example.com").await;
    let with = |changes: Value| {
        let mut body = json!({
            "connection": "users",
            "email": "eve@example.com",
            "password": PASSWORD,
        });
        crate::harness::merge(&mut body, changes);
        body
    };
    let mut shown = Map::new();
    for (case, body) in [
        (
            "somebody who is there",
            with(json!({ "email": "ADA@example.com" })),
        ),
        ("no connection", with(json!({ "connection": null }))),
        (
            "an unknown connection",
            with(json!({ "connection": "nothing" })),
        ),
        ("no e-mail address", with(json!({ "email": null }))),
        ("what is no e-mail address", with(json!({ "email": "eve" }))),
        ("no password", with(json!({ "password": null }))),
        ("a short password", with(json!({ "password": "short" }))),
        (
            "a common password",
            with(json!({ "connection": "strict", "password": "Our own-secret" })),
        ),
        (
            "no user name",
            with(json!({ "connection": "named", "password": "Corr3ct horse" })),
        ),
        ("a user name too many", with(json!({ "username": "eve" }))),
        (
            "an id with other characters",
            with(json!({ "user_id": "a|b" })),
        ),
        ("an unknown property", with(json!({ "is_admin": true }))),
        ("no truth", with(json!({ "email_verified": "yes" }))),
        (
            "no number",
            json!({ "connection": "sms", "phone_number": "030" }),
        ),
        ("no body", json!([])),
    ] {
        shown.insert(case.to_owned(), backend.post(body).await.shown());
    }
    assert_json_snapshot!(shown);
    let all = backend.get("/api/v2/users").await.json();
    assert_eq!(all.as_array().unwrap().len(), 1, "{all}");
}

#[tokio::test]
async fn an_application_chooses_an_id_if_it_likes() {
    let backend = Backend::start().await;
    let body = json!({
        "user_id": "old-1", "connection": "email", "email": "ada@example.com",
    });
    let user = backend.post(body.clone()).await.json();
    assert_eq!(user["user_id"], "email|old-1");
    assert_eq!(
        backend.get("/api/v2/users/email%7Cold-1").await.json(),
        user
    );
    // The provider belongs to the id.
    assert_eq!(backend.get("/api/v2/users/auth0%7Cold-1").await.status, 404);
    assert_eq!(backend.get("/api/v2/users/old-1").await.status, 400);
    let mut again = body;
    again["email"] = json!("eve@example.com");
    assert_eq!(backend.post(again).await.status, 409);
}

#[tokio::test]
async fn attributes_and_metadata_are_changed() {
    let backend = Backend::start().await;
    let user = backend.add("ada@example.com").await;
    let change = json!({
        "name": "Ada Lovelace",
        "given_name": "Ada",
        "phone_number": "+4930901820",
        "phone_verified": true,
        "app_metadata": { "plan": { "name": "pro", "seats": 3 }, "roles": ["a"] },
        "user_metadata": { "company": "ACME", "deep": { "a": 1 } },
    });
    let changed = backend.patch(&user, change).await;
    assert_eq!(changed.status, 200, "{}", changed.text);
    let changed = changed.json();
    for (key, value) in [
        ("name", json!("Ada Lovelace")),
        ("phone_verified", json!(true)),
    ] {
        assert_eq!(changed[key], value, "{key}");
    }
    let change = json!({
        "name": null,
        "app_metadata": { "plan": { "name": "free" }, "roles": null },
        "user_metadata": {},
    });
    let changed = backend.patch(&user, change).await.json();
    assert_eq!(changed["name"], "ada@example.com");
    assert_eq!(changed["given_name"], "Ada");
    assert_eq!(
        changed["app_metadata"],
        json!({ "plan": { "name": "free" } })
    );
    assert_eq!(changed["user_metadata"], json!({}));
    assert_eq!(backend.get(&path(&user)).await.json(), changed);
}

#[tokio::test]
async fn another_address_is_not_verified_unless_it_is_said_to_be() {
    let backend = Backend::start().await;
    let user = backend.add("ada@example.com").await;
    backend.add("eve@example.com").await;
    let verified = backend
        .patch(&user, json!({ "email_verified": true }))
        .await;
    assert_eq!(verified.json()["email_verified"], true);
    let same = backend
        .patch(&user, json!({ "email": "ADA@example.com" }))
        .await;
    assert_eq!(same.json()["email_verified"], true);
    let other = backend
        .patch(&user, json!({ "email": "Lovelace@example.com" }))
        .await;
    assert_eq!(other.json()["email"], "lovelace@example.com");
    assert_eq!(other.json()["email_verified"], false);
    let both = json!({ "email": "ada@example.org", "email_verified": true, "connection": "users" });
    assert_eq!(
        backend.patch(&user, both).await.json()["email_verified"],
        true
    );
    let old = backend.server.authenticate(json!({})).await;
    assert_eq!(old.status, 403);
    let new = json!({ "username": "ada@example.org" });
    assert_eq!(backend.server.authenticate(new).await.status, 200);
}

#[tokio::test]
async fn every_refusal_of_a_change() {
    let backend = Backend::start().await;
    let user = backend.add("ada@example.com").await;
    backend.add("eve@example.com").await;
    let mut shown = Map::new();
    for (case, change) in [
        ("nothing", json!({})),
        ("nothing by another name", json!({ "email": null })),
        ("an unknown property", json!({ "is_admin": true })),
        (
            "somebody else's address",
            json!({ "email": "eve@example.com" }),
        ),
        (
            "two of the credentials",
            json!({ "email": "a@example.com", "password": PASSWORD }),
        ),
        (
            "another connection",
            json!({ "name": "Ada", "connection": "named" }),
        ),
        ("a user name", json!({ "username": "ada" })),
        ("a weak password", json!({ "password": "short" })),
        ("an empty name", json!({ "name": "" })),
        ("no truth", json!({ "blocked": "yes" })),
        (
            "reserved metadata",
            json!({ "app_metadata": { "blocked": true } }),
        ),
        ("odd metadata", json!({ "app_metadata": { "a.b": 1 } })),
        ("more odd metadata", json!({ "user_metadata": { "$a": 1 } })),
        ("metadata that is none", json!({ "app_metadata": null })),
        (
            "too much",
            json!({ "app_metadata": { "bio": "x".repeat(32 * 1024) } }),
        ),
    ] {
        shown.insert(case.to_owned(), backend.patch(&user, change).await.shown());
    }
    assert_json_snapshot!(shown);
    assert_eq!(backend.get(&path(&user)).await.json(), user);
}

#[tokio::test]
async fn a_new_password_ends_what_the_old_one_opened() {
    let backend = Backend::start().await;
    let user = backend.add("ada@example.com").await;
    let server = &backend.server;
    let browser = server.browser().await;
    let tokens = server
        .tokens(json!({ "scope": "openid offline_access" }))
        .await;
    let password = "another horse of the same battery";
    let reply = backend.patch(&user, json!({ "password": password })).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    assert!(reply.json()["last_password_reset"].is_string());

    assert_eq!(server.refresh(&tokens["refresh_token"]).await.status, 403);
    let user_info = server
        .with_token(Method::GET, "/userinfo", &tokens["access_token"], None)
        .await;
    assert_eq!(user_info.status, 401);
    let back = server
        .authorize(&browser, json!({ "prompt": "none" }))
        .await;
    assert_eq!(back.parameters()["error"], "login_required");
    assert_eq!(server.authenticate(json!({})).await.status, 403);
    let new = json!({ "password": password });
    assert_eq!(server.authenticate(new).await.status, 200);
}

#[tokio::test]
async fn the_history_of_passwords_holds_for_applications_too() {
    let backend = Backend::start().await;
    let passwords = ["corr-ect horse", "batte-ry staple", "some-thing else"];
    let body = json!({
        "connection": "strict", "email": "ada@example.com", "password": passwords[0],
    });
    let user = backend.post(body).await.json();
    for (password, status) in [
        (passwords[0], 400),
        (passwords[1], 200),
        (passwords[0], 400),
        (passwords[2], 200),
        (passwords[0], 200),
    ] {
        let reply = backend.patch(&user, json!({ "password": password })).await;
        assert_eq!(reply.status, status, "{password}: {}", reply.text);
    }
}

#[tokio::test]
async fn who_is_blocked_is_out_and_stays_out() {
    let backend = Backend::start().await;
    let user = backend.add("ada@example.com").await;
    let server = &backend.server;
    let browser = server.browser().await;
    let code = server.code(json!({})).await;
    let tokens = server
        .tokens(json!({ "scope": "openid offline_access" }))
        .await;
    let signed_in = server.authenticate(json!({})).await;

    let blocked = backend
        .patch(&user, json!({ "blocked": true }))
        .await
        .json();
    assert_eq!(blocked["blocked"], true);
    let refused = server.authenticate(json!({})).await;
    assert_eq!(
        (refused.status, refused.json()["error"].as_str()),
        (403, Some("blocked_user"))
    );
    assert_eq!(server.refresh(&tokens["refresh_token"]).await.status, 403);
    assert_eq!(server.exchange(&code, json!({})).await.status, 403);
    let query = json!({ "login_ticket": signed_in.json()["login_ticket"] });
    let back = server.authorize(&signed_in.cookie(), query).await;
    assert_eq!(back.parameters()["error"], "login_required");
    let back = server
        .authorize(&browser, json!({ "prompt": "none" }))
        .await;
    assert_eq!(back.parameters()["error"], "login_required");
    // What is wrong is told first: nobody learns who is blocked.
    let wrong = server
        .authenticate(json!({ "password": "not the password" }))
        .await;
    assert_eq!(wrong.json()["error"], "access_denied");

    let free = backend
        .patch(&user, json!({ "blocked": false }))
        .await
        .json();
    assert_eq!(free.get("blocked"), None);
    assert_eq!(server.authenticate(json!({})).await.status, 200);
    assert_eq!(server.refresh(&tokens["refresh_token"]).await.status, 403);
}

#[tokio::test]
async fn who_is_erased_is_gone() {
    let backend = Backend::start().await;
    let user = backend.add("ada@example.com").await;
    let tokens = backend.server.tokens(json!({})).await;
    for _ in 0..2 {
        let reply = backend.send(Method::DELETE, &path(&user), None).await;
        assert_eq!((reply.status, reply.text.as_str()), (204, ""));
    }
    assert_eq!(backend.get(&path(&user)).await.status, 404);
    assert_eq!(
        backend.patch(&user, json!({ "name": "Ada" })).await.status,
        404
    );
    assert_eq!(backend.server.authenticate(json!({})).await.status, 403);
    let user_info = backend
        .server
        .with_token(Method::GET, "/userinfo", &tokens["access_token"], None)
        .await;
    assert_eq!(user_info.status, 401);
    // The address is free again, for somebody else.
    assert_ne!(
        backend.add("ada@example.com").await["user_id"],
        user["user_id"]
    );
}
