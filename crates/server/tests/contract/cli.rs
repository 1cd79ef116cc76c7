//! The binary: its options and what it says when it cannot start.

use std::fs;
use std::net::TcpListener;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{PASSWORD, config};
use crate::process::{Folder, Process, good};

#[test]
fn all_mistakes_of_a_config_at_once() {
    let folder = Folder::with(
        &json!({
            "clients": [
                { "clientid": "a", "callbacks": ["/demo"] },
                { "client_id": "b", "callbacks": ["https://x.org/*"], "web_origins": ["https://x.org/"] },
                { "client_id": "b", "callbacks": ["{public_url}/demo"], "allowed_origins": ["x.org"] }
            ],
            "connections": [{ "name": "users", "passwordPolicy": "god", "box": "box.json" }],
            "conections": []
        })
        .to_string(),
    );
    fs::write(
        folder.path().join("box.json"),
        r#"{"additionalSignUpFields":[{"name":"email"},{"nam":"x"}]}"#,
    )
    .unwrap();
    let (code, message) = folder.fails(&["--config", "server.json", "--listen", "127.0.0.1:0"]);
    assert_eq!(code, 2);
    insta::assert_snapshot!(message);
}

#[test]
fn a_config_that_is_missing_or_no_json() {
    let folder = Folder::with("{");
    let mut shown = Vec::new();
    for options in [
        &[][..],
        &["--config", "nothing.json"],
        &["--config", "server.json"],
    ] {
        let (code, message) = folder.fails(options);
        assert_eq!(code, 2, "{message}");
        shown.push(message);
    }
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn an_address_that_would_let_passwords_travel_in_the_open() {
    let folder = good();
    let mut shown = Vec::new();
    for url in [
        "http://login.example.com",
        "login.example.com",
        "https://login.example.com/path",
    ] {
        let (code, message) = folder.fails(&["--config", "server.json", "--public-url", url]);
        assert_eq!(code, 2, "{message}");
        shown.push(message);
    }
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn a_port_in_use() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let (code, message) = good().fails(&["--config", "server.json", "--listen", &address]);
    assert_eq!(code, 1);
    assert!(
        message.contains(&format!("{address} is in use")) && message.contains("--listen"),
        "{message}"
    );
}

/// What would be sent to people is for nobody else on the network.
#[test]
fn letters_are_shown_on_this_machine_alone() {
    for listen in ["0.0.0.0:0", "192.0.2.1:0", "[::]:0"] {
        let (code, message) =
            good().fails(&["--dev", "--config", "server.json", "--listen", listen]);
        assert_eq!(code, 2, "{message}");
        assert!(message.contains("--dev shows what is sent"), "{message}");
    }
    let metrics = [
        "--dev",
        "--config",
        "server.json",
        "--metrics-listen",
        "0.0.0.0:0",
    ];
    let (code, message) = good().fails(&metrics);
    assert_eq!(code, 2, "{message}");
}

#[test]
fn a_database_that_cannot_be_opened() {
    let (code, message) = good().fails(&[
        "--config",
        "server.json",
        "--listen",
        "127.0.0.1:0",
        "--database",
        "sqlite:missing/x.db",
    ]);
    assert_eq!(code, 1);
    assert!(
        message.contains("sqlite:missing/x.db") && message.contains("--database"),
        "{message}"
    );
}

#[tokio::test]
async fn a_process_ends_when_it_is_asked_to_and_keeps_secrets() {
    let folder = good();
    let mut process = Process::start(&folder);
    process.sign_up("ada@x.org").await;
    let ticket = process.sign_in("ada@x.org").await;
    let authorize = format!("/authorize?client_id=app&login_ticket={ticket}");
    process.get(&authorize).await;

    process.terminate();
    assert_eq!(process.child.wait().unwrap().code(), Some(0));
    let log = fs::read_to_string(folder.log()).unwrap();
    assert!(log.contains("/co/authenticate"), "{log}");
    for secret in [PASSWORD, ticket.as_str(), "ada@x.org", "argon2id"] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}

#[tokio::test]
async fn a_process_that_is_killed_has_kept_what_it_acknowledged() {
    let folder = good();
    for round in 0..3 {
        let mut process = Process::start(&folder);
        for earlier in 0..round {
            process.sign_in(&format!("{earlier}@x.org")).await;
        }
        process.sign_up(&format!("{round}@x.org")).await;
        process.child.kill().unwrap();
        process.child.wait().unwrap();
    }
}

#[tokio::test]
async fn the_log_says_how_mail_is_sent_and_no_secret_of_it() {
    let folder = good();
    let mut process = Process::start(&folder);
    assert!(process.log(&folder).contains("mail_not_configured"));
    assert_eq!(process.get("/dev/mailbox").await.status(), 404);
    process.child.kill().unwrap();

    let mut process = Process::start_with(&folder, &["--dev"]);
    assert!(process.log(&folder).contains("/dev/mailbox"));
    process.sign_up("ada@x.org").await;
    let forgot = json!({ "client_id": "app", "connection": "users", "email": "ada@x.org" });
    process.send("/dbconnections/change_password", forgot).await;
    let mut letters = Vec::new();
    for _ in 0..200 {
        let reply = process.get("/dev/mailbox.json").await;
        letters = reply.json::<Vec<Value>>().await.unwrap();
        if !letters.is_empty() {
            break;
        }
        thread::sleep(Duration::from_millis(20));
    }
    let link = letters[0]["link"].as_str().unwrap();
    let ticket = link.rsplit_once('=').unwrap().1;
    process.get(link.strip_prefix(&process.url).unwrap()).await;
    process.child.kill().unwrap();
    let log = process.log(&folder);
    for secret in ["ada@x.org", ticket] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }

    let mut with_mail = config();
    with_mail["connections"] = json!([{ "name": "users" }]);
    with_mail["mail"] = json!({
        "smtp_url": "smtps://me:url-secret@smtp.example.com",
        "from": "login@example.com",
    });
    let folder = Folder::with(&with_mail.to_string());
    let mut process = Process::start(&folder);
    process.child.kill().unwrap();
    let log = process.log(&folder);
    assert!(log.contains("mail is sent from login@example.com"), "{log}");
    assert!(!log.contains("url-secret"), "{log}");
}
