//! The big list of naughty strings, and what injects SQL, through every field:
//! kept byte for byte, or refused for what they are.

use naughty_strings::BLNS;
use reqwest::Method;
use serde_json::{Map, Value, json};

use crate::harness::{CALLBACK, PASSWORD, PROFILE_SCOPE, Reply, Server};
use crate::limits::unlimited;

const SQL: [&str; 14] = [
    "'",
    "''",
    "\"",
    "`",
    "' OR '1'='1",
    "' OR 1=1 --",
    "'; DROP TABLE users; --",
    "x' UNION SELECT password_hash FROM users --",
    "1; DELETE FROM users",
    "ada@example.com'--",
    "%",
    "_",
    "ada%",
    "\\'; DROP TABLE users; --",
];
/// What the list has not.
const FURTHER: [&str; 10] = [
    "\0",
    "a\0b",
    "\u{0}\u{1}\u{1f}\u{7f}",
    "\u{ffff}\u{fffe}",
    "\u{10ffff}",
    "\r\nbcc: x@y.z",
    "{{user.email}}",
    "${7*7}",
    "\u{202e}evil\u{202c}",
    "e\u{301}",
];

/// All of them, or, without `--long`, every so many.
fn strings(every: usize) -> Vec<&'static str> {
    let all = BLNS.iter().chain(&SQL).chain(&FURTHER).copied();
    all.step_by(stride(every)).collect()
}

fn stride(every: usize) -> usize {
    match std::env::var_os("LATCHLET_TEST_LONG") {
        Some(_) => 1,
        None => every,
    }
}

/// A server that takes any password of the right length.
async fn start() -> Server {
    let mut config = unlimited();
    config["connections"][0]["password_no_personal_info"] = json!({ "enable": false });
    Server::start_with(config).await
}

fn is_no_failure(what: &str, reply: &Reply) {
    assert!(
        (200..500).contains(&reply.status),
        "{what:?}: {} {}",
        reply.status,
        reply.text
    );
}

/// The account that must be there afterwards, as it was.
async fn bystander(server: &Server) -> String {
    let reply = server
        .sign_up(json!({ "user_metadata": { "kept": "as it is" } }))
        .await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json()["_id"].as_str().unwrap().to_owned()
}

async fn is_unharmed(server: &Server, id: &str) {
    let user = server.store.user(id).await.unwrap().unwrap();
    assert_eq!(user.email.as_deref(), Some("ada@example.com"));
    assert_eq!(json!(user.user_metadata), json!({ "kept": "as it is" }));
    assert_eq!(server.authenticate(json!({})).await.status, 200);
}

#[tokio::test]
async fn through_every_field_of_a_sign_up() {
    let server = start().await;
    let id = bystander(&server).await;
    let strings = strings(1);
    // Hashing takes its time; each has ten strings, and six more fields.
    for (number, start) in (0..strings.len()).step_by(stride(10)).enumerate() {
        let at = |offset: usize| strings[(start + offset) % strings.len()];
        let metadata: Map<String, Value> = (0..10)
            .map(|it| (format!("key{it}"), json!(at(it))))
            .collect();
        let body = json!({
            "email": format!("naughty{number}@example.com"),
            "name": at(0), "given_name": at(1), "family_name": at(2), "nickname": at(3),
            "picture": at(4), "user_metadata": metadata, "password": format!("{PASSWORD}{}", at(5)),
        });
        let mut body = body.as_object().unwrap().clone();
        // What a field refuses, it names; the others are still to be tried.
        let (kept, reply) = loop {
            let reply = server.sign_up(Value::Object(body.clone())).await;
            is_no_failure(at(0), &reply);
            if reply.status == 200 {
                break (body, reply.json());
            }
            let errors = reply.json()["errors"]
                .as_array()
                .cloned()
                .unwrap_or_default();
            let before = body.len() + body["user_metadata"].as_object().unwrap().len();
            for error in &errors {
                let path = error["path"].as_str().unwrap().to_owned();
                match path.strip_prefix("/user_metadata/") {
                    Some(key) => body["user_metadata"].as_object_mut().unwrap().remove(key),
                    None => body.remove(&path[1..]),
                };
            }
            let after = body.len() + body["user_metadata"].as_object().unwrap().len();
            assert!(after < before, "{:?}: {}", at(0), reply.text);
        };
        let user = server
            .store
            .user(reply["_id"].as_str().unwrap())
            .await
            .unwrap()
            .unwrap();
        let (root, metadata) = (json!(user.attributes), json!(user.user_metadata));
        for (key, value) in &kept {
            match key.as_str() {
                "email" | "password" => {}
                "user_metadata" => assert_eq!((value, value), (&metadata, &reply["user_metadata"])),
                key => assert_eq!((value, value), (&root[key], &reply[key]), "{key}"),
            }
        }
        // The password is the one that was typed.
        let credentials = json!({ "username": kept["email"], "password": kept["password"] });
        assert_eq!(server.authenticate(credentials).await.status, 200);
    }
    is_unharmed(&server, &id).await;
}

#[tokio::test]
async fn through_names_and_addresses() {
    let server = Server::start_with(unlimited()).await;
    let id = bystander(&server).await;
    for naughty in strings(2) {
        let named = json!({ "connection": "named", "username": naughty, "password": "Aa1!aaaa", "email": "x@y" });
        let addressed = json!({ "email": naughty, "password": "short" });
        let local = json!({ "email": format!("{naughty}@example.com"), "password": "short" });
        let domain = json!({ "email": format!("ada@{naughty}.com"), "password": "short" });
        for body in [named, addressed, local, domain] {
            let reply = server.sign_up(body).await;
            assert_eq!(reply.status, 400, "{naughty:?} {}", reply.text);
        }
        for key in ["client_id", "connection"] {
            let reply = server.sign_up(json!({ key: naughty })).await;
            assert_eq!(reply.status, 400, "{key} {naughty:?} {}", reply.text);
        }
    }
    is_unharmed(&server, &id).await;
}

#[tokio::test]
async fn through_a_profile() {
    let server = Server::start_with(unlimited()).await;
    let id = bystander(&server).await;
    server.sign_up(json!({ "email": "eve@example.com" })).await;
    let signed_in = server
        .authenticate(json!({ "username": "eve@example.com" }))
        .await;
    let wish = json!({
        "audience": server.audience(), "scope": PROFILE_SCOPE,
        "login_ticket": signed_in.json()["login_ticket"],
    });
    let back = server.authorize(&signed_in.cookie(), wish).await;
    let token = server
        .exchange(&back.parameters()["code"], json!({}))
        .await
        .json()["access_token"]
        .clone();
    let path = server
        .with_token(Method::GET, "/userinfo", &token, None)
        .await
        .profile_path();
    for naughty in strings(4) {
        for metadata in [
            json!({ "value": naughty }),
            json!({ naughty: "key" }),
            json!({ "list": [naughty, { naughty: naughty }] }),
        ] {
            let body = json!({ "user_metadata": metadata });
            let reply = server
                .with_token(Method::PATCH, &path, &token, Some(&body))
                .await;
            is_no_failure(naughty, &reply);
            let read = server
                .with_token(Method::GET, &path, &token, None)
                .await
                .json();
            for (key, value) in metadata.as_object().unwrap() {
                match reply.status {
                    200 => assert_eq!(&read["user_metadata"][key], value, "{naughty:?}"),
                    _ => assert_ne!(read["user_metadata"].get(key), Some(value), "{naughty:?}"),
                }
            }
            let clear = json!({ "user_metadata": {} });
            server
                .with_token(Method::PATCH, &path, &token, Some(&clear))
                .await;
        }
        let other = format!("/api/v2/users/{}", urlencoded(naughty));
        for method in [Method::GET, Method::PATCH] {
            let body = json!({ "user_metadata": { "stolen": true } });
            let reply = server.with_token(method, &other, &token, Some(&body)).await;
            assert!(
                (400..500).contains(&reply.status) || naughty.is_empty(),
                "{naughty:?}: {}",
                reply.status
            );
        }
    }
    is_unharmed(&server, &id).await;
}

#[tokio::test]
async fn through_parameters_and_forms() {
    let server = Server::start_with(unlimited()).await;
    let id = bystander(&server).await;
    let cookie = server.browser().await;
    for naughty in strings(4) {
        for key in [
            "client_id",
            "redirect_uri",
            "state",
            "nonce",
            "scope",
            "audience",
            "response_mode",
            "response_type",
            "prompt",
            "max_age",
            "login_ticket",
            "code_challenge",
            "login_hint",
            "connection",
            "screen_hint",
            "ui_locales",
        ] {
            let reply = server.authorize(&cookie, json!({ key: naughty })).await;
            is_no_failure(&format!("{key} {naughty}"), &reply);
            if key == "state" && !naughty.is_empty() {
                assert!(reply.header("location").starts_with(CALLBACK));
                assert_eq!(reply.parameters()["state"], naughty);
            }
        }
        let value = urlencoded(naughty);
        for path in [
            format!("/v2/logout?client_id=app&returnTo={value}"),
            format!("/v2/logout?client_id={value}"),
            format!("/lo/reset?ticket={value}"),
            format!("/client/{value}.js"),
            format!("/consents/texts/{value}"),
            format!("/passwordless/verify_redirect?ticket={value}"),
            format!("/continue-profile?session_token={value}&state={value}"),
            format!("/latchlet/{value}"),
            format!("/lo/{value}"),
            format!("/health?{value}"),
        ] {
            is_no_failure(&path, &server.get(&path).await);
        }
        let form = [
            ("ticket", naughty),
            ("password", naughty),
            ("repeat", naughty),
            (naughty, naughty),
        ];
        for path in [
            "/lo/reset",
            "/passwordless/verify_redirect",
            "/continue-profile",
            "/oauth/token",
        ] {
            is_no_failure(path, &server.submit(path, &form, "").await);
        }
        for key in [
            "code",
            "redirect_uri",
            "code_verifier",
            "client_id",
            "grant_type",
        ] {
            let reply = server.exchange("x", json!({ key: naughty })).await;
            assert!((400..500).contains(&reply.status), "{key} {naughty:?}");
        }
        assert!((400..500).contains(&server.refresh(&json!(naughty)).await.status));
        for key in ["realm", "client_id", "credential_type"] {
            let reply = server.authenticate(json!({ key: naughty })).await;
            assert!((400..500).contains(&reply.status), "{key} {naughty:?}");
        }
        let start =
            json!({ "client_id": "app", "connection": "email", "email": naughty, "send": naughty });
        assert_eq!(server.post("/passwordless/start", &start).await.status, 400);
    }
    for sql in SQL {
        let reply = server.authenticate(json!({ "username": sql })).await;
        assert_eq!(reply.status, 403, "{sql}: {}", reply.text);
    }
    is_unharmed(&server, &id).await;
}

fn urlencoded(text: &str) -> String {
    let encoded = serde_urlencoded::to_string([("", text)]).unwrap();
    encoded[1..].replace('+', "%20")
}
