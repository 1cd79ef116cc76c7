//! `latchlet check`, as a person and as a machine see it.

use std::fs;
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

/// Checks files of a folder, each with its name and text.
fn check(files: &[(&str, &str)], options: &[&str]) -> (i32, String) {
    let folder: TempDir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_latchlet"));
    command.arg("check").args(options);
    command.args(files.iter().map(|(name, _)| name));
    let Output { status, stdout, .. } = command.current_dir(folder.path()).output().unwrap();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap())
}

fn config(fields: Value) -> String {
    config_with(fields, json!({}))
}

fn config_with(fields: Value, auth: Value) -> String {
    json!({
        "clientId": "app",
        "domain": "login.example.com",
        "auth": auth,
        "additionalSignUpFields": fields,
    })
    .to_string()
}

#[test]
fn a_config_that_is_fine() {
    let fine = config(json!([{ "name": "company", "label": "Company" }]));
    let files = [("box.json", fine.as_str())];
    assert_eq!(check(&files, &[]), (0, "box.json: fine\n".to_owned()));
    assert_eq!(check(&files, &["--strict"]).0, 0);
}

#[test]
fn problems_are_those_of_the_box() {
    let wrong = json!({
        "clientId": "app",
        "domain": "http://login.example.com",
        "additionalSignupFields": [],
        "additionalSignUpFields": [
            { "name": "a", "label": "A", "when": { "field": "b", "exists": true } },
            { "name": "c", "label": "C", "validator": "isGood" },
        ],
    })
    .to_string();
    let (code, said) = check(&[("box.json", &wrong)], &[]);
    assert_eq!(code, 1);
    insta::assert_snapshot!(said);
}

#[test]
fn every_piece_of_advice() {
    let fields = json!([
        { "name": "phone", "label": "Phone", "type": "tel" },
        { "name": "born", "label": "Born", "type": "date", "autocomplete": "bday", "purpose": "To greet you" },
        { "name": "country", "placeholder": "Country", "type": "country" },
        { "name": "mobile", "label": "Mobile", "type": "tel", "purpose": "To call you" },
        { "name": "again", "label": "Again", "type": "password", "rules": { "equals": "password" } },
        { "name": "pin", "label": "PIN", "type": "password", "storage": "user_metadata" },
        { "name": "mail", "label": "Mail", "type": "email" },
        { "name": "about", "label": "About", "type": "textarea", "rules": { "maxLength": 501 } },
        { "name": "more", "label": "More", "type": "textarea" },
        { "name": "size", "label": "Size", "type": "select", "options": ["s", "m"] },
        { "name": "colour", "label": "Colour", "type": "combobox", "options": ["red", "blue"] },
        { "name": "topics", "label": "Topics", "type": "checkboxes", "options": ["a", "b"] },
        { "name": "f1", "label": "F" },
        { "name": "f2", "label": "F" },
        { "name": "street", "label": "Street" },
    ]);
    let config = config(fields);
    let files = [("box.json", config.as_str())];
    let (code, said) = check(&files, &[]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(said);
    assert_eq!(check(&files, &["--strict"]), (1, said));
}

#[test]
fn what_is_asked_later_is_not_too_much_at_once() {
    let field = |name: &str| json!({ "name": name, "label": "F" });
    let many = json!({
        "clientId": "app",
        "domain": "login.example.com",
        "additionalSignUpFields": [field("a"), field("b"), field("c"), field("d")],
        "layout": [
            { "step": "Account", "fields": ["email", "password", "a", "b", "c"] },
            { "step": "You", "fields": ["d"] },
        ],
    });
    let (_, said) = check(&[("box.json", &many.to_string())], &[]);
    assert_eq!(said, "box.json: fine\n");
}

#[test]
fn what_is_sent_after_the_sign_up_needs_a_token() {
    let topics =
        json!([{ "name": "topics", "label": "T", "type": "checkboxes", "options": ["a"] }]);
    let audience = "https://login.example.com/api/v2/";
    let scope = "openid update:current_user_metadata";
    let said = |auth: Value| {
        let (code, said) = check(&[("box.json", &config_with(topics.clone(), auth))], &[]);
        assert_eq!(code, 0);
        assert!(
            said.contains("`topics` is sent after the sign-up"),
            "{said}"
        );
        said
    };
    let enough = said(json!({ "audience": audience, "params": { "scope": scope } }));
    assert!(!enough.contains("[deferred]"), "{enough}");
    let half = said(json!({ "audience": audience }));
    assert!(half.contains("which needs the scope"), "{half}");
    let half = said(json!({ "params": { "scope": scope } }));
    assert!(half.contains("which needs `auth.audience`"), "{half}");
    let server = said(json!({
        "audience": audience,
        "params": { "scope": scope },
        "responseType": "code",
        "redirectUrl": "https://example.com/callback",
    }));
    assert!(server.contains("your own server"), "{server}");
}

fn asking_later(asked: Value, auth: Value) -> String {
    json!({
        "clientId": "app",
        "domain": "login.example.com",
        "auth": auth,
        "known": { "plan": "pro" },
        "additionalSignUpFields": [
            { "name": "name", "label": "Name", "storage": "root" },
            { "name": "company", "label": "Company" },
        ],
        "progressiveProfile": asked,
    })
    .to_string()
}

#[test]
fn every_piece_of_advice_about_what_is_asked_after_the_sign_up() {
    let asked = json!({
        "maxFields": 4,
        "fields": [
            { "name": "company", "required": null, "ask": { "fromLogin": 2 } },
            { "name": "organization", "label": "Employer" },
            { "name": "firm", "label": "company" },
            { "name": "mail", "label": "Mail", "type": "email" },
            { "name": "phone", "label": "Phone", "type": "tel", "ask": { "maxTimes": 0 } },
            { "name": "motto", "label": "Motto", "ask": { "share": 0 } },
            { "name": "team", "label": "Team", "required": true },
            {
                "name": "size",
                "label": "Size",
                "from": [
                    "metadata.size", "metadata.name", "metadata.sice", "metadata.company",
                    "profile.user_metadata.size", "known.size", "known.plan",
                    "claims.phone_number", "claims.name", "claims.size", "enrichment.size",
                ],
            },
        ],
    });
    let config = asking_later(asked, json!({}));
    let files = [("box.json", config.as_str())];
    let (code, said) = check(&files, &[]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(said);
    assert_eq!(check(&files, &["--strict"]), (1, said));
}

#[test]
fn what_is_asked_in_time_of_whom_it_may_be_needs_no_advice() {
    let fields = json!([
        // What must be answered, or is asked for, is asked whatever the share.
        { "name": "a", "label": "A", "ask": { "requiredFrom": "2026-12-01", "share": 0 } },
        { "name": "b", "label": "B", "ask": { "onDemand": true, "maxTimes": 0 } },
        { "name": "c", "label": "C", "required": true, "ask": { "fromLogin": 2 } },
        { "name": "d", "label": "D", "required": true, "ask": { "sinceSignUp": "1d" } },
        { "name": "e", "label": "E", "required": true, "ask": { "event": "exported" } },
        { "name": "f", "label": "F", "required": true, "when": { "known": "plan", "equals": "pro" } },
        // Only a server writes it, so nobody hesitates.
        { "name": "country", "label": "Country", "type": "country", "write": "server" },
    ]);
    let asked = json!({ "fields": fields, "maxFields": 3, "save": { "url": "/profile" } });
    let config = asking_later(asked, json!({}));
    let files = [("box.json", config.as_str())];
    assert_eq!(check(&files, &[]), (0, "box.json: fine\n".to_owned()));
}

#[test]
fn saving_answers_needs_a_token() {
    let said = |save: &str, auth: Value| {
        let fields = json!([{ "name": "motto", "label": "Motto" }]);
        let asked = json!({ "fields": fields, "save": save });
        check(&[("box.json", &asking_later(asked, auth))], &[]).1
    };
    let audience = "https://login.example.com/api/v2/";
    let scope = "openid read:current_user update:current_user_metadata";
    let enough = json!({ "audience": audience, "params": { "scope": scope } });
    for save in ["auth0", "latchlet"] {
        assert_eq!(said(save, enough.clone()), "box.json: fine\n");
        let half = said(
            save,
            json!({ "audience": audience, "params": { "scope": "openid read:current_user" } }),
        );
        assert!(
            half.contains("which needs the scope `update:current_user_metadata` in"),
            "{half}"
        );
        let none = said(save, json!({ "audience": audience }));
        assert!(
            none.contains("the scopes `read:current_user` and `update:"),
            "{none}"
        );
        let half = said(save, json!({ "params": { "scope": scope } }));
        assert!(
            half.contains("which needs `auth.audience` to be `https"),
            "{half}"
        );
        assert!(!half.contains("the scope"), "{half}");
    }
    assert_eq!(said("continue", json!({})), "box.json: fine\n");
}

#[test]
fn what_is_no_json_is_told_with_its_place() {
    let files = [
        ("broken.json", "{\n  \"clientId\": app\n}"),
        ("twice.json", "{ \"a\": 1,\n \"a\": 2 }"),
        ("list.json", "[]"),
    ];
    let (code, said) = check(&files, &["missing.json"]);
    assert_eq!(code, 2);
    insta::assert_snapshot!(said);
}

#[test]
fn machines_read_the_same() {
    let advised = config(json!([
        { "name": "phone", "label": "Phone", "type": "tel" },
        { "name": "topics", "label": "T", "type": "checkboxes", "options": ["a"] },
    ]));
    let files = [
        ("advised.json", advised.as_str()),
        ("wrong.json", r#"{ "clientID": "app", "domain": "x.org" }"#),
        ("broken.json", "{"),
    ];
    let (code, said) = check(&files, &["--format", "json"]);
    assert_eq!(code, 2);
    let said: Value = serde_json::from_str(&said).unwrap();
    insta::assert_json_snapshot!(said);
}

#[test]
fn what_the_page_adds_can_be_given() {
    let files = [("box.json", "{}")];
    let options = ["--domain", "login.example.com", "--client-id", "app"];
    assert_eq!(check(&files, &options), (0, "box.json: fine\n".to_owned()));
    assert_eq!(check(&files, &[]).0, 1);
}

/// The one that docs/PROGRESSIVE.md shows.
#[test]
fn the_example_of_progressive_profiling_is_as_good_as_its_advice() {
    let docs = include_str!("../../../../docs/PROGRESSIVE.md");
    assert!(docs.contains("examples/progressive.json"));
    let example = include_str!("../../../../examples/progressive.json");
    let files = [("progressive.json", example)];
    let fine = (0, "progressive.json: fine\n".to_owned());
    assert_eq!(check(&files, &["--strict"]), fine);
}

/// Those that docs/FIELDS.md shows.
#[test]
fn every_example_is_as_good_as_its_advice() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/fields");
    let entries = fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let docs = include_str!("../../../../docs/FIELDS.md");
    for file in &files {
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(docs.contains(&format!("examples/fields/{name}")), "{name}");
    }
    assert_eq!(files.len(), 8);
    let mut command = Command::new(env!("CARGO_BIN_EXE_latchlet"));
    let Output { status, stdout, .. } = command
        .args(["check", "--strict"])
        .args(&files)
        .output()
        .unwrap();
    let said = String::from_utf8(stdout).unwrap();
    assert_eq!(status.code(), Some(0), "{said}");
    for shown in [": cannot be read", "problem", "suggestion"] {
        assert!(!said.contains(shown), "{said}");
    }
}
