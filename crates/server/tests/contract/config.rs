//! The config file: what it takes from a box's, and what it must not say.

use std::fs;

use latchlet_core::password::PasswordPolicy;
use latchlet_core::username::UsernameRules;
use latchlet_server::config::{ConfigError, ServerConfig};
use serde_json::{Value, json};

use crate::harness::config;

/// Reads a config beside a box's.
pub fn load(config: &Value, the_box: &Value) -> Result<ServerConfig, ConfigError> {
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
pub fn mistakes(result: Result<ServerConfig, ConfigError>) -> Vec<String> {
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
fn limits_and_proxies_that_cannot_be() {
    let mut config = config();
    config["limits"] = json!({
        "requests": { "most": 0 },
        "requests_per_address": false,
        "sign_ups_per_address": true,
        "wrong_logins_per_account": { "seconds": -1 },
        "wrong_login_per_address": {},
    });
    config["proxies"] = json!({
        "trusted": ["10.0.0.0/8", "::1", "proxy.internal", 1],
        "header": "x-real-ip",
    });
    assert_eq!(
        mistakes(load(&config, &json!({}))),
        [
            "limits.wrong_login_per_address unknown_option",
            "limits.requests.most invalid_value",
            "limits.sign_ups_per_address wrong_type",
            "limits.wrong_logins_per_account.seconds invalid_value",
            "proxies.trusted[2] invalid_value",
            "proxies.trusted[3] invalid_value",
            "proxies.header invalid_value",
        ]
    );
    config["limits"] = json!({});
    config["proxies"] = json!({ "trusted": [] });
    let found = mistakes(load(&config, &json!({})));
    assert_eq!(found, ["proxies.trusted missing"]);
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

#[test]
fn letters_travel_encrypted_or_not_at_all() {
    let mail = |smtp_url: &str, from: &str| {
        let mut config = config();
        config["mail"] = json!({ "smtp_url": smtp_url, "from": from });
        mistakes(load(&config, &json!({ "additionalSignUpFields": [] })))
    };
    let from = "Example <login@example.com>";
    for url in [
        "smtps://me:secret@smtp.example.com",
        "smtp://smtp.example.com:587?tls=required",
        "smtp://127.0.0.1:2525",
        "smtp://localhost",
    ] {
        assert_eq!(mail(url, from), [""; 0], "{url}");
    }
    for url in [
        "smtp://smtp.example.com",
        "smtp://smtp.example.com?tls=opportunistic",
        "http://smtp.example.com",
        "smtp.example.com",
        "smtps:",
    ] {
        assert_eq!(mail(url, from), ["mail.smtp_url invalid_value"], "{url}");
    }
    assert_eq!(
        mail("smtps://smtp.example.com", "nobody"),
        ["mail.from invalid_value"]
    );
}

#[test]
fn rules_for_new_passwords() {
    let read = |rules: Value| {
        let mut connection = rules;
        connection["name"] = json!("users");
        load_connection(connection, &json!({}))
    };
    let rules = read(json!({}))
        .unwrap()
        .connections
        .remove(0)
        .password_rules;
    assert!(rules.dictionary && rules.no_personal_info && rules.history == 0);
    let rules = read(json!({
        "password_dictionary": { "enable": false },
        "password_no_personal_info": { "enable": false },
        "password_history": { "enable": true },
    }));
    let rules = rules.unwrap().connections.remove(0).password_rules;
    assert!(!rules.dictionary && !rules.no_personal_info && rules.history == 5);
    for (rules, mistake) in [
        (
            json!({ "password_history": { "enable": true, "size": 25 } }),
            "connections[0].password_history.size invalid_value",
        ),
        (
            json!({ "password_history": { "enable": true, "size": 0 } }),
            "connections[0].password_history.size invalid_value",
        ),
        (
            json!({ "password_dictionary": { "dictionary": [7] } }),
            "connections[0].password_dictionary.dictionary invalid_value",
        ),
        (
            json!({ "password_dictionary": { "enabled": true } }),
            "connections[0].password_dictionary.enabled unknown_option",
        ),
        (
            json!({ "password_no_personal_info": true }),
            "connections[0].password_no_personal_info wrong_type",
        ),
    ] {
        assert_eq!(mistakes(read(rules.clone())), [mistake], "{rules}");
    }
}

#[test]
fn a_connection_is_of_a_strategy_that_is_served() {
    for (connection, mistake) in [
        (json!({ "strategy": "email", "name": "email" }), None),
        (
            json!({ "strategy": "sms", "name": "sms", "disable_signup": true }),
            None,
        ),
        (json!({ "strategy": "auth0", "name": "users" }), None),
        (
            json!({ "strategy": "emial", "name": "email" }),
            Some("connections[0].strategy invalid_value"),
        ),
        (
            json!({ "strategy": "email", "name": "email", "passwordPolicy": "good" }),
            Some("connections[0].passwordPolicy unknown_option"),
        ),
        (
            json!({ "strategy": "email" }),
            Some("connections[0].name missing"),
        ),
    ] {
        let found = mistakes(load_connection(connection.clone(), &json!({})));
        let wanted: Vec<&str> = mistake.into_iter().collect();
        assert_eq!(found, wanted, "{connection}");
    }
    let mut config = config();
    config["connections"] = json!([{ "name": "a" }, { "name": "a", "strategy": "email" }]);
    assert_eq!(
        mistakes(load(&config, &json!({}))),
        ["connections[1].name duplicate_name"]
    );
}

#[test]
fn what_the_box_asks_after_the_sign_up_comes_along() {
    let mut the_box = box_with_rules();
    the_box["additionalSignUpFields"] = json!([{ "name": "company", "label": "Company" }]);
    let said = json!({ "name": "users", "box": "box.json" });
    let config = load_connection(said.clone(), &the_box).unwrap();
    let connection = config.connection("users").unwrap();
    assert_eq!(connection.form.as_ref().unwrap().len(), 1);
    assert_eq!(connection.progressive, None);

    the_box["progressiveProfile"] = json!({
        "fields": [
            { "name": "company", "ask": { "fromLogin": 2 } },
            { "name": "motto", "label": { "de": "Motto", "en": "Your motto" } },
        ],
        "maxFields": 1,
    });
    let config = load_connection(said.clone(), &the_box).unwrap();
    let connection = config.connection("users").unwrap();
    assert_eq!(
        connection.form.as_ref().unwrap().len(),
        1,
        "the form is the sign-up's"
    );
    let asked = connection.progressive.as_ref().unwrap();
    assert_eq!(asked.policy.max_fields, 1);
    assert_eq!(asked.schema.sign_up.len(), 1);
    let labels = asked.schema.fields.iter().map(|it| it.field.label.as_str());
    assert!(labels.eq(["Company", "Your motto"]));

    the_box["progressiveProfile"]["fields"][1]["storage"] = json!("root");
    let found = mistakes(load_connection(said, &the_box));
    let mistake = "box.json: progressiveProfile.fields[1].storage invalid_value";
    assert!(found.len() == 1 && found[0].ends_with(mistake), "{found:?}");
    let alone = load_connection(json!({ "name": "users" }), &the_box).unwrap();
    let alone = alone.connection("users").unwrap();
    assert!(alone.form.is_none() && alone.progressive.is_none());
}
