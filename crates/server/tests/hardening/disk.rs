//! A disk that is full: whoever asks for something to be stored hears so, nothing is
//! broken, and it goes on by itself afterwards.

#![cfg(target_os = "linux")]

use std::fs;
use std::process::Command;

use latchlet_store::testing::is_whole;
use serde_json::{Value, json};

use crate::harness::PASSWORD;
use crate::limits::unlimited;
use crate::process::{Folder, Process};

/// How large files may be for the process: the disk is full where they are at.
fn room(process: &Process, bytes: &str) {
    let status = Command::new("prlimit")
        .arg(format!("--pid={}", process.child.id()))
        .arg(format!("--fsize={bytes}:"))
        .status();
    assert!(status.unwrap().success());
}

async fn sign_up(process: &Process, email: &str) -> (u16, Value) {
    let body = json!({
        "client_id": "app", "connection": "users", "email": email, "password": PASSWORD,
    });
    let reply = process.request("/dbconnections/signup", body).await;
    (reply.status().as_u16(), reply.json().await.unwrap())
}

#[tokio::test]
async fn a_full_disk_is_said_and_nothing_is_broken() {
    let mut config = unlimited();
    config["connections"] = json!([{ "name": "users" }]);
    let folder = Folder::with(&config.to_string());
    // A write beyond the limit fails, as on a full disk, and ends nothing.
    let process = Process::start_by(&folder, &|| {
        let command = folder.command(&[]);
        let mut ignoring = Command::new("/usr/bin/env");
        ignoring.arg("--ignore-signal=XFSZ");
        ignoring.arg(command.get_program()).args(command.get_args());
        ignoring.current_dir(folder.path()).env_clear();
        ignoring
    });
    assert_eq!(sign_up(&process, "before@example.com").await.0, 200);
    let log = fs::metadata(folder.path().join("here.db-wal")).unwrap();
    room(&process, &log.len().to_string());
    for number in 0..3 {
        let (status, body) = sign_up(&process, &format!("{number}@example.com")).await;
        assert_eq!(
            (status, &body["code"]),
            (500, &json!("server_error")),
            "{body}"
        );
    }
    // What needs no room is served.
    assert_eq!(process.get("/health").await.status(), 200);
    assert_eq!(process.get("/ready").await.status(), 200);
    assert_eq!(process.get("/.well-known/jwks.json").await.status(), 200);
    room(&process, "unlimited");
    // Nobody who was refused is there by half.
    for number in 0..3 {
        let email = format!("{number}@example.com");
        assert_eq!(sign_up(&process, &email).await.0, 200);
        process.sign_in(&email).await;
    }
    process.sign_in("before@example.com").await;
    drop(process);
    let database = format!("sqlite:{}", folder.path().join("here.db").display());
    is_whole(&database).await;
}
