//! What `/authorize` and others are asked for that is not there, and whether what
//! discovery names is.

use reqwest::Method;
use serde_json::json;

use crate::harness::{Server, config};

#[tokio::test]
async fn a_connection_that_is_not_there() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    for query in [
        json!({ "connection": "nobodys" }),
        json!({ "connection": "nobodys", "prompt": "none" }),
        json!({ "connection": "" }),
    ] {
        let back = server.authorize(&server.browser().await, query).await;
        let parameters = back.parameters();
        assert_eq!(parameters["error"], "invalid_request");
        assert_eq!(
            parameters["error_description"],
            "the connection was not found"
        );
        assert_eq!(parameters["state"], "the state");
        assert!(!parameters.contains_key("code"));
    }
    for connection in ["users", "email"] {
        let back = server
            .authorize("", json!({ "connection": connection }))
            .await;
        assert!(back.header("location").starts_with("/login?"), "{back:?}");
    }
}

/// Whoever asks for one must not get a login without it.
#[tokio::test]
async fn there_are_no_organizations() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    let browser = server.browser().await;
    for name in ["organization", "invitation"] {
        let back = server.authorize(&browser, json!({ name: "org_1" })).await;
        let parameters = back.parameters();
        assert_eq!(parameters["error"], "invalid_request");
        let text = format!("parameter {name} is not allowed for this client");
        assert_eq!(parameters["error_description"], text);
    }
}

#[tokio::test]
async fn discovery_is_true() {
    let mut config = config();
    config["clients"][0]["grant_types"] = json!([
        "authorization_code",
        "refresh_token",
        "password",
        "http://auth0.com/oauth/grant-type/password-realm",
        "http://auth0.com/oauth/grant-type/passwordless/otp"
    ]);
    let server = Server::start_with(config).await;
    let discovery = server.get("/.well-known/openid-configuration").await.json();
    let addresses = discovery.as_object().unwrap().iter();
    let addresses =
        addresses.filter(|(name, _)| name.ends_with("_endpoint") || *name == "jwks_uri");
    let mut count = 0;
    for (name, address) in addresses {
        let path = server.path(address.as_str().unwrap());
        assert_ne!(server.get(path).await.status, 404, "{name}");
        count += 1;
    }
    assert_eq!(count, 6);
    for grant_type in discovery["grant_types_supported"].as_array().unwrap() {
        let body = json!({ "client_id": "app", "grant_type": grant_type });
        let reply = server.post("/oauth/token", &body).await.json();
        assert_ne!(reply["error"], "unsupported_grant_type", "{grant_type}");
    }
    for mode in discovery["response_modes_supported"].as_array().unwrap() {
        let changes = match mode.as_str().unwrap() {
            "web_message" => {
                json!({ "response_mode": mode, "redirect_uri": "https://app.example" })
            }
            _ => json!({ "response_mode": mode }),
        };
        let reply = server.authorize("", changes).await;
        assert!(
            reply.header("location").starts_with("/login?"),
            "{mode}: {reply:?}"
        );
    }
    let scope = discovery["scopes_supported"].as_array().unwrap();
    assert!(scope.contains(&json!("phone")));
    let options = server.request(Method::OPTIONS, "/.well-known/jwks.json");
    assert!(options.send().await.unwrap().status().is_success());
}
