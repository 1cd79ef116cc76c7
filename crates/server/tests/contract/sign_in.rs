//! `POST /co/authenticate` and `GET /authorize`

use insta::assert_json_snapshot;
use latchlet_store::LoginTicket;
use serde_json::{Map, json};

use crate::harness::{CALLBACK, PASSWORD, Server, VERIFIER};

#[tokio::test]
async fn a_ticket_with_its_cookie() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    let reply = server
        .authenticate(json!({ "username": " ADA@example.com" }))
        .await;
    assert_json_snapshot!(reply.shown(), {
        ".body.login_ticket" => "[256 bits]",
        ".body.co_verifier" => "[256 bits]",
        ".body.co_id" => "[id]",
        ".body.code_verifier" => "[256 bits]",
    });
    let cookie = reply.header("set-cookie").split_once('=').unwrap().1;
    let (value, attributes) = cookie.split_once(';').unwrap();
    assert_eq!(value.len(), 43);
    assert_eq!(attributes, " Max-Age=60; Path=/; HttpOnly; SameSite=Lax");
    assert_eq!(reply.header("access-control-allow-credentials"), "true");
}

#[tokio::test]
async fn every_refusal_of_a_sign_in() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    let mut shown = Map::new();
    for (case, body) in [
        (
            "password is wrong",
            json!({ "password": "another password of theirs" }),
        ),
        (
            "password is endless",
            json!({ "password": PASSWORD.repeat(1000) }),
        ),
        (
            "account is unknown",
            json!({ "username": "nobody@example.com" }),
        ),
        ("account is no address", json!({ "username": "nobody" })),
        (
            "account is of another connection",
            json!({ "realm": "formed" }),
        ),
        (
            "realm is unknown",
            json!({ "realm": "non-existent-connection" }),
        ),
        ("client is unknown", json!({ "client_id": "nobody" })),
        (
            "credential type is another",
            json!({ "credential_type": "otp" }),
        ),
        ("password is missing", json!({ "password": null })),
        (
            "code is missing",
            json!({
                "password": null,
                "credential_type": "http://auth0.com/oauth/grant-type/passwordless/otp",
                "realm": "email"
            }),
        ),
        (
            "code for a password's connection",
            json!({
                "password": null,
                "otp": "123456",
                "credential_type": "http://auth0.com/oauth/grant-type/passwordless/otp"
            }),
        ),
        ("more than is asked for", json!({ "otp": "123456" })),
        (
            "origin is of another client",
            json!({ "client_id": "other" }),
        ),
    ] {
        shown.insert(case.to_owned(), server.authenticate(body).await.shown());
    }
    assert_json_snapshot!(shown);
}

#[tokio::test]
async fn known_and_unknown_accounts_get_the_same_reply() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    let known = server.authenticate(json!({ "password": "wrong" })).await;
    let unknown = server
        .authenticate(json!({ "username": "nobody@example.com", "password": "wrong" }))
        .await;
    let mut headers = [known.headers, unknown.headers];
    for headers in &mut headers {
        assert!(headers.remove("x-request-id").is_some());
        headers.remove("date");
        // The second request is the second one.
        headers.remove("x-ratelimit-remaining");
    }
    assert_eq!(headers[0], headers[1]);
    assert_eq!((known.status, known.text), (unknown.status, unknown.text));
}

#[tokio::test]
async fn the_default_connection_and_user_names() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    let default = json!({ "credential_type": "password", "realm": null });
    assert_eq!(server.authenticate(default).await.status, 200);
    server
        .sign_up(json!({ "connection": "named", "username": "Ada", "password": "Passw0rd!" }))
        .await;
    for username in ["ADA", "ada@example.com"] {
        let reply = server
            .authenticate(
                json!({ "realm": "named", "username": username, "password": "Passw0rd!" }),
            )
            .await;
        assert_eq!(reply.status, 200, "{username}");
    }
}

#[tokio::test]
async fn a_ticket_becomes_a_code() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    let signed_in = server.authenticate(json!({})).await;
    let ticket = json!({ "login_ticket": signed_in.json()["login_ticket"] });
    let back = server.authorize(&signed_in.cookie(), ticket.clone()).await;
    assert_eq!(back.status, 302);
    assert!(
        back.header("location")
            .starts_with(&format!("{CALLBACK}?code="))
    );
    assert_eq!(back.header("referrer-policy"), "no-referrer");
    assert_eq!(back.header("cache-control"), "no-store");
    assert!(back.header("set-cookie").contains("Max-Age=0"));
    let parameters = back.parameters();
    assert_eq!(parameters["state"], "the state");
    assert_eq!(parameters["iss"], server.issuer());

    let again = server.authorize(&signed_in.cookie(), ticket).await;
    assert_eq!(again.parameters()["error"], "login_required");
}

#[tokio::test]
async fn a_ticket_is_bound_to_browser_and_application_and_gets_old() {
    let server = Server::start().await;
    let user = server.sign_up(json!({})).await.json();
    let ticket =
        |reply: &crate::harness::Reply| json!({ "login_ticket": reply.json()["login_ticket"] });

    let signed_in = server.authenticate(json!({})).await;
    let stolen = server.authorize("", ticket(&signed_in)).await;
    assert_eq!(stolen.parameters()["error"], "login_required");

    let (mine, theirs) = (
        server.authenticate(json!({})).await,
        server.authenticate(json!({})).await,
    );
    let name = theirs.cookie().split_once('=').unwrap().0.to_owned();
    let value = mine.cookie().split_once('=').unwrap().1.to_owned();
    let swapped = server
        .authorize(&format!("{name}={value}"), ticket(&theirs))
        .await;
    assert_eq!(swapped.parameters()["error"], "login_required");

    let signed_in = server.authenticate(json!({})).await;
    let mut query = ticket(&signed_in);
    query["client_id"] = json!("other");
    query["redirect_uri"] = json!("https://other.example/");
    let other = server.authorize(&signed_in.cookie(), query).await;
    assert_eq!(other.parameters()["error"], "login_required");

    let signed_in = server.authenticate(json!({})).await;
    let kept = LoginTicket {
        ticket: latchlet_server::auth::secret::digest("old"),
        proof: latchlet_server::auth::secret::digest("cookie"),
        client_id: "app".to_owned(),
        user_id: user["_id"].as_str().unwrap().to_owned(),
        created_at: 0,
        expires_at: latchlet_server::Clock::default().now(),
    };
    server.store.add_login_ticket(&kept).await.unwrap();
    let id = latchlet_server::auth::secret::id_of(&kept.ticket);
    let old = server
        .authorize(
            &format!("latchlet-co-{id}=cookie"),
            json!({ "login_ticket": "old" }),
        )
        .await;
    assert_eq!(old.parameters()["error"], "login_required");

    // All that did no harm to a ticket of somebody else.
    let good = server
        .authorize(&signed_in.cookie(), ticket(&signed_in))
        .await;
    assert!(good.parameters().contains_key("code"));
}

#[tokio::test]
async fn a_ticket_is_used_up_by_any_attempt() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    for (wrong, status) in [
        (json!({ "code_challenge": null }), 302),
        (json!({ "response_type": "token" }), 302),
        (json!({ "audience": "https://api.example/" }), 302),
        (json!({ "redirect_uri": "https://evil.example/" }), 403),
        (json!({ "client_id": "nobody" }), 400),
    ] {
        let signed_in = server.authenticate(json!({})).await;
        let ticket = json!({ "login_ticket": signed_in.json()["login_ticket"] });
        let mut query = ticket.clone();
        let changes = wrong.as_object().unwrap().clone();
        query.as_object_mut().unwrap().extend(changes);
        let first = server.authorize(&signed_in.cookie(), query).await;
        assert_eq!(first.status, status, "{wrong}");
        assert!(first.header("set-cookie").contains("Max-Age=0"), "{wrong}");
        let again = server.authorize(&signed_in.cookie(), ticket).await;
        assert_eq!(again.parameters()["error"], "login_required", "{wrong}");
    }
}

#[tokio::test]
async fn a_password_at_the_limit_is_not_cut() {
    let server = Server::start().await;
    let password = "x".repeat(4094);
    server.sign_up(json!({ "password": password })).await;
    for (typed, status) in [
        (password.clone(), 200),
        (format!("{password}yy"), 403),
        (format!("{password}🦀"), 403),
        (format!("{password}🦀🦀"), 403),
    ] {
        let reply = server.authenticate(json!({ "password": typed })).await;
        assert_eq!(reply.status, status, "{} bytes", typed.len());
    }
}

#[tokio::test]
async fn what_is_sent_back_when_the_request_is_wrong() {
    let server = Server::start().await;
    let mut shown = Map::new();
    for (case, query) in [
        ("nobody signed in", json!({})),
        (
            "nobody signed in, and nobody may be asked",
            json!({ "prompt": "none" }),
        ),
        ("ticket is unknown", json!({ "login_ticket": "nonsense" })),
        ("implicit flow", json!({ "response_type": "token" })),
        (
            "no PKCE",
            json!({ "code_challenge": null, "code_challenge_method": null }),
        ),
        (
            "plain PKCE",
            json!({ "code_challenge": VERIFIER, "code_challenge_method": "plain" }),
        ),
        ("challenge is no S256", json!({ "code_challenge": "short" })),
        (
            "answer in the fragment",
            json!({ "response_mode": "fragment", "prompt": "none" }),
        ),
        (
            "audience is unknown",
            json!({ "audience": "https://api.example/" }),
        ),
        ("no state", json!({ "state": null, "prompt": "none" })),
        ("prompt is unknown", json!({ "prompt": "consnt" })),
        ("max_age is no number", json!({ "max_age": "an hour" })),
        ("request object", json!({ "request": "eyJ" })),
        ("request by reference", json!({ "request_uri": "urn:x" })),
    ] {
        let back = server.authorize("", query).await;
        assert_eq!(back.status, 302, "{case}");
        let location = server.redact(
            &back
                .header("location")
                .replace(&url_encoded(&server), "server"),
        );
        shown.insert(case.to_owned(), json!(location));
    }
    assert_json_snapshot!(shown);
}

#[tokio::test]
async fn an_address_that_is_not_the_applications_is_never_gone_to() {
    let server = Server::start().await;
    let mut shown = Map::new();
    for (case, query) in [
        ("client is unknown", json!({ "client_id": "nobody" })),
        ("callback is missing", json!({ "redirect_uri": null })),
        (
            "callback of another client",
            json!({ "redirect_uri": "https://other.example/" }),
        ),
        (
            "callback with a slash",
            json!({ "redirect_uri": format!("{CALLBACK}/") }),
        ),
        (
            "callback with a query",
            json!({ "redirect_uri": format!("{CALLBACK}?a=1") }),
        ),
        (
            "callback with another case",
            json!({ "redirect_uri": "https://APP.example/callback" }),
        ),
        (
            "callback behind a name",
            json!({ "redirect_uri": "https://app.example@evil.example/callback" }),
        ),
        (
            "callback that is a script",
            json!({ "redirect_uri": "javascript:alert(1)" }),
        ),
    ] {
        let reply = server.authorize("", query).await;
        assert_eq!(reply.header("location"), "", "{case}");
        assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
        shown.insert(case.to_owned(), reply.shown());
    }
    assert_json_snapshot!(shown);
    let twice = server
        .navigate("/authorize?client_id=app&client_id=other")
        .send()
        .await
        .unwrap();
    assert_eq!(twice.status(), 400);
}

/// The issuer's host as it stands in a query.
fn url_encoded(server: &Server) -> String {
    server
        .url
        .strip_prefix("http://")
        .unwrap()
        .replace(':', "%3A")
}
