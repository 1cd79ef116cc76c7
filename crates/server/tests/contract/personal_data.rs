//! `latchlet user`: a person gets what is known of them, and is forgotten, while
//! the server goes on running.

use std::fs;
use std::process::{Command, Output};

use latchlet_core::progressive::DAY;
use reqwest::Method;
use serde_json::{Value, json};

use crate::consents::{asking, receipt};
use crate::harness::Server;
use crate::person::Person;
use crate::profiling::config_asking;

/// What stands nowhere once the person is erased.
const CANARIES: [&str; 3] = ["ada@example.com", "canary of a motto", "canary-of-a-key"];

/// Runs `latchlet user` on the database of a server: its exit code, and what it
/// says.
fn user(server: &Server, command: &[&str]) -> (i32, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_latchlet"))
        .arg("user")
        .args(command)
        .env_clear()
        .env("LATCHLET_DATABASE", server.database())
        .output()
        .unwrap();
    let said = [stdout, stderr].concat();
    (status.code().unwrap(), String::from_utf8(said).unwrap())
}

/// In which files of the database a text stands. Those of PostgreSQL are its
/// own.
fn found(server: &Server, text: &str) -> Vec<String> {
    let files = fs::read_dir(server.folder()).unwrap();
    let files = files.map(|file| file.unwrap().path());
    let of_database = files.filter(|path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        name.starts_with("test.db")
    });
    of_database
        .filter(|path| {
            let bytes = fs::read(path).unwrap();
            bytes.windows(text.len()).any(|it| it == text.as_bytes())
        })
        .map(|path| path.display().to_string())
        .collect()
}

/// Somebody who did everything that leaves a trace.
async fn person() -> Person {
    let mut the_box = asking("2");
    let motto = json!({ "name": "motto", "label": "Motto", "required": false });
    let fields = the_box["additionalSignUpFields"].as_array_mut().unwrap();
    fields.push(motto);
    let server = Server::start_with_box(config_asking(), the_box).await;
    let sign_up = json!({ "user_metadata": { "news": "1", "motto": "canary of a motto" } });
    let mut person = Person::at(server, "asking", sign_up).await;
    person.server.advance(DAY).await;
    person.log_in().await;
    let now = person.server.now().await;
    person
        .merge(json!({ "latchlet": receipt("terms", "2", true, now), "terms": "2" }))
        .await;
    let body = json!({ "user_metadata": { "news": null } });
    let request = person
        .patching(&body)
        .header("idempotency-key", "canary-of-a-key");
    assert_eq!(request.send().await.unwrap().status(), 200);
    let forgot = json!({ "client_id": "app", "connection": "asking", "email": "ada@example.com" });
    person
        .server
        .post("/dbconnections/change_password", &forgot)
        .await;
    person.server.letters(1).await;
    person
}

#[tokio::test]
async fn everything_that_is_known_of_a_person() {
    let person = person().await;
    let server = &person.server;
    let (code, said) = user(server, &["export", "ADA@example.com"]);
    assert_eq!(code, 0, "{said}");
    let data: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(data["profile"], person.get().await.json());
    assert_eq!(data["sessions"].as_array().unwrap().len(), 2);
    assert_eq!(data["sessions"][0]["client_id"], "app");
    assert_eq!(data["browser_sessions"].as_array().unwrap().len(), 2);
    let consents = data["consents"].as_array().unwrap();
    let decisions: Vec<&str> = consents
        .iter()
        .map(|it| it["decision"].as_str().unwrap())
        .collect();
    assert_eq!(decisions, ["granted", "granted", "withdrawn"]);
    assert!(
        consents[0]["text"]
            .as_str()
            .unwrap()
            .contains("Send me news")
    );
    assert!(!said.contains("argon2"), "{said}");
    let id = format!("auth0|{}", person.id);
    assert_eq!(user(server, &["export", &id]), (0, said));
}

#[tokio::test]
async fn an_erased_person_leaves_no_byte_and_the_chain_of_consents_is_whole() {
    let person = person().await;
    let server = &person.server;
    let eve = json!({ "connection": "asking", "email": "eve@example.com" });
    assert_eq!(server.sign_up(eve).await.status, 200);
    let consents = server.store.broken_consent().await.unwrap();
    assert_eq!(consents, None);
    let row = server.store.user(&person.id).await.unwrap().unwrap();
    // They are there, so that the test could find them.
    if server.database().starts_with("sqlite:") {
        for canary in CANARIES.iter().copied().chain([&*person.id]) {
            assert!(!found(server, canary).is_empty(), "{canary}");
        }
    }

    let (code, said) = user(server, &["erase", "ada@example.com"]);
    assert_eq!(code, 0, "{said}");
    let hash = row.password_hash.unwrap();
    for canary in CANARIES.iter().copied().chain([&*person.id, &*hash]) {
        assert_eq!(found(server, canary), Vec::<String>::new(), "{canary}");
    }

    // The server goes on, with others.
    let token = &person.token;
    let own = server
        .with_token(Method::GET, &person.path(), token, None)
        .await;
    assert_eq!(own.status, 401);
    let signed_in = json!({ "username": "eve@example.com", "realm": "asking" });
    assert_eq!(server.authenticate(signed_in).await.status, 200);
    // What was said to consents stays, and leads to nobody.
    assert_eq!(server.store.broken_consent().await.unwrap(), None);
    let kept = server.store.consents(&row.consent_subject).await.unwrap();
    assert_eq!(kept.len(), 3);
    assert!(!format!("{kept:?}").contains(&person.id));
}

#[tokio::test]
async fn who_is_not_known_or_known_twice_must_be_named_rightly() {
    let server = Server::start().await;
    for who in ["nobody@example.com", "auth0|1", "nobody"] {
        let (code, said) = user(&server, &["erase", who]);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(who), "{said}");
    }
    let mut ids = Vec::new();
    for connection in ["users", "strict"] {
        let password = "corr-ect horse and batte-ry";
        let more = json!({ "connection": connection, "password": password });
        let user = server.sign_up(more).await;
        assert_eq!(user.status, 200, "{}", user.text);
        ids.push(format!("auth0|{}", user.json()["_id"].as_str().unwrap()));
    }
    let (code, said) = user(&server, &["erase", "ada@example.com"]);
    assert_eq!(code, 2, "{said}");
    assert!(ids.iter().all(|id| said.contains(id)), "{said}");
    assert_eq!(user(&server, &["erase", &ids[0]]).0, 0);
    let (code, said) = user(&server, &["export", "ada@example.com"]);
    assert!(code == 0 && said.contains(&ids[1]), "{said}");
}

#[test]
fn a_database_that_is_not_there_is_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("typo.db");
    let output = Command::new(env!("CARGO_BIN_EXE_latchlet"))
        .args(["user", "export", "a@x.org", "--database"])
        .arg(format!("sqlite:{}", path.display()))
        .env_clear()
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(!path.exists());
}
