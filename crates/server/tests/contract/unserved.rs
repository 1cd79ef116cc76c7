//! What the contract has and this server has not: the answer says so, where a
//! page can read it.

use insta::assert_json_snapshot;
use reqwest::Method;
use serde_json::{Map, json};

use crate::harness::{ORIGIN, Reply, Server};

#[tokio::test]
async fn passkeys_further_factors_and_other_ways() {
    let server = Server::start().await;
    let mut shown = Map::new();
    for (method, path) in [
        (Method::POST, "/passkey/register"),
        (Method::POST, "/passkey/challenge"),
        (Method::POST, "/mfa/challenge"),
        (Method::POST, "/mfa/associate"),
        (Method::GET, "/mfa/authenticators"),
        (Method::DELETE, "/mfa/authenticators/some%7Cid"),
        (Method::POST, "/otp/challenge"),
        (Method::POST, "/oauth/par"),
        (Method::POST, "/oauth/device/code"),
        (Method::POST, "/oidc/register"),
        (Method::GET, "/me/v1/authentication-methods"),
        (Method::POST, "/passwordless/verify"),
        (Method::POST, "/oauth/ro"),
        (Method::POST, "/usernamepassword/login"),
        (Method::GET, "/api/v2/roles"),
        (Method::POST, "/api/v2/tickets/password-change"),
    ] {
        let reply = server.request(method, path).send().await.unwrap();
        let reply = Reply::of(reply).await;
        assert_eq!(
            reply.header("access-control-allow-origin"),
            ORIGIN,
            "{path}"
        );
        shown.insert(path.to_owned(), reply.shown());
    }
    for grant_type in [
        "urn:okta:params:oauth:grant-type:webauthn",
        "http://auth0.com/oauth/grant-type/mfa-otp",
        "http://auth0.com/oauth/grant-type/mfa-oob",
        "http://auth0.com/oauth/grant-type/mfa-recovery-code",
    ] {
        let body = json!({ "grant_type": grant_type, "client_id": "app", "mfa_token": "x" });
        let reply = server.post("/oauth/token", &body).await;
        shown.insert(grant_type.to_owned(), reply.shown());
    }
    assert_json_snapshot!(shown);
}
