//! Social and enterprise logins: who comes in, and whose account it is

use latchlet_store::{Decided, User};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{CALLBACK, PASSWORD, PROFILE_SCOPE, Reply, Server, config, merge};
use crate::upstream::{Journey, Upstream};

/// A server, and a provider that it has a connection to.
pub async fn pair(options: Value) -> (Server, Upstream) {
    let upstream = Upstream::start().await;
    let mut config = config();
    let connections = config["connections"].as_array_mut().unwrap();
    connections.push(upstream.connection(options));
    (Server::start_with(config).await, upstream)
}

/// A whole login, and the tokens that come of it.
async fn log_in(server: &Server) -> Value {
    let query = json!({ "scope": PROFILE_SCOPE, "audience": server.audience() });
    let journey = Journey::begin(server, query).await;
    tokens(server, &journey.back(server, json!({})).await).await
}

async fn tokens(server: &Server, back: &Reply) -> Value {
    assert!(back.header("location").starts_with(CALLBACK), "{back:?}");
    let parameters = back.parameters();
    assert_eq!(parameters["state"], "the state", "{parameters:?}");
    assert_eq!(parameters["iss"], server.issuer());
    assert!(parameters.contains_key("code"), "{parameters:?}");
    let reply = server.exchange(&parameters["code"], json!({})).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json()
}

async fn user_info(server: &Server, tokens: &Value) -> Value {
    let reply = server.with_token(Method::GET, "/userinfo", &tokens["access_token"], None);
    reply.await.json()
}

/// The whole profile, by the token of the person.
async fn profile(server: &Server, tokens: &Value) -> Value {
    let sub = user_info(server, tokens).await["sub"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("/api/v2/users/{}", sub.replace('|', "%7C"));
    let reply = server.with_token(Method::GET, &path, &tokens["access_token"], None);
    reply.await.json()
}

/// Changes somebody behind everybody's back.
pub async fn edit(server: &Server, id: &str, how: impl FnOnce(&mut User)) {
    let decide = |mut user: User| {
        how(&mut user);
        let (consents, reply) = (Vec::new(), String::new());
        Ok::<_, ()>(Decided {
            user,
            consents,
            reply,
            ends_sessions: false,
            password_history: 0,
        })
    };
    let changed = server.store.change_user(id, None, 0, decide);
    changed.await.unwrap();
}

#[tokio::test]
async fn somebody_new_comes_in_with_what_the_provider_knows() {
    let (server, upstream) = pair(json!({ "scope": "openid email profile phone" })).await;
    upstream
        .claims(json!({ "email": "Ada@Example.com", "email_verified": true, "name": "Ada King" }));
    upstream.user_info(json!({
        "given_name": "Ada", "company": "Engines", "name": "Somebody else",
        "app_metadata": { "admin": true }, "user_metadata": { "x": 1 }, "blocked": true,
        "user_id": "auth0|1", "identities": [], "logins_count": 99,
    }));
    let query = json!({
        "login_hint": "ada@example.com", "prompt": "login", "ui_locales": "de", "max_age": null,
        "connection_scope": "calendar phone", "scope": PROFILE_SCOPE, "audience": server.audience(),
    });
    let journey = Journey::begin(&server, query).await;
    let asked = &journey.asked;
    for (name, value) in [
        ("tenant", "1"),
        ("response_type", "code"),
        ("client_id", "me"),
        ("scope", "openid email profile phone calendar"),
        ("code_challenge_method", "S256"),
        ("login_hint", "ada@example.com"),
        ("prompt", "login"),
        ("ui_locales", "de"),
    ] {
        assert_eq!(asked[name], value, "{name}");
    }
    assert_eq!(
        asked["redirect_uri"],
        format!("{}/login/callback", server.url)
    );
    let back = journey.back(&server, json!({})).await;
    let tokens = tokens(&server, &back).await;

    let (headers, form) = upstream.form();
    // The name and the secret, each as a form has them (RFC 6749 §2.3.1).
    assert_eq!(headers["authorization"], "Basic bWU6cyUzQSUyRitl");
    assert!(form.iter().all(|(name, _)| !name.starts_with("client_")));
    let verifier = &form
        .iter()
        .find(|(name, _)| name == "code_verifier")
        .unwrap()
        .1;
    let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, verifier.as_bytes());
    let challenge = data_encoding::BASE64URL_NOPAD.encode(hash.as_ref());
    assert_eq!(asked["code_challenge"], challenge);

    let info = user_info(&server, &tokens).await;
    assert_eq!(info["sub"], "oidc|corp|248289");
    assert_eq!(
        (&info["email"], &info["email_verified"]),
        (&json!("ada@example.com"), &json!(true))
    );
    assert_eq!(info["given_name"], "Ada");
    // The token is signed, so it is believed first; what is no claim of
    // `profile` is for the profile alone.
    assert_eq!(
        (&info["name"], info.get("company")),
        (&json!("Ada King"), None)
    );
    let profile = profile(&server, &tokens).await;
    assert_eq!(profile["company"], "Engines");
    assert_eq!(profile["logins_count"], 1);
    for (name, value) in [
        ("app_metadata", json!({})),
        ("user_metadata", json!({})),
        ("blocked", Value::Null),
    ] {
        assert_eq!(profile.get(name).unwrap_or(&Value::Null), &value, "{name}");
    }
    assert_eq!(
        profile["identities"].as_array().unwrap().len(),
        1,
        "{profile}"
    );
    let identity = &profile["identities"][0];
    assert_eq!(identity["provider"], "oidc");
    assert_eq!(identity["connection"], "corp");
    assert_eq!(identity["user_id"], "248289");
    assert_eq!(identity["isSocial"], false);
    assert_eq!(identity["profileData"]["given_name"], "Ada");
    // No token of the provider is anywhere.
    assert!(!profile.to_string().contains("\"at\""));
    // The browser has a session, which an application can use without asking.
    let silent = server
        .authorize(&back.session(), json!({ "prompt": "none" }))
        .await;
    assert!(silent.parameters().contains_key("code"));
    let again = server
        .authorize(&back.session(), json!({ "connection": "corp" }))
        .await;
    assert!(again.parameters().contains_key("code"), "{again:?}");
}

#[tokio::test]
async fn a_second_login_overwrites_nothing_that_the_person_said() {
    let (server, upstream) = pair(json!({})).await;
    let said = json!({ "email": "ada@example.com", "given_name": "Ada", "family_name": "King", "team": "A" });
    upstream.claims(said.clone());
    let tokens = log_in(&server).await;
    let path = "/api/v2/users/oidc%7Ccorp%7C248289";
    let change = json!({ "user_metadata": { "team": "mine" } });
    let changed = server
        .with_token(Method::PATCH, path, &tokens["access_token"], Some(&change))
        .await;
    assert_eq!(changed.status, 200, "{}", changed.text);
    // Somebody edits an attribute at the root, too.
    edit(&server, "corp|248289", |user| {
        user.attributes.insert("family_name", "Lovelace");
    })
    .await;

    let mut now = said;
    merge(
        &mut now,
        json!({ "email": "king@example.com", "given_name": "Ada A.", "family_name": "Byron", "team": null, "city": "London" }),
    );
    upstream.claims(now);
    let tokens = log_in(&server).await;
    let profile = profile(&server, &tokens).await;
    assert_eq!(profile["logins_count"], 2);
    assert_eq!(profile["user_metadata"], json!({ "team": "mine" }));
    for (name, value) in [
        ("email", json!("king@example.com")),
        ("email_verified", json!(false)),
        ("given_name", json!("Ada A.")),
        ("family_name", json!("Lovelace")),
        ("city", json!("London")),
        ("team", Value::Null),
    ] {
        assert_eq!(profile.get(name).unwrap_or(&Value::Null), &value, "{name}");
    }
    assert_eq!(
        profile["identities"][0]["profileData"]["family_name"],
        "Byron"
    );
}

#[tokio::test]
async fn a_profile_that_follows_at_the_first_login_alone() {
    let (server, upstream) = pair(json!({ "set_user_root_attributes": "on_first_login" })).await;
    upstream.claims(json!({ "given_name": "Ada" }));
    log_in(&server).await;
    upstream.claims(json!({ "given_name": "Eve" }));
    let tokens = log_in(&server).await;
    assert_eq!(profile(&server, &tokens).await["given_name"], "Ada");
}

#[tokio::test]
async fn an_address_alone_opens_no_account() {
    let (server, upstream) = pair(json!({ "trust_email": true })).await;
    let own = server.sign_up(json!({})).await.json()["_id"]
        .as_str()
        .unwrap()
        .to_owned();
    upstream.claims(json!({ "email": "ada@example.com", "email_verified": true }));
    let info = user_info(&server, &log_in(&server).await).await;
    assert_eq!(info["sub"], "oidc|corp|248289");
    // Another person of the provider with the same address is another person.
    upstream.claims(json!({ "sub": "2", "email": "ada@example.com", "email_verified": true }));
    let info = user_info(&server, &log_in(&server).await).await;
    assert_eq!(
        (&info["sub"], info.get("email")),
        (&json!("oidc|corp|2"), None)
    );
    let user = server.store.user(&own).await.unwrap().unwrap();
    assert!(!user.email_verified && server.store.identities(&own).await.unwrap().is_empty());
}

#[tokio::test]
async fn accounts_are_linked_where_the_config_says_so_and_both_sides_are_sure() {
    let (server, upstream) = pair(json!({ "link_to": "users" })).await;
    let own = server.sign_up(json!({})).await.json()["_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let subject = async |sub: &str, verified: Value| {
        upstream
            .claims(json!({ "sub": sub, "email": "ada@example.com", "email_verified": verified }));
        user_info(&server, &log_in(&server).await).await["sub"].clone()
    };
    // Whoever signed up here has not shown that it is their address.
    assert_eq!(subject("1", json!(true)).await, "oidc|corp|1");
    edit(&server, &own, |user| {
        user.email_verified = true;
    })
    .await;
    assert_eq!(subject("2", json!(false)).await, "oidc|corp|2");
    assert_eq!(subject("3", Value::Null).await, "oidc|corp|3");
    let linked = format!("auth0|{own}");
    assert_eq!(subject("4", json!(true)).await, linked);
    assert_eq!(subject("4", json!(false)).await, linked);
    // They are one person, whichever way they come.
    let signed_in = server.authenticate(json!({ "password": PASSWORD })).await;
    assert_eq!(signed_in.status, 200, "{}", signed_in.text);
    let identities = server.store.identities(&own).await.unwrap();
    assert_eq!(identities.len(), 1);
    assert_eq!(identities[0].subject, "4");
}

#[tokio::test]
async fn whoever_is_blocked_or_not_expected_stays_out() {
    let (server, upstream) = pair(json!({})).await;
    log_in(&server).await;
    edit(&server, "corp|248289", |user| {
        user.blocked = true;
    })
    .await;
    let journey = Journey::begin(&server, json!({})).await;
    let back = journey.back(&server, json!({})).await;
    let parameters = back.parameters();
    assert_eq!(parameters["error"], "unauthorized");
    assert_eq!(parameters["error_description"], "user is blocked");
    assert!(back.cookies.is_empty(), "{back:?}");

    let mut closed = upstream.connection(json!({}));
    closed["disable_signup"] = json!(true);
    let mut config = config();
    config["connections"] = json!([closed]);
    let server = Server::start_with(config).await;
    let journey = Journey::begin(&server, json!({})).await;
    let parameters = journey.back(&server, json!({})).await.parameters();
    assert_eq!(parameters["error"], "access_denied");
}

#[tokio::test]
async fn two_tabs_at_the_first_login_make_one_account() {
    let (server, upstream) = pair(json!({})).await;
    upstream.claims(json!({ "email": "ada@example.com" }));
    let first = Journey::begin(&server, json!({})).await;
    let second = Journey::begin_in(&first.cookie, &server, json!({})).await;
    assert_eq!(first.cookie, second.cookie);
    let (one, other) = tokio::join!(
        first.back(&server, json!({})),
        second.back(&server, json!({}))
    );
    for back in [one, other] {
        assert!(back.parameters().contains_key("code"), "{back:?}");
    }
    let user = server.store.user("corp|248289").await.unwrap().unwrap();
    assert_eq!(
        (user.logins_count, user.email.as_deref()),
        (2, Some("ada@example.com"))
    );
}

#[tokio::test]
async fn nothing_is_shown_where_nothing_may_be() {
    let (server, upstream) = pair(json!({})).await;
    let silent = json!({ "connection": "corp", "prompt": "none" });
    let back = server.authorize("", silent).await;
    assert_eq!(back.parameters()["error"], "login_required");
    assert_eq!(upstream.count("metadata"), 0);
    let script = server.get("/client/app.js").await.text;
    assert!(
        script.contains(r#"{"connections":[{"name":"corp"}],"name":"oidc"}"#),
        "{script}"
    );
}
