//! Tokens that an application asks for itself, and APIs other than the
//! server's own.

use insta::assert_json_snapshot;
use serde_json::{Map, Value, json};

use crate::clients::SECRET;
use crate::harness::{Reply, Server, config, merge};
use crate::tokens::claims;

async fn started() -> Server {
    let mut config = config();
    config["apis"] = json!([{
        "identifier": "https://api.example/",
        "scopes": ["read:things", "write:things"],
        "token_lifetime": 600,
        "token_lifetime_for_web": 300
    }]);
    let machine = json!({
        "client_id": "machine",
        "client_secret": SECRET,
        "grant_types": ["client_credentials"],
        "grants": {
            "{public_url}/api/v2/": ["read:users", "update:users"],
            "https://api.example/": ["read:things"]
        }
    });
    config["clients"].as_array_mut().unwrap().push(machine);
    Server::start_with(config).await
}

async fn ask(server: &Server, changes: Value) -> Reply {
    let mut body = json!({
        "grant_type": "client_credentials",
        "client_id": "machine",
        "client_secret": SECRET,
        "audience": server.audience(),
    });
    merge(&mut body, changes);
    server.post_from_server("/oauth/token", &body).await
}

#[tokio::test]
async fn a_machine_gets_what_it_was_granted() {
    let server = started().await;
    let reply = ask(&server, json!({})).await;
    assert_eq!(reply.header("cache-control"), "no-store");
    assert_json_snapshot!("reply", reply.shown(), { ".body.access_token" => "[JWT]" });
    let token = claims(&server, &reply.json()["access_token"], &server.audience()).await;
    assert_json_snapshot!("claims", token, {
        ".aud" => "[issuer]api/v2/", ".iss" => "[issuer]", ".iat" => "[s]", ".exp" => "[s]",
    });
    let lifetime = token["exp"].as_i64().unwrap() - token["iat"].as_i64().unwrap();
    assert_eq!(lifetime, 86_400);
    let less = ask(&server, json!({ "scope": "update:users" })).await;
    assert_eq!(less.json()["scope"], "update:users");
    let api = json!({ "audience": "https://api.example/" });
    let own = ask(&server, api).await.json();
    assert_eq!(
        (&own["scope"], &own["expires_in"]),
        (&json!("read:things"), &json!(600))
    );
    claims(&server, &own["access_token"], "https://api.example/").await;
    let user_info = server
        .with_token(
            reqwest::Method::GET,
            "/userinfo",
            &own["access_token"],
            None,
        )
        .await;
    assert_eq!(user_info.status, 401);
}

#[tokio::test]
async fn every_refusal_of_a_machine() {
    let server = started().await;
    let mut shown = Map::new();
    for (case, changes) in [
        ("without an audience", json!({ "audience": null })),
        (
            "for an unknown API",
            json!({ "audience": "https://nowhere.example/" }),
        ),
        (
            "for more than granted",
            json!({ "scope": "read:users delete:users" }),
        ),
        ("with another secret", json!({ "client_secret": "guessed" })),
        ("without a secret", json!({ "client_secret": null })),
        (
            "for a client without the grant",
            json!({ "client_id": "app", "client_secret": null }),
        ),
    ] {
        shown.insert(case.to_owned(), ask(&server, changes).await.shown());
    }
    assert_json_snapshot!(shown);
}

#[tokio::test]
async fn people_open_an_api_of_ones_own() {
    let server = started().await;
    server.sign_up(json!({})).await;
    let tokens = server
        .tokens(json!({
            "audience": "https://api.example/",
            "scope": "openid write:things read:current_user other",
        }))
        .await;
    assert_eq!(tokens["scope"], "openid write:things");
    assert_eq!(tokens["expires_in"], 300);
    let token = claims(&server, &tokens["access_token"], "https://api.example/").await;
    let user_info = format!("{}userinfo", server.issuer());
    assert_eq!(token["aud"], json!(["https://api.example/", user_info]));
    let back = server
        .authorize(
            &server.browser().await,
            json!({ "audience": "https://nowhere.example/" }),
        )
        .await;
    assert_eq!(back.parameters()["error"], "access_denied");
}
