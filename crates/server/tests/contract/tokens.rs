//! `POST /oauth/token`, and what its tokens are worth.

use data_encoding::BASE64URL_NOPAD;
use insta::assert_json_snapshot;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use reqwest::Method;
use serde_json::{Map, Value, json};

use crate::harness::{CALLBACK, PROFILE_SCOPE, Reply, Server, VERIFIER};

async fn started() -> Server {
    let server = Server::start().await;
    let reply = server
        .sign_up(json!({ "given_name": "Ada", "user_metadata": { "company": "ACME" } }))
        .await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    server
}

/// The claims of a token, checked as a client does: by the published keys.
pub async fn claims(server: &Server, token: &Value, audience: &str) -> Value {
    let token = token.as_str().unwrap();
    let keys = server.get("/.well-known/jwks.json").await.text;
    let keys: JwkSet = serde_json::from_str(&keys).unwrap();
    let kid = decode_header(token).unwrap().kid.unwrap();
    let key = DecodingKey::from_jwk(keys.find(&kid).unwrap()).unwrap();
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_issuer(&[server.issuer()]);
    validation.set_audience(&[audience]);
    decode::<Value>(token, &key, &validation).unwrap().claims
}

#[tokio::test]
async fn tokens_as_the_contract_shows_them() {
    let server = started().await;
    let code = server
        .code(json!({ "scope": "openid profile email offline_access unknown openid" }))
        .await;
    let reply = server.exchange(&code, json!({})).await;
    assert_eq!(reply.header("cache-control"), "no-store");
    assert_json_snapshot!("reply", reply.shown(), {
        ".body.access_token" => "[JWT]",
        ".body.id_token" => "[JWT]",
        ".body.refresh_token" => "[256 bits]",
    });
    let tokens = reply.json();
    let id_token = claims(&server, &tokens["id_token"], "app").await;
    assert_eq!(id_token["iss"], json!(server.issuer()));
    assert_eq!(
        id_token["exp"].as_i64().unwrap() - id_token["iat"].as_i64().unwrap(),
        36_000
    );
    assert_json_snapshot!("id_token", id_token, {
        ".sub" => "[auth0| and id]", ".sid" => "[id]", ".iss" => "[issuer]", ".iat" => "[s]",
        ".exp" => "[s]", ".auth_time" => "[s]", ".updated_at" => "[ISO 8601]",
    });
    let user_info = server.url.clone() + "/userinfo";
    let access_token = claims(&server, &tokens["access_token"], &user_info).await;
    assert_eq!(
        access_token["exp"].as_i64().unwrap() - access_token["iat"].as_i64().unwrap(),
        7_200
    );
    assert_eq!(access_token["sub"], id_token["sub"]);
    assert_json_snapshot!("access_token", access_token, {
        ".sub" => "[auth0| and id]", ".sid" => "[id]", ".iss" => "[issuer]", ".iat" => "[s]",
        ".exp" => "[s]", ".aud" => "[issuer]userinfo",
    });
}

#[tokio::test]
async fn a_form_is_taken_like_json() {
    let server = started().await;
    let code = server.code(json!({})).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", "app"),
        ("code", code.as_str()),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ];
    let request = server.request(Method::POST, "/oauth/token").form(&form);
    assert_eq!(request.send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn every_refusal_of_a_code() {
    let server = started().await;
    let mut shown = Map::new();
    for (case, body) in [
        (
            "verifier is wrong",
            json!({ "code_verifier": VERIFIER.replace('d', "e") }),
        ),
        ("verifier is missing", json!({ "code_verifier": null })),
        (
            "callback is another",
            json!({ "redirect_uri": "https://app.example/other" }),
        ),
        ("code is unknown", json!({ "code": "nonsense" })),
        ("client is unknown", json!({ "client_id": "nobody" })),
        ("grant is the password", json!({ "grant_type": "password" })),
        ("grant is unknown", json!({ "grant_type": "magic" })),
        ("grant is missing", json!({ "grant_type": null })),
    ] {
        let code = server.code(json!({})).await;
        shown.insert(case.to_owned(), server.exchange(&code, body).await.shown());
    }
    assert_json_snapshot!(shown);
}

#[tokio::test]
async fn a_code_of_another_client_is_worth_nothing() {
    let server = started().await;
    let code = server.code(json!({})).await;
    let body = json!({
        "grant_type": "authorization_code",
        "client_id": "other",
        "code": code,
        "redirect_uri": CALLBACK,
        "code_verifier": VERIFIER,
    });
    let request = server.request(Method::POST, "/oauth/token");
    let request = request
        .header("origin", "https://other.example")
        .json(&body);
    let mut request = request.build().unwrap();
    request
        .headers_mut()
        .insert("origin", "https://other.example".parse().unwrap());
    let reply = reqwest::Client::new().execute(request).await.unwrap();
    let reply = Reply::of(reply).await;
    assert_eq!(
        reply.json()["error_description"],
        "Invalid authorization code"
    );
}

#[tokio::test]
async fn a_code_that_is_used_again_ends_what_it_issued() {
    let server = started().await;
    let scope = format!("{PROFILE_SCOPE} offline_access");
    let code = server
        .code(json!({ "scope": scope, "audience": server.audience() }))
        .await;
    let tokens = server.exchange(&code, json!({})).await.json();
    let user_info = async || {
        let token = &tokens["access_token"];
        server
            .with_token(Method::GET, "/userinfo", token, None)
            .await
            .status
    };
    assert_eq!(user_info().await, 200);
    let again = server.exchange(&code, json!({})).await;
    assert_eq!(again.status, 403);
    assert_eq!(user_info().await, 401);
    assert_eq!(server.refresh(&tokens["refresh_token"]).await.status, 403);
    let sub = claims(&server, &tokens["access_token"], &server.audience()).await["sub"].clone();
    let path = format!(
        "/api/v2/users/{}",
        sub.as_str().unwrap().replace('|', "%7C")
    );
    let profile = server
        .with_token(Method::GET, &path, &tokens["access_token"], None)
        .await;
    assert_eq!(profile.json()["message"], "Invalid token");
}

#[tokio::test]
async fn refresh_tokens_rotate_and_reuse_ends_the_family() {
    let server = started().await;
    let first = server
        .tokens(json!({ "scope": "openid email offline_access" }))
        .await;
    let second = server.refresh(&first["refresh_token"]).await;
    assert_json_snapshot!("refreshed", second.shown(), {
        ".body.access_token" => "[JWT]",
        ".body.id_token" => "[JWT]",
        ".body.refresh_token" => "[256 bits]",
    });
    let second = second.json();
    assert_ne!(first["refresh_token"], second["refresh_token"]);
    let before = claims(&server, &first["id_token"], "app").await;
    let after = claims(&server, &second["id_token"], "app").await;
    for claim in ["sub", "sid", "auth_time"] {
        assert_eq!(before[claim], after[claim], "{claim}");
    }
    assert_eq!(after["nonce"], Value::Null);

    let reused = server.refresh(&first["refresh_token"]).await;
    assert_json_snapshot!("reused", reused.shown());
    let family = server.refresh(&second["refresh_token"]).await;
    assert_eq!(family.shown(), reused.shown());
    assert_eq!(
        server.refresh(&json!("nonsense")).await.shown(),
        reused.shown()
    );
}

#[tokio::test]
async fn a_refresh_may_ask_for_less_but_not_for_more() {
    let server = started().await;
    let tokens = server
        .tokens(json!({ "scope": "openid email offline_access" }))
        .await;
    let body = json!({
        "grant_type": "refresh_token",
        "client_id": "app",
        "refresh_token": tokens["refresh_token"],
        "scope": "email profile read:current_user",
    });
    let reply = server.post("/oauth/token", &body).await.json();
    assert_eq!(reply["scope"], "email");
    assert_eq!(reply["id_token"], Value::Null);
}

#[tokio::test]
async fn without_offline_access_there_is_no_refresh_token() {
    let server = started().await;
    let tokens = server.tokens(json!({ "scope": "email" })).await;
    assert_eq!(tokens["refresh_token"], Value::Null);
    assert_eq!(tokens["id_token"], Value::Null);
}

#[tokio::test]
async fn user_info_by_scope() {
    let server = started().await;
    let mut shown = Map::new();
    for scope in ["openid", "openid email", "openid profile email"] {
        let tokens = server.tokens(json!({ "scope": scope })).await;
        for method in [Method::GET, Method::POST] {
            let reply = server
                .with_token(method, "/userinfo", &tokens["access_token"], None)
                .await;
            let mut body = reply.shown();
            body["body"]["sub"] = json!("[auth0| and id]");
            if body["body"].get("updated_at").is_some() {
                body["body"]["updated_at"] = json!("[ISO 8601]");
            }
            shown.insert(scope.to_owned(), body);
        }
    }
    assert_json_snapshot!(shown);
}

/// RFC 6750 §2.2 and §2.3, for libraries that know no other way; here alone.
#[tokio::test]
async fn the_token_of_user_info_may_stand_in_a_form_or_in_the_query() {
    let server = started().await;
    let asked = json!({ "audience": server.audience(), "scope": "openid read:current_user" });
    let tokens = server.tokens(asked).await;
    let access_token = &tokens["access_token"];
    let token = access_token.as_str().unwrap();
    let query = server.get(&format!("/userinfo?access_token={token}")).await;
    assert_eq!(query.status, 200, "{}", query.text);
    let form = server
        .submit("/userinfo", &[("access_token", token)], "")
        .await;
    assert_eq!(form.status, 200, "{}", form.text);
    assert_eq!(query.json(), form.json());

    let profile = query.profile_path();
    let own = server.with_token(Method::GET, &profile, access_token, None);
    assert_eq!(own.await.status, 200);
    for path in [
        "/userinfo?access_token=nonsense",
        "/userinfo?access_token=",
        &format!("{profile}?access_token={token}"),
    ] {
        assert_eq!(server.get(path).await.status, 401, "{path}");
    }
}

#[tokio::test]
async fn tokens_that_are_not_ours_are_refused() {
    let server = started().await;
    let tokens = server.tokens(json!({})).await;
    let good = tokens["access_token"].as_str().unwrap();
    let [header, payload, signature] = good.split('.').collect::<Vec<_>>()[..] else {
        panic!("a JWT has three parts");
    };
    let encode = |value: Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let kid = decode_header(good).unwrap().kid.unwrap();
    let mut claims: Value =
        serde_json::from_slice(&BASE64URL_NOPAD.decode(payload.as_bytes()).unwrap()).unwrap();
    claims["sub"] = json!("auth0|somebody else");
    let forged = encode(claims);
    for (case, token) in [
        ("nothing", String::new()),
        (
            "the ID token",
            tokens["id_token"].as_str().unwrap().to_owned(),
        ),
        ("no signature", format!("{header}.{payload}.")),
        ("other claims", format!("{header}.{forged}.{signature}")),
        (
            "no algorithm",
            format!(
                "{}.{payload}.",
                encode(json!({ "alg": "none", "kid": kid }))
            ),
        ),
        (
            "HMAC",
            format!(
                "{}.{payload}.{signature}",
                encode(json!({ "alg": "HS256", "kid": kid }))
            ),
        ),
        (
            "no key",
            format!(
                "{}.{payload}.{signature}",
                encode(json!({ "alg": "RS256" }))
            ),
        ),
        (
            "another key",
            format!(
                "{}.{payload}.{signature}",
                encode(json!({ "alg": "RS256", "kid": "../keys" }))
            ),
        ),
        (
            "a key of its own",
            format!(
                "{}.{payload}.{signature}",
                encode(json!({ "alg": "RS256", "jku": "http://127.0.0.1:1/" }))
            ),
        ),
    ] {
        let reply = server
            .with_token(Method::GET, "/userinfo", &json!(token), None)
            .await;
        assert_eq!(
            (reply.status, reply.text.as_str()),
            (401, "Unauthorized"),
            "{case}"
        );
        assert_eq!(
            reply.header("www-authenticate"),
            "Bearer error=\"invalid_token\""
        );
    }
    let reply = server
        .with_token(Method::GET, "/userinfo", &json!(good), None)
        .await;
    assert_eq!(reply.status, 200);
}

#[tokio::test]
async fn a_restart_keeps_users_sessions_and_keys() {
    let server = started().await;
    let tokens = server
        .tokens(json!({ "scope": "openid email offline_access" }))
        .await;
    let server = server.restart().await;
    let token = &tokens["access_token"];
    let user_info = server
        .with_token(Method::GET, "/userinfo", token, None)
        .await;
    assert_eq!(user_info.json()["email"], "ada@example.com");
    claims(&server, &tokens["id_token"], "app").await;
    assert_eq!(server.refresh(&tokens["refresh_token"]).await.status, 200);
    server.tokens(json!({})).await;
}
