//! Which pages may call, and how they have to.

use insta::assert_json_snapshot;
use reqwest::{Client, Method};
use serde_json::{Map, json};

use crate::harness::{ORIGIN, PASSWORD, PROFILE_SCOPE, Reply, Server};

const EVIL: &str = "https://evil.example";

async fn send(
    server: &Server,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: String,
) -> Reply {
    let mut request = Client::new()
        .request(method, format!("{}{path}", server.url))
        .body(body);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Reply::of(request.send().await.unwrap()).await
}

/// The headers of a reply that have to do with origins.
fn cross_origin(reply: &Reply) -> serde_json::Value {
    let headers: Map<_, _> = reply
        .headers
        .iter()
        .filter(|(name, _)| name.starts_with("access-control") || *name == "vary")
        .map(|(name, value)| (name.clone(), json!(value)))
        .collect();
    json!({ "status": reply.status, "headers": headers })
}

#[tokio::test]
async fn preflights() {
    let server = Server::start().await;
    let mut shown = Map::new();
    for (path, method) in [
        ("/co/authenticate", "POST"),
        ("/dbconnections/signup", "POST"),
        ("/dbconnections/change_password", "POST"),
        ("/passwordless/start", "POST"),
        ("/oauth/token", "POST"),
        ("/api/v2/users/auth0%7C1", "PATCH"),
    ] {
        for origin in [ORIGIN, EVIL, "null"] {
            let headers = [
                ("origin", origin),
                ("access-control-request-method", method),
                (
                    "access-control-request-headers",
                    "auth0-client,content-type",
                ),
            ];
            let reply = send(&server, Method::OPTIONS, path, &headers, String::new()).await;
            shown.insert(format!("{path} from {origin}"), cross_origin(&reply));
        }
    }
    assert_json_snapshot!(shown);
}

#[tokio::test]
async fn replies_are_for_the_applications_pages_alone() {
    let server = Server::start().await;
    for path in [
        "/.well-known/jwks.json",
        "/.well-known/openid-configuration",
        "/client/app.js",
        "/userinfo",
    ] {
        for (origin, allowed) in [
            (ORIGIN, ORIGIN),
            (EVIL, ""),
            ("null", ""),
            ("https://app.example.evil.example", ""),
        ] {
            let reply = send(
                &server,
                Method::GET,
                path,
                &[("origin", origin)],
                String::new(),
            )
            .await;
            assert_eq!(
                reply.header("access-control-allow-origin"),
                allowed,
                "{path} {origin}"
            );
            assert_eq!(
                reply.header("access-control-allow-credentials"),
                "",
                "{path}"
            );
        }
    }
}

#[tokio::test]
async fn a_page_of_another_origin_signs_nobody_up_or_in() {
    let server = Server::start().await;
    let bodies = [
        (
            "/dbconnections/signup",
            json!({ "client_id": "app", "connection": "users", "email": "eve@x.org", "password": PASSWORD }),
        ),
        (
            "/co/authenticate",
            json!({ "client_id": "app", "realm": "users", "username": "eve@x.org", "password": PASSWORD, "credential_type": "http://auth0.com/oauth/grant-type/password-realm" }),
        ),
        (
            "/oauth/token",
            json!({ "client_id": "app", "grant_type": "refresh_token", "refresh_token": "x" }),
        ),
    ];
    for (path, body) in &bodies {
        // `other.example` is an origin of another client.
        for origin in [EVIL, "null", "https://other.example"] {
            let headers = [("origin", origin), ("content-type", "application/json")];
            let reply = send(&server, Method::POST, path, &headers, body.to_string()).await;
            let expected = format!("Origin {origin} is not allowed.");
            assert_eq!((reply.status, reply.text), (403, expected), "{path}");
        }
    }
    // What is no page may sign people up, but has no business with a cookie.
    let headers = [("content-type", "application/json")];
    let statuses = [200, 403, 403];
    for ((path, body), status) in bodies.iter().zip(statuses) {
        let reply = send(&server, Method::POST, path, &headers, body.to_string()).await;
        assert_eq!(reply.status, status, "{path} {}", reply.text);
    }
}

#[tokio::test]
async fn only_json_is_read() {
    let server = Server::start().await;
    let mut shown = Map::new();
    for path in ["/dbconnections/signup", "/co/authenticate", "/oauth/token"] {
        for kind in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "",
        ] {
            if path == "/oauth/token" && kind.contains("urlencoded") {
                continue;
            }
            let headers = [("origin", ORIGIN), ("content-type", kind)];
            let reply = send(&server, Method::POST, path, &headers, "{}".to_owned()).await;
            assert_eq!(reply.status, 415, "{path} {kind}");
            shown.insert(path.to_owned(), reply.shown());
        }
    }
    assert_json_snapshot!(shown);
}

#[tokio::test]
async fn bodies_have_bounds() {
    let server = Server::start().await;
    let post = async |body: String| {
        let headers = [
            ("origin", ORIGIN),
            ("content-type", "application/json; charset=utf-8"),
        ];
        send(
            &server,
            Method::POST,
            "/dbconnections/signup",
            &headers,
            body,
        )
        .await
    };
    assert_eq!(post("x".repeat(64 * 1024 + 1)).await.status, 413);
    let mut shown = Map::new();
    for (case, body) in [
        ("too deep", "[".repeat(33)),
        ("too many", format!("[{}1]", "1,".repeat(1_000))),
        ("not JSON", "{".to_owned()),
        (
            "a key twice",
            r#"{"email":"a@x.org","email":"b@x.org"}"#.to_owned(),
        ),
        ("no object", "[]".to_owned()),
        (
            "not UTF-8 as JSON has it",
            r#"{"email":"\ud800"}"#.to_owned(),
        ),
    ] {
        shown.insert(case.to_owned(), post(body).await.shown());
    }
    assert_json_snapshot!(shown);
}

/// From the password to a change of one's own profile, as a page goes the way:
/// each reply is one that the page may read.
#[tokio::test]
async fn a_page_changes_the_profile_of_the_person_who_signed_in() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    let query = json!({ "audience": server.audience(), "scope": PROFILE_SCOPE });
    let code = server.code(query).await;
    let tokens = server.exchange(&code, json!({})).await;
    assert_eq!(tokens.header("access-control-allow-origin"), ORIGIN);
    let tokens = tokens.json();
    assert_eq!(tokens["scope"], PROFILE_SCOPE);
    let token = &tokens["access_token"];
    let info = server
        .with_token(Method::GET, "/userinfo", token, None)
        .await;
    assert_eq!(info.header("access-control-allow-origin"), ORIGIN);
    let change = json!({ "user_metadata": { "company": "Acme" } });
    let path = info.profile_path();
    let profile = server
        .with_token(Method::PATCH, &path, token, Some(&change))
        .await;
    assert_eq!(
        (
            profile.status,
            profile.header("access-control-allow-origin")
        ),
        (200, ORIGIN)
    );
    assert_eq!(profile.json()["user_metadata"], change["user_metadata"]);
}
