//! The document of the API: kept, served, and whole. That it is true is what
//! every test witnesses.

use std::fs;
use std::process::Command;

use latchlet_server::api;
use reqwest::Method;
use serde_json::Value;

use crate::harness::Server;
use crate::witness::DOCUMENT;

/// `docs/openapi.json` is what is printed: what is added or described
/// differently shows there.
#[test]
fn the_document_in_the_docs_is_up_to_date() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_latchlet"));
    let printed = command.arg("openapi").output().unwrap();
    assert!(printed.status.success());
    let printed = String::from_utf8(printed.stdout).unwrap();
    let kept = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
    if std::env::var("INSTA_UPDATE").as_deref() == Ok("always") {
        fs::write(kept, &printed).unwrap();
    }
    assert!(
        fs::read_to_string(kept).unwrap() == printed,
        "docs/openapi.json is not what `latchlet openapi` prints: run this test with \
         INSTA_UPDATE=always, and look at the difference"
    );
}

#[tokio::test]
async fn it_is_served_with_the_address_of_the_server() {
    let server = Server::start().await;
    let served = server.get("/openapi.json").await.json();
    assert_eq!(served, api::document(&server.url));
}

/// The methods of the router are those of the document, at every path.
#[tokio::test]
async fn what_is_not_described_is_not_allowed() {
    let server = Server::start().await;
    let paths = DOCUMENT["paths"].as_object().unwrap();
    let purge = Method::from_bytes(b"PURGE").unwrap();
    for path in paths.keys() {
        let reply = server.request(purge.clone(), path).send().await.unwrap();
        assert_eq!(reply.status(), 405, "{path}");
        let allowed = reply.headers()["allow"].to_str().unwrap().to_lowercase();
        let mut allowed: Vec<&str> = allowed.split(',').filter(|it| *it != "head").collect();
        allowed.sort_unstable();
        let described = paths[path].as_object().unwrap();
        let mut described: Vec<&String> = described.keys().collect();
        described.sort_unstable();
        assert_eq!(allowed, described, "{path}");
    }
}

/// Whatever refers to a schema, finds it.
#[test]
fn every_schema_is_there_and_used() {
    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(object) => {
                if let Some(reference) = object.get("$ref") {
                    found.push(reference.as_str().unwrap().to_owned());
                }
                object.values().for_each(|it| references(it, found));
            }
            Value::Array(list) => list.iter().for_each(|it| references(it, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    references(&DOCUMENT, &mut found);
    found.sort_unstable();
    found.dedup();
    let schemas = DOCUMENT["components"]["schemas"].as_object().unwrap();
    let mut there: Vec<String> = schemas
        .keys()
        .map(|name| format!("#/components/schemas/{name}"))
        .collect();
    there.sort_unstable();
    assert_eq!(found, there);
}
