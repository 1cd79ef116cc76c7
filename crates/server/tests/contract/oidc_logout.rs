//! `/oidc/logout`: an application logs people out.

use serde_json::{Value, json};

use crate::harness::{Reply, Server};

const BYE: &str = "https://app.example/bye";

/// Somebody who is signed in: the cookie of their browser, and their tokens.
async fn signed_in(server: &Server) -> (String, Value) {
    server.sign_up(json!({})).await;
    let browser = server.browser().await;
    let code = server.authorize(&browser, json!({})).await.parameters()["code"].clone();
    (browser, server.exchange(&code, json!({})).await.json())
}

async fn log_out(server: &Server, cookie: &str, query: &[(&str, &str)]) -> Reply {
    let request = server.navigate("/oidc/logout").query(query);
    Reply::of(request.header("cookie", cookie).send().await.unwrap()).await
}

async fn is_signed_in(server: &Server, cookie: &str) -> bool {
    let back = server.authorize(cookie, json!({ "prompt": "none" })).await;
    back.parameters().contains_key("code")
}

#[tokio::test]
async fn whoever_is_named_by_an_id_token_is_not_asked() {
    let server = Server::start().await;
    let (browser, tokens) = signed_in(&server).await;
    // Long over, which matters to nobody here.
    server.advance(2 * 86_400).await;
    let hint = tokens["id_token"].as_str().unwrap();
    let query = [
        ("id_token_hint", hint),
        ("post_logout_redirect_uri", BYE),
        ("state", "a & b"),
    ];
    let back = log_out(&server, &browser, &query).await;
    assert_eq!(back.status, 303);
    assert_eq!(back.header("location"), format!("{BYE}?state=a+%26+b"));
    assert!(back.cookies[0].contains("Max-Age=0"), "{:?}", back.cookies);
    assert!(!is_signed_in(&server, &browser).await);
    // And again, where there is nothing to end.
    assert_eq!(log_out(&server, &browser, &query).await.status, 303);
}

#[tokio::test]
async fn anybody_else_is_asked_first() {
    let server = Server::start().await;
    let (browser, _) = signed_in(&server).await;
    let query = [("client_id", "app"), ("post_logout_redirect_uri", BYE)];
    let page = log_out(&server, &browser, &query).await;
    assert_eq!(page.status, 200);
    assert!(
        page.text.contains("Do you want to sign out?"),
        "{}",
        page.text
    );
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("form-action 'self' https://app.example"),
        "{policy}"
    );
    assert!(is_signed_in(&server, &browser).await);
    let action = page.text.split("action=\"").nth(1).unwrap();
    let action = action.split('"').next().unwrap().replace("&amp;", "&");
    for (origin, status) in [("https://evil.example", 400), (&*server.url.clone(), 303)] {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        let request = http
            .build()
            .unwrap()
            .post(format!("{}{action}", server.url));
        let request = request.header("origin", origin).header("cookie", &browser);
        let reply = Reply::of(request.send().await.unwrap()).await;
        assert_eq!(reply.status, status, "{origin}");
        assert_eq!(is_signed_in(&server, &browser).await, status == 400);
    }
}

#[tokio::test]
async fn what_contradicts_itself_ends_nothing_and_leads_nowhere() {
    let server = Server::start().await;
    let (browser, tokens) = signed_in(&server).await;
    let hint = tokens["id_token"].as_str().unwrap();
    let access_token = tokens["access_token"].as_str().unwrap();
    for query in [
        vec![("id_token_hint", "nonsense")],
        vec![("id_token_hint", access_token)],
        vec![("id_token_hint", hint), ("client_id", "other")],
        vec![("id_token_hint", hint), ("logout_hint", "another session")],
        vec![
            ("id_token_hint", hint),
            ("post_logout_redirect_uri", "https://evil.example/"),
        ],
        vec![("client_id", "other"), ("post_logout_redirect_uri", BYE)],
        vec![("post_logout_redirect_uri", BYE)],
        vec![("state", "a"), ("state", "b")],
    ] {
        let reply = log_out(&server, &browser, &query).await;
        assert_eq!(
            (reply.status, reply.header("location")),
            (400, ""),
            "{query:?}"
        );
        assert!(is_signed_in(&server, &browser).await, "{query:?}");
    }
}

#[tokio::test]
async fn a_form_comes_back_as_a_query() {
    let server = Server::start().await;
    let reply = server
        .submit("/oidc/logout", &[("client_id", "app"), ("state", "x")], "")
        .await;
    assert_eq!(reply.status, 303);
    assert_eq!(
        reply.header("location"),
        "/oidc/logout?client_id=app&state=x"
    );
    let alone = log_out(&server, "", &[]).await;
    assert!(alone.text.contains("You are signed out"), "{}", alone.text);
}
