//! The config of social and enterprise connections

use latchlet_server::config::{ConfigError, ServerConfig};
use serde_json::{Value, json};

use crate::config::{load, mistakes};
use crate::harness::{config, merge};

fn google(options: Value) -> Value {
    let mut all = json!({ "client_id": "me", "client_secret": "secret" });
    merge(&mut all, options);
    json!({ "name": "google-oauth2", "strategy": "google-oauth2", "options": all })
}

fn oidc(name: &str, options: Value) -> Value {
    let mut all = json!({ "client_id": "me", "issuer": "https://idp.example" });
    merge(&mut all, options);
    json!({ "name": name, "strategy": "oidc", "options": all })
}

fn load_connections(connections: Value) -> Result<ServerConfig, ConfigError> {
    let mut config = config();
    config["connections"] = connections;
    load(&config, &json!({}))
}

#[test]
fn a_well_known_provider_needs_an_id_and_a_secret() {
    let config = load_connections(json!([google(json!({}))])).unwrap();
    let google = config.federated("google-oauth2").unwrap();
    assert_eq!(google.issuer, "https://accounts.google.com");
    assert_eq!(google.scope, "openid profile email");
    assert!(google.trust_email && google.on_each_login && !google.disable_signup);
    assert_eq!(google.client_secret.as_ref().unwrap().reveal(), "secret");
    assert!(!format!("{config:?}").contains("secret\""), "{config:?}");
}

#[test]
fn a_secret_may_stand_in_the_environment() {
    // Whatever runs tests has a path.
    let secret = json!({ "client_secret": { "env": "PATH" } });
    let config = load_connections(json!([google(secret)])).unwrap();
    let secret = config.federated[0].client_secret.as_ref().unwrap();
    assert_eq!(secret.reveal(), std::env::var("PATH").unwrap());
    let nowhere = json!({ "client_secret": { "env": "LATCHLET_NO_SUCH_VARIABLE" } });
    assert_eq!(
        mistakes(load_connections(json!([google(nowhere)]))),
        ["connections[0].options.client_secret.env missing"]
    );
}

#[test]
fn microsoft_vouches_for_no_address() {
    let tenant = "https://login.microsoftonline.com/6babcaad-604b-40ac-a9d7-9fd97c0b779f/v2.0";
    let connection = |options| {
        let mut connection = oidc("entra", options);
        connection["strategy"] = json!("waad");
        load_connections(json!([connection])).map(|config| config.federated[0].trust_email)
    };
    let trusted = |more: Value| {
        let mut options = json!({ "issuer": tenant });
        merge(&mut options, more);
        connection(options).unwrap()
    };
    assert!(!trusted(json!({})));
    assert!(trusted(json!({ "trust_email": true })));
}

#[test]
fn mistakes_are_told_with_their_place() {
    for (connection, mistake) in [
        (
            json!({ "name": "g", "strategy": "google-oauth" }),
            "connections[0].strategy invalid_value",
        ),
        (
            json!({ "name": "g", "strategy": "google-oauth2" }),
            "connections[0].options missing",
        ),
        (
            google(json!({ "client_id": null })),
            "connections[0].options.client_id missing",
        ),
        (
            google(json!({ "client_secret": "" })),
            "connections[0].options.client_secret invalid_value",
        ),
        (
            google(json!({ "clientSecret": "x" })),
            "connections[0].options.clientSecret unknown_option",
        ),
        (
            google(json!({ "scope": "email" })),
            "connections[0].options.scope invalid_value",
        ),
        (
            google(json!({ "trust_email": "yes" })),
            "connections[0].options.trust_email wrong_type",
        ),
        (
            google(json!({ "icon_url": "icon.svg" })),
            "connections[0].options.icon_url invalid_value",
        ),
        (
            google(json!({ "set_user_root_attributes": "always" })),
            "connections[0].options.set_user_root_attributes invalid_value",
        ),
        (
            google(json!({ "token_endpoint_auth_method": "private_key_jwt" })),
            "connections[0].options.token_endpoint_auth_method invalid_value",
        ),
        (
            google(json!({ "token_endpoint_auth_method": "none" })),
            "connections[0].options.token_endpoint_auth_method invalid_value",
        ),
        (
            oidc(
                "corp",
                json!({ "token_endpoint_auth_method": "client_secret_post" }),
            ),
            "connections[0].options.token_endpoint_auth_method invalid_value",
        ),
        (
            google(json!({ "domain_aliases": ["example.com"] })),
            "connections[0].options.domain_aliases invalid_value",
        ),
        (
            oidc(
                "corp",
                json!({ "domain_aliases": ["example.com", "https://example.com"] }),
            ),
            "connections[0].options.domain_aliases[1] invalid_value",
        ),
        (
            oidc("corp|x", json!({})),
            "connections[0].name invalid_value",
        ),
        (
            oidc("corp", json!({ "issuer": null })),
            "connections[0].options.issuer missing",
        ),
        (
            oidc("corp", json!({ "link_to": "users" })),
            "connections[0].options.link_to invalid_value",
        ),
    ] {
        let found = mistakes(load_connections(json!([connection])));
        assert_eq!(found, [mistake], "{connection}");
    }
}

#[test]
fn a_provider_is_reached_by_tls_or_on_this_machine() {
    for (issuer, is_good) in [
        ("https://idp.example/", true),
        ("https://idp.example/realms/one", true),
        ("http://127.0.0.1:4000", true),
        ("http://idp.example", false),
        ("https://idp.example/?tenant=1", false),
        ("https://idp.example/#", false),
        ("https://me@idp.example", false),
        ("idp.example", false),
    ] {
        let found = load_connections(json!([oidc("corp", json!({ "issuer": issuer }))]));
        let wanted: &[&str] = match is_good {
            true => &[],
            false => &["connections[0].options.issuer invalid_value"],
        };
        assert_eq!(mistakes(found), wanted, "{issuer}");
    }
}

#[test]
fn connections_that_would_make_two_of_one_person() {
    let mut second = google(json!({}));
    second["name"] = json!("google-2");
    assert_eq!(
        mistakes(load_connections(json!([google(json!({})), second]))),
        ["connections[1].strategy duplicate_name"]
    );
    let two = json!([oidc("one", json!({})), oidc("two", json!({}))]);
    assert_eq!(mistakes(load_connections(two)), [""; 0]);
    let same = json!([{ "name": "corp" }, oidc("corp", json!({}))]);
    assert_eq!(
        mistakes(load_connections(same)),
        ["connections[1].name duplicate_name"]
    );
}

#[test]
fn accounts_are_linked_to_a_database_that_is_there() {
    let link = |options: Value| {
        mistakes(load_connections(json!([
            oidc("corp", options),
            { "name": "users" }
        ])))
    };
    assert_eq!(link(json!({ "link_to": "users" })), [""; 0]);
    assert_eq!(
        link(json!({ "link_to": "people" })),
        ["connections[0].options.link_to invalid_value"]
    );
    assert_eq!(
        link(json!({ "link_to": "users", "trust_email": false })),
        ["connections[0].options.link_to invalid_value"]
    );
}
