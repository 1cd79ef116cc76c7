//! `POST /oauth/revoke`

use insta::assert_json_snapshot;
use reqwest::Method;
use serde_json::{Map, Value, json};

use crate::clients::SECRET;
use crate::harness::{Reply, Server, config, merge};

const OFFLINE: &str = "openid offline_access";

async fn started() -> Server {
    let mut config = config();
    let machine = json!({
        "client_id": "machine",
        "client_secret": SECRET,
        "grant_types": ["client_credentials"],
        "grants": { "{public_url}/api/v2/": ["read:users"] }
    });
    config["clients"].as_array_mut().unwrap().push(machine);
    let server = Server::start_with(config).await;
    server.sign_up(json!({})).await;
    server
}

async fn revoke(server: &Server, changes: Value) -> Reply {
    let mut body = json!({ "client_id": "app" });
    merge(&mut body, changes);
    server.post_from_server("/oauth/revoke", &body).await
}

/// Whether the tokens of a login open anything.
async fn are_good(server: &Server, tokens: &Value) -> bool {
    let token = &tokens["access_token"];
    let info = server.with_token(Method::GET, "/userinfo", token, None);
    info.await.status == 200
}

#[tokio::test]
async fn a_token_that_is_given_back_ends_its_login_and_no_other() {
    let server = started().await;
    let others = server.tokens(json!({ "scope": OFFLINE })).await;
    for name in ["refresh_token", "access_token"] {
        let tokens = server.tokens(json!({ "scope": OFFLINE })).await;
        let form = [
            ("client_id", "app"),
            ("token", tokens[name].as_str().unwrap()),
        ];
        let request = server.request(Method::POST, "/oauth/revoke").form(&form);
        let reply = Reply::of(request.send().await.unwrap()).await;
        assert_eq!((reply.status, reply.text.as_str()), (200, ""), "{name}");
        assert_eq!(
            reply.header("access-control-allow-origin"),
            "https://app.example"
        );
        assert!(!are_good(&server, &tokens).await, "{name}");
        let refreshed = server.refresh(&tokens["refresh_token"]).await;
        assert_eq!(refreshed.status, 403, "{name}");
        // Once more is no mistake.
        assert_eq!(
            revoke(&server, json!({ "token": tokens[name] }))
                .await
                .status,
            200
        );
    }
    assert!(are_good(&server, &others).await);
    assert_eq!(server.refresh(&others["refresh_token"]).await.status, 200);
}

#[tokio::test]
async fn nobody_ends_the_login_of_others() {
    let server = started().await;
    let tokens = server.tokens(json!({ "scope": OFFLINE })).await;
    for token in [&json!("nonsense"), &tokens["id_token"]] {
        assert_eq!(revoke(&server, json!({ "token": token })).await.status, 200);
    }
    for name in ["refresh_token", "access_token"] {
        let changes = json!({ "client_id": "other", "token": tokens[name] });
        assert_eq!(revoke(&server, changes).await.status, 200, "{name}");
    }
    assert!(are_good(&server, &tokens).await);
    let page = json!({ "client_id": "other", "token": tokens["refresh_token"] });
    let page = server.post("/oauth/revoke", &page).await;
    assert_eq!(page.status, 403, "a page of another application");
}

#[tokio::test]
async fn every_refusal_of_a_revocation() {
    let server = started().await;
    let machine = json!({ "client_id": "machine", "client_secret": SECRET });
    let mut body = json!({ "grant_type": "client_credentials", "audience": server.audience() });
    merge(&mut body, machine.clone());
    let reply = server.post_from_server("/oauth/token", &body).await;
    let mut own = json!({ "token": reply.json()["access_token"] });
    merge(&mut own, machine);
    let mut shown = Map::new();
    for (case, changes) in [
        ("token is missing", json!({})),
        ("token is no text", json!({ "token": 1 })),
        (
            "client is unknown",
            json!({ "client_id": "nobody", "token": "t" }),
        ),
        (
            "secret is missing",
            json!({ "client_id": "machine", "token": "t" }),
        ),
        ("token has no session", own),
    ] {
        shown.insert(case.to_owned(), revoke(&server, changes).await.shown());
    }
    assert_json_snapshot!(shown);
}
