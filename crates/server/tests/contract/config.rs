//! The config file: what it takes from a box's, and what it must not say.

use std::fs;

use latchlet_core::password::PasswordPolicy;
use latchlet_core::username::UsernameRules;
use latchlet_server::config::{ConfigError, ServerConfig};
use serde_json::{Value, json};

use crate::harness::config;

/// Reads a config beside a box's.
fn load(config: &Value, the_box: &Value) -> Result<ServerConfig, ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("server.json");
    fs::write(&path, config.to_string()).unwrap();
    fs::write(folder.path().join("box.json"), the_box.to_string()).unwrap();
    ServerConfig::load(&path, "https://login.example")
}

/// Reads a config with one connection.
fn load_connection(connection: Value, the_box: &Value) -> Result<ServerConfig, ConfigError> {
    let mut config = config();
    config["connections"] = json!([connection]);
    load(&config, the_box)
}

/// Where the mistakes are, and by which rule.
fn mistakes(result: Result<ServerConfig, ConfigError>) -> Vec<String> {
    match result {
        Err(ConfigError::Problems { problems, .. }) => problems
            .iter()
            .map(|problem| format!("{} {}", problem.path, problem.code.as_str()))
            .collect(),
        Err(error) => vec![error.to_string()],
        Ok(_) => Vec::new(),
    }
}

fn box_with_rules() -> Value {
    json!({
        "connections": [
            { "name": "others", "passwordPolicy": "low" },
            {
                "name": "users",
                "passwordPolicy": "excellent",
                "requires_username": true,
                "validation": { "username": { "min": 3, "max": 20 } }
            }
        ]
    })
}

#[test]
fn rules_that_the_box_alone_has_hold_on_the_server() {
    let config = load_connection(
        json!({ "name": "users", "box": "box.json" }),
        &box_with_rules(),
    )
    .unwrap();
    let rules = &config.connections[0].rules;
    let excellent = PasswordPolicy::named("excellent").unwrap();
    assert_eq!(rules.password_policy, excellent);
    assert_eq!(rules.username, Some(UsernameRules { min: 3, max: 20 }));
}

#[test]
fn a_box_that_says_nothing_of_a_connection_changes_nothing() {
    let said = json!({ "name": "mine", "passwordPolicy": "good", "box": "box.json" });
    for the_box in [json!({}), box_with_rules()] {
        let config = load_connection(said.clone(), &the_box).unwrap();
        let rules = &config.connections[0].rules;
        assert_eq!(
            Some(&rules.password_policy),
            PasswordPolicy::named("good").as_ref()
        );
        assert_eq!(rules.username, None);
    }
}

#[test]
fn a_box_and_a_server_that_say_different_things() {
    for (said, mistake) in [
        (
            json!({ "passwordPolicy": "excellent", "requires_username": true,
                    "validation": { "username": { "min": 3, "max": 20 } } }),
            None,
        ),
        (
            json!({ "passwordPolicy": "good" }),
            Some("connections[0].passwordPolicy invalid_value"),
        ),
        (
            json!({ "password_complexity_options": { "min_length": 15 } }),
            Some("connections[0].password_complexity_options invalid_value"),
        ),
        (
            json!({ "requires_username": false }),
            Some("connections[0].requires_username invalid_value"),
        ),
        (
            json!({ "validation": { "username": { "max": 30 } } }),
            Some("connections[0].validation invalid_value"),
        ),
    ] {
        let mut connection = said.clone();
        connection["name"] = json!("users");
        connection["box"] = json!("box.json");
        let found = mistakes(load_connection(connection, &box_with_rules()));
        let wanted: Vec<&str> = mistake.into_iter().collect();
        assert_eq!(found, wanted, "{said}");
    }
}

#[test]
fn mistakes_in_the_box_are_told_with_its_name() {
    for (the_box, mistake) in [
        (json!([]), "box.json wrong_type"),
        (
            json!({ "connections": [{ "name": "users", "passwordPolicy": "god" }] }),
            "box.json: connections[0].passwordPolicy invalid_value",
        ),
    ] {
        let said = json!({ "name": "users", "box": "box.json" });
        let found = mistakes(load_connection(said, &the_box));
        assert!(
            found.len() == 1 && found[0].ends_with(mistake),
            "{mistake}: {found:?}"
        );
    }
}

#[test]
fn a_server_without_clients_or_connections() {
    for empty in [json!([]), Value::Null] {
        let config = json!({ "clients": empty, "connections": empty });
        assert_eq!(
            mistakes(load(&config, &json!({}))),
            ["clients missing", "connections missing"],
            "{empty}"
        );
    }
}

#[test]
fn plain_http_is_for_this_machine_alone() {
    let client = |origin: &str| {
        let mut config = config();
        config["clients"] = json!([{
            "client_id": "app",
            "callbacks": [format!("{origin}/callback")],
            "allowed_origins": [origin],
            "web_origins": [origin],
        }]);
        mistakes(load(&config, &json!({ "additionalSignUpFields": [] })))
    };
    for origin in [
        "https://app.example",
        "http://localhost:3000",
        "http://127.0.0.1:3000",
        "http://[::1]:3000",
    ] {
        assert_eq!(client(origin), [""; 0], "{origin}");
    }
    for origin in [
        "http://app.example",
        "http://localhost.app.example",
        "http://192.168.0.7:3000",
        "ftp://app.example",
    ] {
        assert_eq!(
            client(origin),
            [
                "clients[0].allowed_origins invalid_value",
                "clients[0].callbacks invalid_value",
                "clients[0].web_origins invalid_value",
            ],
            "{origin}"
        );
    }
}
