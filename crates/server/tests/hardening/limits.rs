//! How often things may be done, and what is said when it was too often.

use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use latchlet_server::config::ServerConfig;
use latchlet_server::mail::Post;
use latchlet_server::{App, router};
use latchlet_store::Store;
use reqwest::Method;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::harness::{CALLBACK, ORIGIN, PASSWORD, Reply, Server, box_config, config, merge};

/// The config of the tests without any limit but these.
pub fn limited(limits: Value) -> Value {
    let mut all = json!({});
    for name in [
        "requests",
        "requests_per_address",
        "sign_ups_per_address",
        "wrong_logins_per_account",
        "wrong_logins_per_account_and_address",
        "wrong_logins_per_address",
    ] {
        all[name] = json!(false);
    }
    merge(&mut all, limits);
    let mut config = config();
    config["limits"] = all;
    // So that a request says where it comes from.
    config["proxies"] = json!({ "trusted": ["127.0.0.1"] });
    config
}

/// For tests that do a lot in a short time.
pub fn unlimited() -> Value {
    limited(json!({}))
}

async fn ask(server: &Server, from: &str, method: Method, path: &str) -> Reply {
    let request = server.request(method, path);
    let request = request.header("x-forwarded-for", from);
    Reply::of(request.send().await.unwrap()).await
}

async fn log_in(server: &Server, from: &str, changes: Value) -> Reply {
    let mut body = json!({
        "client_id": "app", "realm": "users", "username": "ada@example.com",
        "password": "not the password of Ada",
        "credential_type": "http://auth0.com/oauth/grant-type/password-realm",
    });
    merge(&mut body, changes);
    let request = server.request(Method::POST, "/co/authenticate").json(&body);
    let request = request.header("x-forwarded-for", from);
    Reply::of(request.send().await.unwrap()).await
}

fn number(reply: &Reply, name: &str) -> i64 {
    reply.header(name).parse().unwrap()
}

#[tokio::test]
async fn so_many_requests_from_one_address() {
    let limits = json!({ "requests_per_address": { "most": 3, "seconds": 60 } });
    let server = Server::start_with(limited(limits)).await;
    for remaining in [2, 1, 0] {
        let reply = ask(&server, "203.0.113.1", Method::GET, "/userinfo").await;
        assert_eq!(reply.status, 401);
        assert_eq!(number(&reply, "x-ratelimit-limit"), 3);
        assert_eq!(number(&reply, "x-ratelimit-remaining"), remaining);
        let wait = number(&reply, "x-ratelimit-reset") - server.now().await;
        assert!((1..=61).contains(&wait), "{wait}");
        assert!(!reply.headers.contains_key("retry-after"));
        let exposed = reply.header("access-control-expose-headers");
        assert!(exposed.contains("x-ratelimit-reset") && exposed.contains("retry-after"));
    }
    for (method, path, shape) in [
        (
            Method::GET,
            "/userinfo",
            json!({ "error": "too_many_requests" }),
        ),
        (
            Method::POST,
            "/co/authenticate",
            json!({ "error": "too_many_requests" }),
        ),
        (
            Method::POST,
            "/dbconnections/signup",
            json!({ "code": "too_many_requests", "statusCode": 429 }),
        ),
        (
            Method::GET,
            "/api/v2/users/auth0%7C1",
            json!({ "statusCode": 429, "error": "Too Many Requests", "errorCode": "too_many_requests" }),
        ),
    ] {
        let reply = ask(&server, "203.0.113.1", method, path).await;
        assert_eq!(reply.status, 429, "{path}");
        for (key, value) in shape.as_object().unwrap() {
            assert_eq!(&reply.json()[key], value, "{path}: {}", reply.text);
        }
        assert!((1..=60).contains(&number(&reply, "retry-after")));
        assert_eq!(number(&reply, "x-ratelimit-remaining"), 0);
        assert_eq!(reply.header("access-control-allow-origin"), ORIGIN);
    }
    let page = ask(&server, "203.0.113.1", Method::GET, "/v2/logout").await;
    assert_eq!(page.status, 429);
    assert!(page.text.contains("Too many requests"), "{}", page.text);
    // What is the same for everybody is served, and others are not kept out.
    for path in [
        "/.well-known/jwks.json",
        "/health",
        "/lo/pages.css",
        "/demo",
    ] {
        let reply = ask(&server, "203.0.113.1", Method::GET, path).await;
        assert_ne!(reply.status, 429, "{path}");
    }
    let other = ask(&server, "203.0.113.2", Method::GET, "/userinfo").await;
    assert_eq!(other.status, 401);
    server.advance(60).await;
    let later = ask(&server, "203.0.113.1", Method::GET, "/userinfo").await;
    assert_eq!(later.status, 401);
}

#[tokio::test]
async fn so_many_requests_from_everybody() {
    let limits = json!({ "requests": { "most": 5, "seconds": 60 } });
    let server = Server::start_with(limited(limits)).await;
    for host in 1..=5 {
        let reply = ask(
            &server,
            &format!("203.0.113.{host}"),
            Method::GET,
            "/userinfo",
        )
        .await;
        assert_eq!(reply.status, 401);
    }
    let reply = ask(&server, "203.0.113.6", Method::GET, "/api/v2/users/x").await;
    assert_eq!(reply.status, 429);
    assert_eq!(reply.json()["message"], "Global limit has been reached");
}

/// Processes over one database share a limit, however they take it.
#[tokio::test]
async fn processes_over_one_database_share_a_limit() {
    let limits = json!({ "requests_per_address": { "most": 120, "seconds": 60 } });
    let place = Server::place(&limited(limits), &box_config()).await;
    let mut routers = Vec::new();
    for _ in 0..3 {
        let path = place.folder.path().join("server.json");
        let config = ServerConfig::load(&path, "https://login.example.com").unwrap();
        let store = Store::open(place.database.url()).await.unwrap();
        let app = App::new(config, store, "https://login.example.com", Post::Nothing);
        routers.push(router(Arc::clone(&app.await.unwrap())));
    }
    let mut answered = 0;
    for turn in 0..240 {
        let request = Request::get("/userinfo").body(Body::empty()).unwrap();
        let reply = routers[turn % 3].clone().oneshot(request).await.unwrap();
        answered += usize::from(reply.status() == 401);
    }
    assert_eq!(answered, 120);
}

#[tokio::test]
async fn wrong_logins_for_one_account_from_one_address() {
    let limits = json!({ "wrong_logins_per_account_and_address": { "most": 3, "seconds": 900 } });
    let server = Server::start_with(limited(limits)).await;
    server.sign_up(json!({})).await;
    let right = json!({ "password": PASSWORD });
    // A login that is right takes back what was counted.
    for _ in 0..2 {
        for _ in 0..2 {
            assert_eq!(log_in(&server, "203.0.113.1", json!({})).await.status, 403);
        }
        assert_eq!(
            log_in(&server, "203.0.113.1", right.clone()).await.status,
            200
        );
    }
    // Whether there is such an account tells nothing.
    let mut shown = Vec::new();
    for username in ["ada@example.com", "nobody@example.com", "no address"] {
        let mut replies = Vec::new();
        for _ in 0..5 {
            let mut reply = log_in(&server, "203.0.113.1", json!({ "username": username })).await;
            for unlike in ["date", "x-request-id", "retry-after"] {
                reply.headers.remove(unlike);
            }
            replies.push((reply.status, reply.headers, reply.text));
        }
        let statuses: Vec<u16> = replies.iter().map(|(status, ..)| *status).collect();
        assert_eq!(statuses, [403, 403, 403, 429, 429]);
        shown.push(replies);
    }
    assert_eq!(shown[0], shown[1]);
    assert_eq!(shown[0], shown[2]);
    // Even with the right password, after a restart too, and as an OAuth error.
    let server = server.restart().await;
    let refused = log_in(&server, "203.0.113.1", right.clone()).await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.json()["error"], "too_many_attempts");
    assert!((1..=900).contains(&number(&refused, "retry-after")));
    // The person is not locked out elsewhere, nor here for ever.
    assert_eq!(
        log_in(&server, "203.0.113.2", right.clone()).await.status,
        200
    );
    server.advance(900).await;
    assert_eq!(log_in(&server, "203.0.113.1", right).await.status, 200);
}

#[tokio::test]
async fn wrong_logins_for_one_account_from_everywhere() {
    let limits = json!({ "wrong_logins_per_account": { "most": 4, "seconds": 3600 } });
    let server = Server::start_with(limited(limits)).await;
    server.sign_up(json!({})).await;
    for host in 1..=4 {
        let from = format!("203.0.113.{host}");
        assert_eq!(log_in(&server, &from, json!({})).await.status, 403);
    }
    let right = json!({ "password": PASSWORD });
    assert_eq!(log_in(&server, "203.0.113.9", right).await.status, 429);
}

#[tokio::test]
async fn wrong_logins_from_one_address_for_whomever() {
    let limits = json!({ "wrong_logins_per_address": { "most": 4, "seconds": 3600 } });
    let server = Server::start_with(limited(limits)).await;
    for person in 1..=4 {
        let wish = json!({ "username": format!("{person}@example.com") });
        assert_eq!(log_in(&server, "203.0.113.1", wish).await.status, 403);
    }
    assert_eq!(log_in(&server, "203.0.113.1", json!({})).await.status, 429);
    assert_eq!(log_in(&server, "203.0.113.2", json!({})).await.status, 403);
}

/// Guesses that are sent at once are no more than one after the other: the right
/// one among the last is refused.
#[tokio::test(flavor = "multi_thread")]
async fn many_guesses_at_once() {
    let limits = json!({ "wrong_logins_per_account_and_address": { "most": 5, "seconds": 900 } });
    let server = Arc::new(Server::start_with(limited(limits)).await);
    server.sign_up(json!({})).await;
    let guesses: Vec<_> = (0..30)
        .map(|_| {
            let server = Arc::clone(&server);
            tokio::spawn(async move { log_in(&server, "203.0.113.1", json!({})).await.status })
        })
        .collect();
    for guess in guesses {
        assert!(matches!(guess.await.unwrap(), 403 | 429));
    }
    let right = log_in(&server, "203.0.113.1", json!({ "password": PASSWORD })).await;
    assert_eq!(right.status, 429);
}

#[tokio::test]
async fn sign_ups_from_one_address() {
    let limits = json!({ "sign_ups_per_address": { "most": 2, "seconds": 60 } });
    let server = Server::start_with(limited(limits)).await;
    let sign_up = async |from: &str, email: &str| {
        let body = json!({
            "client_id": "app", "connection": "users", "email": email, "password": PASSWORD,
        });
        let request = server.request(Method::POST, "/dbconnections/signup");
        let request = request.header("x-forwarded-for", from).json(&body);
        Reply::of(request.send().await.unwrap()).await
    };
    assert_eq!(sign_up("203.0.113.1", "a@example.com").await.status, 200);
    // What is refused for what it says makes no account.
    assert_eq!(sign_up("203.0.113.1", "no address").await.status, 400);
    assert_eq!(sign_up("203.0.113.1", "b@example.com").await.status, 200);
    let refused = sign_up("203.0.113.1", "c@example.com").await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.json()["code"], "too_many_requests");
    assert!((1..=60).contains(&number(&refused, "retry-after")));
    assert_eq!(sign_up("203.0.113.2", "c@example.com").await.status, 200);
}

#[tokio::test]
async fn only_a_trusted_proxy_is_believed() {
    let limits = json!({ "requests_per_address": { "most": 2, "seconds": 60 } });
    let mut config = limited(limits);
    config.as_object_mut().unwrap().remove("proxies");
    let server = Server::start_with(config).await;
    let mut statuses = Vec::new();
    for host in 1..=3 {
        let from = format!("203.0.113.{host}");
        statuses.push(ask(&server, &from, Method::GET, "/userinfo").await.status);
    }
    assert_eq!(statuses, [401, 401, 429]);
}

#[tokio::test]
async fn the_login_page_says_so_in_words() {
    let limits = json!({ "wrong_logins_per_account": { "most": 1, "seconds": 900 } });
    let server = Server::start_with(limited(limits)).await;
    let query = serde_urlencoded::to_string([
        ("client_id", "app"),
        ("response_type", "code"),
        ("redirect_uri", CALLBACK),
        (
            "code_challenge",
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        ),
        ("code_challenge_method", "S256"),
    ]);
    let path = format!("/login?{}", query.unwrap());
    let form = [("username", "ada@example.com"), ("password", "not hers")];
    for words in ["is wrong", "There were too many failed attempts"] {
        let request = reqwest::Client::new().post(format!("{}{path}", server.url));
        let request = request.header("origin", &server.url).form(&form);
        let reply = Reply::of(request.send().await.unwrap()).await;
        assert!(reply.text.contains(words), "{}", reply.text);
    }
}
