//! `POST /dbconnections/change_password`, and the page that the mail leads to

use insta::assert_json_snapshot;
use latchlet_server::mail::Post;
use reqwest::Method;
use serde_json::{Map, Value, json};

use crate::harness::{PASSWORD, PROFILE_SCOPE, Reply, Server, config, merge};

const NEW: &str = "another long staple of horses";

async fn forgot(server: &Server, changes: Value) -> Reply {
    let mut body = json!({
        "client_id": "app",
        "connection": "users",
        "email": "ada@example.com",
    });
    merge(&mut body, changes);
    server.post("/dbconnections/change_password", &body).await
}

/// The ticket of the newest of so many letters.
async fn ticket(server: &Server, number: usize) -> String {
    let link = server.letter(number).await.link.unwrap();
    let path = server.path(&link).to_owned();
    path.strip_prefix("/lo/reset?ticket=").unwrap().to_owned()
}

async fn show(server: &Server, ticket: &str) -> Reply {
    let request = server.navigate(&format!("/lo/reset?ticket={ticket}"));
    Reply::of(request.send().await.unwrap()).await
}

async fn reset(server: &Server, ticket: &str, password: &str, repeat: &str) -> Reply {
    let form = [
        ("ticket", ticket),
        ("password", password),
        ("repeat", repeat),
    ];
    server.submit("/lo/reset", &form, "").await
}

#[tokio::test]
async fn known_and_unknown_addresses_get_the_same_reply() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    let known = forgot(&server, json!({ "email": " Ada@Example.com" })).await;
    let unknown = forgot(&server, json!({ "email": "nobody@example.com" })).await;
    assert_eq!(known.status, 200);
    assert_eq!(
        known.text,
        "We've just sent you an email to reset your password."
    );
    assert_eq!(known.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(
        known.header("access-control-allow-origin"),
        "https://app.example"
    );
    let mut headers = [known.headers, unknown.headers];
    for headers in &mut headers {
        headers.remove("x-request-id");
        headers.remove("date");
        // The second request is the second one.
        headers.remove("x-ratelimit-remaining");
    }
    assert_eq!(headers[0], headers[1]);
    assert_eq!((known.status, known.text), (unknown.status, unknown.text));
    let letter = server.letter(1).await;
    assert_eq!(letter.to, "ada@example.com");
    assert!(letter.text.contains(&letter.link.unwrap()));
}

#[tokio::test]
async fn every_refusal_of_a_forgotten_password() {
    let server = Server::start().await;
    let mut shown = Map::new();
    for (case, changes) in [
        ("client is unknown", json!({ "client_id": "nobody" })),
        ("connection is unknown", json!({ "connection": "nothing" })),
        (
            "connection has no passwords",
            json!({ "connection": "email" }),
        ),
        ("address is none", json!({ "email": "ada" })),
        ("address is missing", json!({ "email": null })),
        ("more than is asked for", json!({ "password": "x" })),
        (
            "origin is of another client",
            json!({ "client_id": "other" }),
        ),
    ] {
        shown.insert(case.to_owned(), forgot(&server, changes).await.shown());
    }
    for attempt in 0..6 {
        let reply = forgot(&server, json!({ "email": "nobody@example.com" })).await;
        if attempt == 5 {
            shown.insert("too often".to_owned(), reply.shown());
        } else {
            assert_eq!(reply.status, 200, "{attempt}");
        }
    }
    let silent = Server::start_with_post(config(), Post::Nothing).await;
    shown.insert(
        "server has no mail".to_owned(),
        forgot(&silent, json!({})).await.shown(),
    );
    assert_json_snapshot!(shown);
}

#[tokio::test]
async fn a_new_password_and_the_end_of_what_the_old_one_opened() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    let audience = json!({ "audience": server.audience(), "scope": format!("{PROFILE_SCOPE} offline_access") });
    let tokens = server.tokens(audience).await;
    let browser = server.browser().await;
    forgot(&server, json!({})).await;
    let ticket = ticket(&server, 1).await;

    // Looking is no use.
    for _ in 0..2 {
        assert_eq!(show(&server, &ticket).await.status, 200);
    }
    let done = reset(&server, &ticket, NEW, NEW).await;
    assert_eq!(done.status, 200, "{}", done.text);
    assert!(done.text.contains("Your password is changed"));
    assert_eq!(show(&server, &ticket).await.status, 410);
    assert_eq!(
        reset(&server, &ticket, PASSWORD, PASSWORD).await.status,
        410
    );

    assert_eq!(server.authenticate(json!({})).await.status, 403);
    assert_eq!(server.refresh(&tokens["refresh_token"]).await.status, 403);
    let info = server
        .with_token(Method::GET, "/userinfo", &tokens["access_token"], None)
        .await;
    assert_eq!(info.status, 401);
    let silent = server
        .authorize(&browser, json!({ "prompt": "none" }))
        .await;
    assert_eq!(silent.parameters()["error"], "login_required");
    let again = server.authenticate(json!({ "password": NEW })).await;
    assert_eq!(again.status, 200);
    let query = json!({ "login_ticket": again.json()["login_ticket"], "scope": "openid email" });
    let back = server.authorize(&again.cookie(), query).await;
    let tokens = server
        .exchange(&back.parameters()["code"], json!({}))
        .await
        .json();
    let info = server
        .with_token(Method::GET, "/userinfo", &tokens["access_token"], None)
        .await;
    assert_eq!(info.json()["email_verified"], true);
}

#[tokio::test]
async fn the_newest_link_counts() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    forgot(&server, json!({})).await;
    let first = ticket(&server, 1).await;
    forgot(&server, json!({})).await;
    let second = ticket(&server, 2).await;
    assert_eq!(show(&server, &first).await.status, 410);
    assert_eq!(reset(&server, &first, NEW, NEW).await.status, 410);
    assert_eq!(reset(&server, &second, NEW, NEW).await.status, 200);
}

#[tokio::test]
async fn the_page_says_what_is_wrong_beside_the_field() {
    let server = Server::start().await;
    let password = "alpha good-old 9!";
    let address = "o'neil&co@example.com";
    let sign_up = json!({ "connection": "strict", "email": address, "password": password });
    assert_eq!(server.sign_up(sign_up).await.status, 200);
    forgot(&server, json!({ "connection": "strict", "email": address })).await;
    let ticket = ticket(&server, 1).await;

    let page = show(&server, &ticket).await;
    assert!(
        page.text
            .contains("value=\"o&#39;neil&amp;co@example.com\"")
    );
    assert!(page.text.contains("<li>at least 10 characters</li>"));
    assert!(!page.text.contains("<script"));
    assert_eq!(
        page.header("content-security-policy"),
        "default-src 'none'; style-src 'self'; base-uri 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors 'none'; \
         form-action 'self'"
    );
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert_eq!(page.header("cache-control"), "no-store");

    for (password, repeat, error) in [
        ("", "", "Enter a password"),
        (
            "abc",
            "abc",
            "Enter a password that meets every requirement",
        ),
        (
            "OUR OWN-secret",
            "OUR OWN-secret",
            "This password is too common",
        ),
        (
            "the o-neil band!",
            "the o-neil band!",
            "This password contains something about you",
        ),
        (password, password, "You have used this password before"),
        (
            "quite new 9-!",
            "quite new 8-!",
            "The two passwords are not the same",
        ),
    ] {
        let reply = reset(&server, &ticket, password, repeat).await;
        assert_eq!(reply.status, 400, "{password}");
        assert!(reply.text.contains(error), "{error}: {}", reply.text);
        assert!(reply.text.contains("aria-invalid=\"true\""), "{error}");
        // What was typed is never shown again.
        assert!(password.is_empty() || !reply.text.contains(&format!("\"{password}\"")));
    }
    let new = "quite new 9-!";
    assert_eq!(reset(&server, &ticket, new, new).await.status, 200);
    let signed_in = json!({ "realm": "strict", "username": address, "password": new });
    assert_eq!(server.authenticate(signed_in).await.status, 200);
}

#[tokio::test]
async fn the_last_passwords_are_not_taken_again() {
    let server = Server::start().await;
    let (one, two, three) = ("alpha good-old 9!", "beta good-old 9!", "gamma good-old 9!");
    server
        .sign_up(json!({ "connection": "strict", "password": one }))
        .await;
    for (number, password, status) in [(1, two, 200), (2, one, 400), (3, three, 200), (4, one, 200)]
    {
        forgot(&server, json!({ "connection": "strict" })).await;
        let ticket = ticket(&server, number).await;
        let reply = reset(&server, &ticket, password, password).await;
        assert_eq!(reply.status, status, "{number}");
    }
}

#[tokio::test]
async fn nonsense_is_no_ticket() {
    let server = Server::start().await;
    for query in [
        "",
        "?ticket=",
        "?ticket=x",
        "?ticket=%3Cb%3E",
        "?ticket=a&ticket=b",
    ] {
        let request = server.navigate(&format!("/lo/reset{query}"));
        let page = Reply::of(request.send().await.unwrap()).await;
        assert_eq!(page.status, 410, "{query}");
        assert!(!page.text.contains("<b>"));
    }
    let json = server.post("/lo/reset", &json!({ "ticket": "x" })).await;
    assert_eq!(json.status, 400);
    let css = server.get("/lo/page.css").await;
    assert_eq!(
        (css.status, css.header("content-type")),
        (200, "text/css; charset=utf-8")
    );
    assert_eq!(server.get("/lo/nothing.css").await.status, 404);
}

#[tokio::test]
async fn one_person_gets_so_many_letters_in_a_quarter_of_an_hour() {
    let server = Server::start().await;
    let code = json!({
        "client_id": "app", "connection": "email", "email": "no@example.com", "send": "code",
    });
    let link = json!({ "client_id": "app", "connection": "users", "email": "No@example.com" });
    let send = async || {
        let code = server.post("/passwordless/start", &code).await;
        let link = server.post("/dbconnections/change_password", &link).await;
        (code.status, link.status)
    };
    assert_eq!(send().await, (200, 200));
    server.advance(14 * 60).await;
    assert_eq!(send().await, (200, 200));
    assert_eq!(send().await, (200, 429));
    assert_eq!(send().await, (429, 429));
    // Until counting begins anew.
    let refused = server.post("/passwordless/start", &code).await;
    let wait: u32 = refused.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    server.advance(60).await;
    assert_eq!(send().await, (200, 200));
}
