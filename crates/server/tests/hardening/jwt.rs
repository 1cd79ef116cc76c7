//! The list of attacks on tokens: each one is refused wherever an access token
//! is taken.

use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
use aws_lc_rs::hmac::{HMAC_SHA256, HMAC_SHA384, HMAC_SHA512};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::KeyPair as _;
use data_encoding::{BASE64, BASE64URL_NOPAD};
use reqwest::Method;
use serde_json::{Value, json};

use crate::forge::{Forge, hmac, part, unsigned, with};
use crate::harness::{PROFILE_SCOPE, Reply, Server};

/// A server, somebody's genuine tokens, and what to forge others with.
pub struct Stage {
    pub server: Server,
    pub forge: Forge,
    pub tokens: Value,
    pub token: String,
    pub header: Value,
    pub claims: Value,
}

pub async fn stage() -> Stage {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    let scope = format!("{PROFILE_SCOPE} offline_access");
    let wish = json!({ "audience": server.audience(), "scope": scope });
    let tokens = server.tokens(wish).await;
    let token = tokens["access_token"].as_str().unwrap().to_owned();
    Stage {
        forge: Forge::of(&server).await,
        header: part(&token, 0),
        claims: part(&token, 1),
        server,
        tokens,
        token,
    }
}

impl Stage {
    /// Wherever a token is taken, with the answers.
    pub async fn everywhere(&self, token: &str) -> Vec<(String, Reply)> {
        let own = self.claims["sub"].as_str().unwrap().replace('|', "%7C");
        let profile = format!("/api/v2/users/{own}");
        let consents = format!("{profile}/consents");
        let mut replies = Vec::new();
        for (method, path) in [
            (Method::GET, "/userinfo"),
            (Method::POST, "/userinfo"),
            (Method::GET, &profile),
            (Method::PATCH, &profile),
            (Method::GET, &consents),
        ] {
            let mut request = self.server.request(method.clone(), path).bearer_auth(token);
            if method == Method::PATCH {
                request = request.json(&json!({ "user_metadata": { "stolen": true } }));
            }
            let reply = Reply::of(request.send().await.unwrap()).await;
            replies.push((format!("{method} {path}"), reply));
        }
        replies
    }

    pub async fn refused(&self, what: &str, token: &str) {
        for (place, reply) in self.everywhere(token).await {
            assert_eq!(reply.status, 401, "{what} at {place}: {}", reply.text);
            assert!(!reply.text.contains("ada@example.com"), "{what}");
        }
    }

    pub fn signed(&self, header: Value, claims: Value) -> String {
        let (header, claims) = (with(&self.header, header), with(&self.claims, claims));
        self.forge.sign(&header, &claims)
    }
}

/// What is forged differs from what is genuine in nothing but the attack.
#[tokio::test]
async fn a_token_that_is_signed_again_is_good() {
    let stage = stage().await;
    for token in [stage.token.clone(), stage.signed(json!({}), json!({}))] {
        for (place, reply) in stage.everywhere(&token).await {
            assert_eq!(reply.status, 200, "{place}: {}", reply.text);
        }
    }
}

#[tokio::test]
async fn algorithms_of_the_attackers_choosing() {
    let stage = stage().await;
    let claims = stage.claims.to_string();
    let signature = stage.token.rsplit('.').next().unwrap();
    for alg in [
        "none", "None", "NONE", "nOnE", "", "RS256 ", "rs256", "null",
    ] {
        let header = with(&stage.header, json!({ "alg": alg }));
        let message = unsigned(&header, &claims);
        stage.refused(alg, &format!("{message}.")).await;
        stage.refused(alg, &format!("{message}.{signature}")).await;
        stage.refused(alg, &message).await;
    }
    for alg in [json!(null), json!(7), json!(["RS256"]), json!({ "a": 1 })] {
        let mut header = stage.header.clone();
        header["alg"] = alg.clone();
        let token = stage.forge.sign(&header.to_string(), &claims);
        stage.refused(&alg.to_string(), &token).await;
    }
    for alg in ["RS384", "RS512", "PS256", "ES256", "EdDSA", "HS256"] {
        let token = stage.signed(json!({ "alg": alg }), json!({}));
        stage.refused(alg, &token).await;
    }
    let header = with(&stage.header, json!({ "alg": "RS512" }));
    stage
        .refused("RS512, truly", &stage.forge.sign_512(&header, &claims))
        .await;

    // The public key, which everybody has, taken for a secret.
    let public = stage.forge.key.public_key();
    let spki: PublicKeyX509Der = public.as_der().unwrap();
    let pem = |label: &str, der: &[u8]| {
        let lines: Vec<String> = BASE64
            .encode(der)
            .as_bytes()
            .chunks(64)
            .map(|line| String::from_utf8(line.to_vec()).unwrap())
            .collect();
        format!(
            "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
            lines.join("\n")
        )
    };
    let set = stage.server.get("/.well-known/jwks.json").await.json();
    let secrets = [
        spki.as_ref().to_vec(),
        public.as_ref().to_vec(),
        pem("PUBLIC KEY", spki.as_ref()).into_bytes(),
        pem("PUBLIC KEY", spki.as_ref())
            .trim_end()
            .as_bytes()
            .to_vec(),
        pem("RSA PUBLIC KEY", public.as_ref()).into_bytes(),
        set["keys"][0].to_string().into_bytes(),
        set.to_string().into_bytes(),
        set["keys"][0]["n"].as_str().unwrap().as_bytes().to_vec(),
        stage.forge.kid.clone().into_bytes(),
        Vec::new(),
    ];
    for (alg, algorithm) in [
        ("HS256", HMAC_SHA256),
        ("HS384", HMAC_SHA384),
        ("HS512", HMAC_SHA512),
    ] {
        let header = with(&stage.header, json!({ "alg": alg }));
        for secret in &secrets {
            let token = hmac(algorithm, secret, &header, &claims);
            stage.refused(alg, &token).await;
        }
    }
}

#[tokio::test]
async fn keys_of_the_attackers_choosing() {
    let stage = stage().await;
    let long = "k".repeat(10_000);
    for kid in [
        "",
        "../../../../dev/null",
        "/dev/null",
        "' OR '1'='1",
        "x' UNION SELECT 'secret' --",
        "0",
        "\u{0}",
        "кид",
        "%00",
        "http://evil.example/key",
        &long,
    ] {
        let token = stage.signed(json!({ "kid": kid }), json!({}));
        stage.refused(&format!("kid {kid}"), &token).await;
    }
    for kid in [
        json!(7),
        json!([stage.forge.kid]),
        json!({ "kid": 1 }),
        json!(true),
    ] {
        stage
            .refused(
                "kid of a type",
                &stage.signed(json!({ "kid": kid }), json!({})),
            )
            .await;
    }
    stage
        .refused("no kid", &stage.signed(json!({ "kid": null }), json!({})))
        .await;

    // A key of the attacker's own, which the header tells to use.
    let own = Forge {
        key: KeyPair::generate(KeySize::Rsa2048).unwrap(),
        kid: "own".to_owned(),
    };
    let components: aws_lc_rs::signature::RsaPublicKeyComponents<Vec<u8>> =
        own.key.public_key().into();
    let jwk = json!({
        "kty": "RSA", "alg": "RS256", "use": "sig", "kid": "own",
        "n": BASE64URL_NOPAD.encode(&components.n), "e": BASE64URL_NOPAD.encode(&components.e),
    });
    let spki: PublicKeyX509Der = own.key.public_key().as_der().unwrap();
    for kid in ["own", &stage.forge.kid] {
        for further in [
            json!({}),
            json!({ "jwk": jwk }),
            json!({ "jku": "https://evil.example/jwks.json" }),
            json!({ "x5u": "https://evil.example/cert.pem" }),
            json!({ "x5c": [BASE64.encode(spki.as_ref())] }),
            json!({ "jwk": jwk, "jku": format!("{}/.well-known/jwks.json", stage.server.url) }),
        ] {
            let mut header = json!({ "alg": "RS256", "typ": "JWT", "kid": kid });
            crate::harness::merge(&mut header, further);
            let token = own.sign(&header.to_string(), &stage.claims.to_string());
            stage.refused(&header.to_string(), &token).await;
        }
    }
}

/// Signed by the server's own key: the claim alone is the reason.
#[tokio::test]
async fn claims_that_are_not_right() {
    let stage = stage().await;
    let now = stage.claims["iat"].as_i64().unwrap();
    for name in ["iss", "sub", "aud", "exp", "scope", "azp"] {
        let token = stage.signed(json!({}), json!({ name: null }));
        stage.refused(&format!("no {name}"), &token).await;
    }
    // Without a session it is an application's, which may nothing of this.
    let of_nobody = stage.signed(json!({}), json!({ "sid": null }));
    for (place, reply) in stage.everywhere(&of_nobody).await {
        assert!(matches!(reply.status, 401 | 403), "{place}: {}", reply.text);
    }
    let issuer = stage.server.issuer();
    for (name, value) in [
        ("exp", json!(now - 1)),
        ("exp", json!(0)),
        ("exp", json!(-1)),
        ("exp", json!("9999999999")),
        ("exp", json!(9_999_999_999.5)),
        ("exp", json!(1e300)),
        ("exp", json!(u64::MAX)),
        ("exp", json!(true)),
        ("exp", json!([now + 1_000])),
        ("nbf", json!(now + 1_000)),
        ("nbf", json!("9999999999")),
        ("nbf", json!(1e300)),
        ("iss", json!(issuer.trim_end_matches('/'))),
        ("iss", json!(issuer.to_uppercase())),
        ("iss", json!(format!("{issuer}.evil.example/"))),
        ("iss", json!("https://evil.example/")),
        ("iss", json!([issuer, "https://evil.example/"])),
        ("iss", json!(7)),
        ("aud", json!([])),
        ("aud", json!("")),
        ("aud", json!(["app"])),
        ("aud", json!([issuer])),
        (
            "aud",
            json!([format!("{issuer}userinf"), format!("{issuer}api/v2")]),
        ),
        (
            "aud",
            json!([format!("{issuer}userinfo/x"), format!("{issuer}api/v2/x")]),
        ),
        ("aud", json!([7])),
        ("aud", json!({ "0": issuer })),
        ("sid", json!("nonsense")),
        ("sid", json!("' OR 1=1 --")),
        ("sid", json!("\u{0}")),
        ("sid", json!(7)),
        ("sub", json!(7)),
        ("scope", json!(["read:current_user"])),
    ] {
        let token = stage.signed(json!({}), json!({ name: value }));
        stage.refused(&format!("{name} {value}"), &token).await;
    }
    // A token whose time is over, by the clock of the server.
    stage.server.advance(7_201).await;
    stage.refused("too old", &stage.token).await;
}

/// The person is the session's; another `sub` does not make somebody else of
/// them.
#[tokio::test]
async fn another_subject_opens_nothing_of_theirs() {
    let stage = stage().await;
    let other = stage
        .server
        .sign_up(json!({ "email": "eve@example.com" }))
        .await;
    let id = other.json()["_id"].as_str().unwrap().to_owned();
    let sub = format!("auth0|{id}");
    let token = stage.signed(json!({}), json!({ "sub": sub }));
    let path = format!("/api/v2/users/auth0%7C{id}");
    for (place, reply) in stage.everywhere(&token).await {
        assert!(matches!(reply.status, 200 | 401 | 403), "{place}");
        assert!(
            !reply.text.contains("eve@example.com"),
            "{place} {}",
            reply.text
        );
    }
    let reply = stage
        .server
        .with_token(Method::GET, &path, &json!(token), None)
        .await;
    assert!(!reply.text.contains("eve@example.com"), "{}", reply.text);
}

#[tokio::test]
async fn tokens_of_another_kind() {
    let stage = stage().await;
    let id_token = stage.tokens["id_token"].as_str().unwrap();
    stage.refused("an ID token", id_token).await;
    stage
        .refused(
            "a refresh token",
            stage.tokens["refresh_token"].as_str().unwrap(),
        )
        .await;
    // One for a client whose id is the name of an API.
    let (header, claims) = (part(id_token, 0), part(id_token, 1));
    let issuer = stage.server.issuer();
    for aud in [
        json!(format!("{issuer}userinfo")),
        json!([format!("{issuer}userinfo"), stage.server.audience()]),
    ] {
        let token = stage
            .forge
            .sign(&header.to_string(), &with(&claims, json!({ "aud": aud })));
        stage.refused("an ID token for an API", &token).await;
    }
    for typ in [
        "id_token+jwt",
        "logout+jwt",
        "dpop+jwt",
        "JOSE",
        "secevent+jwt",
    ] {
        let token = stage.signed(json!({ "typ": typ }), json!({}));
        stage.refused(typ, &token).await;
    }
    for crit in [
        json!(["exp"]),
        json!(["unknown"]),
        json!(["b64"]),
        json!([]),
        json!("exp"),
    ] {
        let token = stage.signed(
            json!({ "crit": crit, "unknown": 1, "b64": false }),
            json!({}),
        );
        stage.refused(&format!("crit {crit}"), &token).await;
    }
}
