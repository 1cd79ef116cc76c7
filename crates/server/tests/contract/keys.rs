//! Signing keys take turns, and every token stays good as long as it lives,
//! unless they are revoked.

use std::collections::BTreeSet;

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use jsonwebtoken::decode_header;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Server, config};
use crate::process::{Folder, Process, good};
use crate::tokens::claims;

const DAY: i64 = 86_400;

/// The id of the key that signed a token.
pub fn kid(token: &Value) -> String {
    let header = decode_header(token.as_str().unwrap()).unwrap();
    header.kid.unwrap()
}

async fn published(server: &Server) -> Vec<String> {
    ids(&server.get("/.well-known/jwks.json").await.json())
}

/// The ids in a set of keys, that of the one that signs first.
pub fn ids(set: &Value) -> Vec<String> {
    let keys = set["keys"].as_array().unwrap().iter();
    keys.map(|key| key["kid"].as_str().unwrap().to_owned())
        .collect()
}

async fn status(server: &Server, token: &Value) -> u16 {
    let reply = server.with_token(Method::GET, "/userinfo", token, None);
    reply.await.status
}

/// A server that keeps its keys, and somebody who has signed up there.
async fn started(rotation: i64) -> Server {
    let mut config = config();
    config["signing_key_rotation"] = json!(rotation);
    // A token that lives as long as one can.
    config["apis"] = json!([{
        "identifier": "https://api.example/", "scopes": [],
        "token_lifetime": 30 * DAY, "token_lifetime_for_web": 30 * DAY,
    }]);
    let server = Server::start_with(config).await;
    server.sign_up(json!({})).await;
    server.advance(0).await;
    server
}

#[tokio::test]
async fn they_take_turns_and_no_token_is_lost() {
    let server = started(40 * DAY).await;
    let long = json!({ "audience": "https://api.example/" });
    let first = published(&server).await;
    assert_eq!(first.len(), 2);
    let tokens = server.tokens(long.clone()).await;
    assert_eq!(kid(&tokens["access_token"]), first[0]);
    assert_eq!(kid(&tokens["id_token"]), first[0]);

    server.advance(40 * DAY - 60).await;
    assert_eq!(published(&server).await, first);
    let last_minute = server.tokens(long.clone()).await["access_token"].clone();
    server.advance(60).await;
    let second = published(&server).await;
    // The next key, which has been there all the time, and another next one.
    assert_eq!(second.len(), 3);
    assert_eq!((&second[0], &second[2]), (&first[1], &first[0]));
    assert!(!first.contains(&second[1]));
    let tokens = server.tokens(json!({})).await;
    assert_eq!(kid(&tokens["access_token"]), second[0]);
    claims(&server, &tokens["id_token"], "app").await;

    // What the first key signed in its last minute is good for thirty days.
    server.advance(30 * DAY - 120).await;
    let info = format!("{}userinfo", server.issuer());
    claims(&server, &last_minute, &info).await;
    assert_eq!(status(&server, &last_minute).await, 200);
    server.advance(DAY).await;
    assert_eq!(published(&server).await, second[..2]);
    assert_eq!(status(&server, &last_minute).await, 401);
}

#[tokio::test]
async fn a_clock_that_goes_far_loses_nothing_either() {
    let server = started(DAY).await;
    let mut seen = BTreeSet::new();
    for _ in 0..4 {
        seen.extend(published(&server).await);
        server.advance(500 * DAY).await;
        let tokens = server.tokens(json!({})).await;
        claims(&server, &tokens["id_token"], "app").await;
        assert_eq!(status(&server, &tokens["access_token"]).await, 200);
    }
    // Each time the next key takes its turn, and one is added.
    assert_eq!(seen.len(), 5);
}

#[tokio::test]
async fn without_a_rotation_the_first_key_goes_on() {
    let server = started(0).await;
    let keys = published(&server).await;
    server.advance(1_000 * DAY).await;
    assert_eq!(published(&server).await, keys);
}

#[tokio::test]
async fn they_are_the_same_after_a_restart() {
    let server = started(40 * DAY).await;
    let set = server.get("/.well-known/jwks.json").await.text;
    let discovery = server.get("/.well-known/openid-configuration").await.text;
    let server = server.restart().await;
    assert_eq!(server.get("/.well-known/jwks.json").await.text, set);
    let reply = server.get("/.well-known/jwks.json").await;
    assert_eq!(reply.header("cache-control"), "public, max-age=300");
    let again = server.get("/.well-known/openid-configuration").await;
    assert_eq!(again.text, discovery);
}

/// Some libraries read `n` and `e`, others `x5c`; both are the same key.
#[tokio::test]
async fn the_certificate_is_of_the_key() {
    let server = started(0).await;
    let set = server.get("/.well-known/jwks.json").await.json();
    for key in set["keys"].as_array().unwrap() {
        let text = |name: &str| key[name].as_str().unwrap().as_bytes();
        let certificates = key["x5c"].as_array().unwrap();
        assert_eq!(certificates.len(), 1);
        let der = BASE64.decode(certificates[0].as_str().unwrap().as_bytes());
        let der = der.unwrap();
        let thumbprint = digest(&SHA1_FOR_LEGACY_USE_ONLY, &der);
        assert_eq!(BASE64URL_NOPAD.encode(thumbprint.as_ref()), key["x5t"]);
        let public = RsaPublicKeyComponents {
            n: BASE64URL_NOPAD.decode(text("n")).unwrap(),
            e: BASE64URL_NOPAD.decode(text("e")).unwrap(),
        };
        assert!(der.windows(256).any(|part| part == public.n));
        // A sequence of what is signed, the algorithm, and 256 bytes of
        // signature; both lengths take two bytes.
        let length = usize::from(u16::from_be_bytes([der[6], der[7]]));
        let (signed, signature) = (&der[4..8 + length], &der[der.len() - 256..]);
        let verified = public.verify(&RSA_PKCS1_2048_8192_SHA256, signed, signature);
        assert!(verified.is_ok());
    }
}

/// Runs `latchlet keys`.
pub fn keys(folder: &Folder, options: &[&str]) -> (i32, String) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_latchlet"));
    let command = command.args(["keys"]).args(options);
    let command = command.env("LATCHLET_DATABASE", "sqlite:here.db");
    let output = command.current_dir(folder.path()).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (
        output.status.code().unwrap(),
        String::from_utf8(text).unwrap(),
    )
}

#[tokio::test]
async fn whoever_runs_the_server_can_see_and_replace_them() {
    let folder = good();
    let process = Process::start(&folder);
    let set = async || {
        let reply = process.get("/.well-known/jwks.json").await;
        ids(&reply.json().await.unwrap())
    };
    let before = set().await;
    let (code, list) = keys(&folder, &["list"]);
    assert_eq!(code, 0, "{list}");
    assert!(
        list.contains(&format!("{}  signs since 2", before[0])),
        "{list}"
    );
    let (code, message) = keys(&folder, &["rotate"]);
    assert_eq!(code, 2, "{message}");
    assert!(message.contains("--revoke"), "{message}");

    let (code, list) = keys(&folder, &["rotate", "--revoke"]);
    assert_eq!(code, 0, "{list}");
    assert!(!before.iter().any(|kid| list.contains(kid)), "{list}");
    // The process reads them again by itself.
    for _ in 0..600 {
        if !set().await.contains(&before[0]) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let after = set().await;
    assert!(
        after.iter().all(|kid| list.contains(kid)),
        "{after:?} {list}"
    );
    let log = process.log(&folder);
    assert!(!log.contains("ERROR"), "{log}");
}

#[test]
fn a_database_without_keys_is_not_that_of_a_server() {
    let folder = good();
    for options in [&["rotate"][..], &["rotate", "--revoke"]] {
        let (code, message) = keys(&folder, options);
        assert_eq!(code, 1, "{message}");
        assert!(
            message.contains("no signing key in this database"),
            "{message}"
        );
    }
}
