//! Providers that lie or fail, and answers that somebody else made up

use serde_json::{Value, json};

use crate::federation::pair;
use crate::harness::{CALLBACK, Reply, Server, config};
use crate::upstream::{Journey, Misdeed, Upstream, seconds};

async fn outcome(server: &Server, changes: Value) -> Reply {
    let journey = Journey::begin(server, json!({})).await;
    journey.back(server, changes).await
}

/// What the application hears.
fn error(back: &Reply) -> String {
    assert!(back.header("location").starts_with(CALLBACK), "{back:?}");
    assert!(back.cookies.is_empty(), "{back:?}");
    let parameters = back.parameters();
    assert_eq!(parameters["state"], "the state");
    assert!(parameters.contains_key("iss") && !parameters.contains_key("code"));
    assert!(!parameters["error_description"].is_empty());
    parameters["error"].clone()
}

#[tokio::test]
async fn an_id_token_that_is_not_right_lets_nobody_in() {
    let (server, upstream) = pair(json!({})).await;
    assert!(
        outcome(&server, json!({}))
            .await
            .parameters()
            .contains_key("code")
    );
    let now = seconds();
    for claims in [
        json!({ "nonce": "another" }),
        json!({ "nonce": null }),
        json!({ "aud": "somebody else" }),
        json!({ "iss": "https://accounts.google.com" }),
        json!({ "azp": "somebody else" }),
        json!({ "iat": now - 900, "exp": now - 600 }),
        json!({ "iat": now + 600 }),
        json!({ "at_hash": "AAAAAAAAAAAAAAAAAAAAAA" }),
        json!({ "sub": "" }),
    ] {
        upstream.claims(claims.clone());
        assert_eq!(
            error(&outcome(&server, json!({})).await),
            "server_error",
            "{claims}"
        );
    }
    upstream.claims(json!({}));
    for header in [
        json!({ "alg": "none" }),
        json!({ "alg": "HS256" }),
        json!({ "alg": "RS256" }),
        json!({ "kid": "unknown" }),
        json!({ "crit": ["exp"] }),
    ] {
        upstream.header(header.clone());
        assert_eq!(
            error(&outcome(&server, json!({})).await),
            "server_error",
            "{header}"
        );
    }
    upstream.header(json!({}));
    upstream.user_info(json!({ "sub": "somebody else" }));
    assert_eq!(error(&outcome(&server, json!({})).await), "server_error");
    upstream.user_info(json!({}));
    assert!(
        outcome(&server, json!({}))
            .await
            .parameters()
            .contains_key("code")
    );
}

#[tokio::test]
async fn a_new_key_is_looked_for_though_not_at_anybodys_pleasure() {
    let (server, upstream) = pair(json!({})).await;
    outcome(&server, json!({})).await;
    outcome(&server, json!({})).await;
    assert_eq!((upstream.count("metadata"), upstream.count("keys")), (1, 1));
    upstream.header(json!({ "kid": "made up" }));
    for _ in 0..3 {
        assert_eq!(error(&outcome(&server, json!({})).await), "server_error");
    }
    assert_eq!(upstream.count("keys"), 1);
    upstream.header(json!({}));
    upstream.rotate("two");
    // A token of now is no token of two minutes ago.
    server.advance(61).await;
    upstream.claims(json!({ "iat": seconds() + 61, "exp": seconds() + 361 }));
    let back = outcome(&server, json!({})).await;
    assert!(back.parameters().contains_key("code"), "{back:?}");
    assert_eq!(upstream.count("keys"), 2);
}

#[tokio::test]
async fn the_answer_of_another_provider_is_taken_for_none() {
    let (server, upstream) = pair(json!({})).await;
    upstream.metadata(json!({ "authorization_response_iss_parameter_supported": true }));
    let good = outcome(&server, json!({ "iss": upstream.url })).await;
    assert!(good.parameters().contains_key("code"), "{good:?}");
    for answer in [
        json!({}),
        json!({ "iss": "https://evil.example" }),
        json!({ "iss": "https://evil.example", "code": null, "error": "access_denied" }),
    ] {
        assert_eq!(
            error(&outcome(&server, answer.clone()).await),
            "server_error",
            "{answer}"
        );
    }
    assert_eq!(upstream.count("token"), 1);
}

#[tokio::test]
async fn what_the_provider_refuses_the_application_hears() {
    let (server, upstream) = pair(json!({})).await;
    let refusal =
        json!({ "code": null, "error": "access_denied", "error_description": "No \"way\"\n<b>" });
    let back = outcome(&server, refusal).await;
    assert_eq!(error(&back), "access_denied");
    assert_eq!(back.parameters()["error_description"], "No way<b>");
    for answer in [
        json!({ "code": null, "error": "invalid_scope" }),
        json!({ "code": null }),
    ] {
        assert_eq!(
            error(&outcome(&server, answer.clone()).await),
            "server_error",
            "{answer}"
        );
    }
    assert_eq!(upstream.count("token"), 0);
}

#[tokio::test]
async fn an_answer_is_good_once_in_its_own_browser_and_for_a_while() {
    let (server, upstream) = pair(json!({})).await;
    let void = |reply: Reply| {
        assert_eq!(reply.status, 400, "{reply:?}");
        assert!(reply.text.contains("This login is over"), "{}", reply.text);
        assert!(reply.cookies.is_empty(), "{reply:?}");
    };
    let journey = Journey::begin(&server, json!({})).await;
    let attributes = server
        .authorize("", json!({ "connection": "corp" }))
        .await
        .header("set-cookie")
        .to_owned();
    assert!(
        attributes.ends_with("; Max-Age=600; Path=/; HttpOnly; SameSite=Lax"),
        "{attributes}"
    );
    assert!(
        journey
            .back(&server, json!({}))
            .await
            .parameters()
            .contains_key("code")
    );
    void(journey.back(&server, json!({})).await);

    let attacker = Journey::begin(&server, json!({})).await;
    let mut victim = Journey::begin(&server, json!({})).await;
    for cookie in [
        victim.cookie.clone(),
        String::new(),
        "latchlet-upstream=x".to_owned(),
    ] {
        let journey = Journey::begin(&server, json!({})).await;
        victim.cookie = cookie;
        victim.asked.clone_from(&journey.asked);
        void(victim.back(&server, json!({})).await);
        // It is used up for the other browser as well.
        void(journey.back(&server, json!({})).await);
    }
    void(attacker.back(&server, json!({ "state": "made up" })).await);
    void(attacker.back(&server, json!({ "state": null })).await);

    let late = Journey::begin(&server, json!({})).await;
    server.advance(601).await;
    void(late.back(&server, json!({})).await);
    assert_eq!(upstream.count("token"), 1);
}

#[tokio::test]
async fn an_answer_by_a_form_ends_a_login_too() {
    let (server, _upstream) = pair(json!({})).await;
    let journey = Journey::begin(&server, json!({})).await;
    let form = [
        ("state", journey.asked["state"].as_str()),
        ("code", &journey.asked["nonce"]),
    ];
    let back = server
        .submit("/login/callback", &form, &journey.cookie)
        .await;
    assert_eq!(back.status, 303);
    assert!(back.parameters().contains_key("code"));
    // A parameter that stands twice is none.
    let journey = Journey::begin(&server, json!({})).await;
    let state = journey.asked["state"].as_str();
    let form = [
        ("state", state),
        ("state", state),
        ("code", &journey.asked["nonce"]),
    ];
    let back = server
        .submit("/login/callback", &form, &journey.cookie)
        .await;
    assert_eq!(back.status, 400);
}

#[tokio::test]
async fn a_provider_that_answers_badly_or_not_at_all() {
    let (server, upstream) = pair(json!({})).await;
    for (misdeed, code) in [
        (
            Misdeed::Status(400, json!({ "error": "invalid_grant" })),
            "server_error",
        ),
        (
            Misdeed::Status(401, json!({ "error": "invalid_client" })),
            "server_error",
        ),
        (
            Misdeed::Status(200, json!({ "access_token": "at" })),
            "server_error",
        ),
        (Misdeed::Status(200, json!([])), "server_error"),
        (Misdeed::Status(503, json!({})), "temporarily_unavailable"),
        (Misdeed::Token("nonsense".to_owned()), "server_error"),
        (Misdeed::Huge, "server_error"),
        (
            Misdeed::Redirect(format!("{}/health", server.url)),
            "server_error",
        ),
        (Misdeed::Silence, "temporarily_unavailable"),
    ] {
        upstream.misbehave(misdeed);
        assert_eq!(error(&outcome(&server, json!({})).await), code);
    }
    // Nobody else is concerned.
    server.sign_up(json!({})).await;
    server.tokens(json!({})).await;
}

#[tokio::test]
async fn a_provider_that_is_down_or_another_than_it_says() {
    let upstream = Upstream::start().await;
    let mut config = config();
    let mut down = upstream.connection(json!({ "issuer": "http://127.0.0.1:1" }));
    down["name"] = json!("down");
    config["connections"] = json!([upstream.connection(json!({})), down]);
    let server = Server::start_with(config).await;
    let asked = async |connection: &str| {
        let sent = server
            .authorize("", json!({ "connection": connection }))
            .await;
        error(&sent)
    };
    assert_eq!(asked("down").await, "temporarily_unavailable");
    for metadata in [
        json!({ "issuer": format!("{}/", upstream.url) }),
        json!({ "issuer": null }),
        json!({ "token_endpoint": null }),
        json!({ "jwks_uri": "http://idp.example/jwks" }),
        json!({ "authorization_endpoint": "javascript:alert(1)" }),
    ] {
        upstream.metadata(metadata.clone());
        assert_eq!(asked("corp").await, "server_error", "{metadata}");
        // It is left alone for a while, and everybody hears the same.
        assert_eq!(asked("corp").await, "server_error");
        server.advance(5).await;
    }
    assert_eq!(upstream.count("metadata"), 5);
    upstream.metadata(json!({}));
    let sent = server.authorize("", json!({ "connection": "corp" })).await;
    assert!(sent.header("location").starts_with(&upstream.url));
}
