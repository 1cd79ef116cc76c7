//! Applications: what the config may say of them, and how those with a secret
//! prove who they are.

use insta::assert_json_snapshot;
use reqwest::Method;
use serde_json::{Map, Value, json};

use crate::config::{load, mistakes};
use crate::harness::{CALLBACK, PASSWORD, Reply, Server, VERIFIER, config, merge};

pub const SECRET: &str = "a secret of thirty-two characters, and a few & more";

/// Three applications on servers, by how they send their secret.
fn with_secrets() -> Value {
    let mut config = config();
    for (id, method) in [
        ("either", Value::Null),
        ("post", json!("client_secret_post")),
        ("basic", json!("client_secret_basic")),
    ] {
        let mut client =
            json!({ "client_id": id, "client_secret": SECRET, "callbacks": [CALLBACK] });
        merge(&mut client, json!({ "token_endpoint_auth_method": method }));
        config["clients"].as_array_mut().unwrap().push(client);
    }
    config
}

#[test]
fn what_a_client_may_be() {
    for (changes, found) in [
        (json!({}), vec![]),
        (
            json!({ "name": "The app", "grant_types": ["password"] }),
            vec![],
        ),
        (
            json!({ "client_secret": "short" }),
            vec!["client_secret invalid_value"],
        ),
        (
            json!({ "client_secret": { "env": "LATCHLET_NOT_THERE" } }),
            vec!["client_secret.env missing"],
        ),
        (
            json!({ "client_secret": SECRET, "token_endpoint_auth_method": "none" }),
            vec!["token_endpoint_auth_method invalid_value"],
        ),
        (
            json!({ "client_secret": SECRET, "token_endpoint_auth_method": "private_key_jwt" }),
            vec!["token_endpoint_auth_method invalid_value"],
        ),
        (
            json!({ "token_endpoint_auth_method": "client_secret_basic" }),
            vec!["client_secret missing"],
        ),
        (
            json!({ "grant_types": ["pasword"] }),
            vec!["grant_types invalid_value"],
        ),
        (json!({ "callbacks": [] }), vec!["callbacks missing"]),
        (
            json!({ "callbacks": [], "grant_types": ["client_credentials"] }),
            vec!["client_secret missing"],
        ),
        (
            json!({
                "callbacks": [],
                "grant_types": ["client_credentials"],
                "client_secret": SECRET,
                "grants": { "{public_url}/api/v2/": ["read:users"], "https://api.example/": ["go"] }
            }),
            vec![],
        ),
        (
            json!({ "grants": { "https://api.example/": ["stop"], "https://other.example/": [] } }),
            vec![
                "grants.https://api.example/ invalid_value",
                "grants.https://other.example/ invalid_value",
            ],
        ),
    ] {
        let mut config = config();
        config["apis"] = json!([{ "identifier": "https://api.example/", "scopes": ["go"] }]);
        merge(&mut config["clients"][0], changes.clone());
        let found: Vec<String> = found.iter().map(|it| format!("clients[0].{it}")).collect();
        assert_eq!(mistakes(load(&config, &json!({}))), found, "{changes}");
    }
}

#[test]
fn what_an_api_may_be() {
    for (api, found) in [
        (
            json!({ "identifier": "urn:api", "token_lifetime": 60 }),
            vec![],
        ),
        (json!({ "scopes": ["a"] }), vec!["identifier missing"]),
        (
            json!({ "identifier": "{public_url}/api/v2/" }),
            vec!["identifier duplicate_name"],
        ),
        (
            json!({ "identifier": "urn:api", "scopes": ["a b", ""], "token_lifetime": 0 }),
            vec![
                "scopes invalid_value",
                "scopes invalid_value",
                "token_lifetime invalid_value",
            ],
        ),
    ] {
        let mut config = config();
        config["apis"] = json!([api]);
        let found: Vec<String> = found.iter().map(|it| format!("apis[0].{it}")).collect();
        assert_eq!(mistakes(load(&config, &json!({}))), found, "{api}");
    }
}

/// A code of a client on a server, which asks without PKCE unless it says so.
async fn code(server: &Server, client: &str, changes: Value) -> String {
    let body = json!({
        "client_id": "app", "username": "ada@example.com", "password": PASSWORD, "realm": "users",
        "credential_type": "http://auth0.com/oauth/grant-type/password-realm",
    });
    let signed_in = server.post("/co/authenticate", &body).await;
    let query = json!({ "login_ticket": signed_in.json()["login_ticket"] });
    let session = server.authorize(&signed_in.cookie(), query).await.session();
    let mut query = json!({
        "client_id": client, "code_challenge": null, "code_challenge_method": null,
    });
    merge(&mut query, changes);
    let back = server.authorize(&session, query).await;
    back.parameters()["code"].clone()
}

async fn exchange(server: &Server, basic: Option<(&str, &str)>, changes: Value) -> Reply {
    let mut body = json!({ "grant_type": "authorization_code", "redirect_uri": CALLBACK });
    merge(&mut body, changes);
    let request = server.request(Method::POST, "/oauth/token").json(&body);
    let request = match basic {
        Some((id, secret)) => request.basic_auth(id, Some(secret)),
        None => request,
    };
    Reply::of(request.send().await.unwrap()).await
}

#[tokio::test]
async fn a_client_with_a_secret_proves_who_it_is() {
    let server = Server::start_with(with_secrets()).await;
    server.sign_up(json!({})).await;
    let mut shown = Map::new();
    let in_body = |id: &str| json!({ "client_id": id, "client_secret": SECRET });
    let encoded = SECRET
        .replace(' ', "+")
        .replace(',', "%2C")
        .replace('&', "%26");
    for (case, id, basic, changes) in [
        ("in the body", "either", None, in_body("either")),
        (
            "in the header",
            "either",
            Some(("either", SECRET)),
            json!({}),
        ),
        (
            "in the header, encoded",
            "basic",
            Some(("basic", encoded.as_str())),
            json!({}),
        ),
        (
            "without a secret",
            "either",
            None,
            json!({ "client_id": "either" }),
        ),
        (
            "with another secret",
            "either",
            Some(("either", "guessed")),
            json!({}),
        ),
        (
            "in both",
            "either",
            Some(("either", SECRET)),
            in_body("either"),
        ),
        (
            "in the header for another",
            "either",
            Some(("post", SECRET)),
            json!({ "client_id": "either" }),
        ),
        (
            "in the body where it must be in the header",
            "basic",
            None,
            in_body("basic"),
        ),
        (
            "in the header where it must be in the body",
            "post",
            Some(("post", SECRET)),
            json!({}),
        ),
        ("for nobody", "either", Some(("nobody", SECRET)), json!({})),
    ] {
        let mut body = json!({ "code": code(&server, id, json!({})).await });
        merge(&mut body, changes);
        let reply = exchange(&server, basic, body).await;
        let mut it = reply.shown();
        if reply.status == 200 {
            it["body"] = json!("[tokens]");
        } else if reply.status == 401 {
            it["www-authenticate"] = json!(reply.header("www-authenticate"));
        }
        shown.insert(case.to_owned(), it);
    }
    assert_json_snapshot!(shown);
}

/// RFC 9700 §2.1.1 and §4.8.
#[tokio::test]
async fn a_challenge_and_its_verifier_come_together_or_not_at_all() {
    let server = Server::start_with(with_secrets()).await;
    server.sign_up(json!({})).await;
    let with = json!({
        "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "code_challenge_method": "S256",
    });
    for (challenge, verifier, status) in [
        (json!({}), Value::Null, 200),
        (json!({}), json!(VERIFIER), 403),
        (with.clone(), json!(VERIFIER), 200),
        (with.clone(), Value::Null, 403),
        (with, json!(VERIFIER.replace('d', "e")), 403),
    ] {
        let code = code(&server, "either", challenge).await;
        let body = json!({ "code": code, "code_verifier": verifier });
        let reply = exchange(&server, Some(("either", SECRET)), body).await;
        assert_eq!(reply.status, status, "{}", reply.text);
    }
    let browser = server.browser().await;
    let plain = json!({ "client_id": "either", "code_challenge_method": "plain" });
    let back = server.authorize(&browser, plain).await.parameters();
    assert_eq!(back["error"], "invalid_request");
    let without = json!({ "code_challenge": null, "code_challenge_method": null });
    let back = server.authorize(&browser, without).await.parameters();
    assert_eq!(back["error"], "invalid_request");
}

#[tokio::test]
async fn what_a_client_may_not_ask_for_it_does_not_get() {
    let mut config = with_secrets();
    config["clients"][2]["grant_types"] = json!(["authorization_code"]);
    config["clients"][3]["grant_types"] = json!(["refresh_token"]);
    let server = Server::start_with(config).await;
    server.sign_up(json!({})).await;
    let code = code(
        &server,
        "either",
        json!({ "scope": "openid offline_access" }),
    )
    .await;
    let basic = Some(("either", SECRET));
    let tokens = exchange(&server, basic, json!({ "code": code }))
        .await
        .json();
    assert_eq!(
        (&tokens["scope"], &tokens["refresh_token"]),
        (&json!("openid"), &Value::Null)
    );
    let body = json!({ "grant_type": "refresh_token", "refresh_token": "any" });
    let reply = exchange(&server, basic, body).await;
    assert_eq!(reply.json()["error"], "unauthorized_client");
    let back = server
        .authorize(&server.browser().await, json!({ "client_id": "post" }))
        .await;
    assert_eq!(back.parameters()["error"], "unauthorized_client");
}
