//! `latchlet simulate`, over the examples that the docs show.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

fn simulate(config: &Path, persona: &Path, options: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_latchlet"));
    command.arg("simulate").arg("--config").arg(config);
    command.arg("--persona").arg(persona).args(options);
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

#[test]
fn four_people_over_ten_logins() {
    let config = examples().join("progressive.json");
    for name in ["password", "google", "returning", "skipper"] {
        let persona = examples()
            .join("personas")
            .join(name)
            .with_extension("json");
        let (code, said, _) = simulate(&config, &persona, &["--logins", "10"]);
        assert_eq!(code, 0);
        insta::assert_snapshot!(format!("persona_{name}"), said);
    }
}

#[test]
fn machines_read_the_same() {
    let config = examples().join("progressive.json");
    let persona = examples().join("personas/password.json");
    let options = ["--logins", "3", "--format", "json"];
    let (_, said, _) = simulate(&config, &persona, &options);
    insta::assert_snapshot!(said);
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let good = examples().join("progressive.json");
    let persona = examples().join("personas/password.json");
    let said = |config: &Path, persona: &Path| {
        let (code, _, said) = simulate(config, persona, &[]);
        (
            code,
            said.replace(&format!("{}/", folder.path().display()), ""),
        )
    };
    let wrong = file(
        "persona.json",
        r#"{ "user": "", "signedUp": "today", "every": "1m", "does": ["skip"],
             "events": { "0": ["x"] }, "anwsers": {} }"#,
    );
    let (code, text) = said(&good, &wrong);
    assert_eq!(code, 1);
    insta::assert_snapshot!(text);
    let plain = file("plain.json", "{}");
    let (code, text) = said(&plain, &persona);
    assert_eq!(
        (code, text.as_str()),
        (
            1,
            "latchlet: plain.json: there is no `progressiveProfile`\n"
        )
    );
    let (code, text) = said(&file("broken.json", "{,"), &persona);
    assert_eq!(
        (code, text.as_str()),
        (
            2,
            "latchlet: broken.json:1:2: not JSON: key must be a string\n"
        )
    );
    assert_eq!(said(&folder.path().join("none.json"), &persona).0, 2);
}
