//! `latchlet init`

use std::fs;
use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::process::{Folder, Process};

/// Runs a command in the folder: its exit code and what it says.
fn run(folder: &Folder, command: &[&str]) -> (i32, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_latchlet"))
        .args(command)
        .current_dir(folder.path())
        .env_clear()
        .output()
        .unwrap();
    let said = [stdout, stderr].concat();
    (status.code().unwrap(), String::from_utf8(said).unwrap())
}

#[tokio::test]
async fn what_is_written_starts_as_it_is() {
    let folder = Folder::with("{}");
    let (code, said) = run(&folder, &["init", "new"]);
    assert_eq!(code, 0, "{said}");
    let command = said.lines().find(|line| line.contains(" serve ")).unwrap();
    let options: Vec<&str> = command.split_whitespace().skip(2).collect();
    assert_eq!(options, ["--dev", "--config", "new/latchlet.jsonc"]);

    let process = Process::start_with(&folder, &options);
    let client = process.get("/client/my-app.js").await.text().await.unwrap();
    assert!(
        client.contains("Username-Password-Authentication"),
        "{client}"
    );
    // The box beside it has the form: what it does not ask for is refused, what
    // it asks for is taken.
    let sign_up = |more: Value| {
        let mut body = json!({
            "client_id": "my-app",
            "connection": "Username-Password-Authentication",
            "email": "ada@example.com",
            "password": crate::harness::PASSWORD,
        });
        crate::harness::merge(&mut body, more);
        let url = format!("{}/dbconnections/signup", process.url);
        reqwest::Client::new()
            .post(url)
            .header("origin", "http://localhost:8080")
            .json(&body)
            .send()
    };
    let unknown = json!({ "user_metadata": { "unknown": "x" } });
    assert_eq!(sign_up(unknown).await.unwrap().status(), 400);
    let known = json!({ "name": "Ada" });
    assert_eq!(sign_up(known).await.unwrap().status(), 200);

    // The program beside it has a secret of its own.
    let config = fs::read_to_string(folder.path().join("new/latchlet.jsonc")).unwrap();
    let (_, secret) = config.split_once("\"client_secret\": \"").unwrap();
    let (secret, _) = secret.split_once('"').unwrap();
    let asked = json!({
        "grant_type": "client_credentials",
        "client_id": "my-backend",
        "client_secret": secret,
        "audience": format!("{}/api/v2/", process.url),
    });
    let url = format!("{}/oauth/token", process.url);
    let tokens = reqwest::Client::new().post(url).json(&asked).send();
    assert_eq!(tokens.await.unwrap().status(), 200);
    assert_eq!(run(&folder, &["init", "other"]).0, 0);
    let other = fs::read_to_string(folder.path().join("other/latchlet.jsonc")).unwrap();
    assert!(!other.contains(secret));

    let (code, said) = run(&folder, &["check", "new/box.json"]);
    assert_eq!(code, 0, "{said}");
    let the_box = fs::read_to_string(folder.path().join("new/box.json")).unwrap();
    let the_box: Value = serde_json::from_str(&the_box).unwrap();
    assert_eq!(the_box["clientId"], "my-app");
}

#[test]
fn nothing_is_overwritten_and_then_nothing_is_written() {
    for there in ["latchlet.jsonc", "box.json"] {
        let folder = Folder::with("{}");
        fs::write(folder.path().join(there), "mine").unwrap();
        let (code, said) = run(&folder, &["init"]);
        assert_eq!(code, 2, "{said}");
        assert!(
            said.contains(there) && said.contains("another folder"),
            "{said}"
        );
        let mut files: Vec<String> = fs::read_dir(folder.path())
            .unwrap()
            .map(|it| it.unwrap().file_name().into_string().unwrap())
            .collect();
        files.sort();
        let mut expected = ["server.json", there];
        expected.sort();
        assert_eq!(files, expected);
        let kept = fs::read_to_string(folder.path().join(there)).unwrap();
        assert_eq!(kept, "mine");
    }
}

#[cfg(unix)]
#[test]
fn what_may_have_secrets_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with("{}");
    assert_eq!(run(&folder, &["init"]).0, 0);
    let config = folder.path().join("latchlet.jsonc");
    let mode = config.metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_mistake_after_a_comment_keeps_its_place() {
    let folder = Folder::with("{\n  // A comment \" with a quote.\n  \"clients\": [x]\n}");
    let (code, said) = run(&folder, &["serve", "--config", "server.json"]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("line 3"), "{said}");
}
