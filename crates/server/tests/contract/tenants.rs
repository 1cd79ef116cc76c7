//! `continue` in the config: tenants that send people here

use serde_json::{Value, json};

use crate::config::{load, mistakes};
use crate::harness::{config, merge};

#[test]
fn what_is_said_of_a_tenant() {
    let the_box = json!({
        "progressiveProfile": { "fields": [{ "name": "company", "label": "Company" }] }
    });
    let load_with = |tenants: Value| {
        let mut config = config();
        config["connections"] = json!([
            { "name": "users", "box": "box.json" },
            { "name": "plain" },
        ]);
        config["continue"] = tenants;
        load(&config, &the_box)
    };
    let secret = "x".repeat(32);
    let tenant = |changes: Value| {
        let mut tenant = json!({
            "domain": "tenant.eu.auth0.com", "secret": secret, "connection": "users",
            "applications": ["https://a.example"],
        });
        merge(&mut tenant, changes);
        json!([tenant])
    };
    let config = load_with(tenant(json!({}))).unwrap();
    let read = &config.continuations[0];
    assert_eq!(read.origin(), "https://tenant.eu.auth0.com");
    assert_eq!(read.applications, ["https://a.example"]);
    assert!(!format!("{config:?}").contains(&secret));
    let here = load_with(tenant(json!({ "domain": "127.0.0.1:4000" }))).unwrap();
    assert_eq!(here.continuations[0].origin(), "http://127.0.0.1:4000");
    // Cargo sets it for every test.
    let env = json!({ "secret": { "env": "CARGO_PKG_DESCRIPTION" } });
    assert!(load_with(tenant(env)).is_ok());
    for (changes, mistake) in [
        (
            json!({ "applications": null }),
            "continue[0].applications missing",
        ),
        (json!({ "domain": null }), "continue[0].domain missing"),
        (
            json!({ "domain": "https://x.example" }),
            "continue[0].domain invalid_value",
        ),
        (
            json!({ "domain": "x.example/path" }),
            "continue[0].domain invalid_value",
        ),
        (json!({ "secret": null }), "continue[0].secret missing"),
        (
            json!({ "secret": "short" }),
            "continue[0].secret invalid_value",
        ),
        (
            json!({ "secret": { "env": "NOBODY_SETS_THIS" } }),
            "continue[0].secret.env missing",
        ),
        (
            json!({ "connection": "plain" }),
            "continue[0].connection invalid_value",
        ),
        (
            json!({ "client_id": "app" }),
            "continue[0].client_id unknown_option",
        ),
        (
            json!({ "applications": ["https://a.b/c"] }),
            "continue[0].applications[0] invalid_value",
        ),
    ] {
        assert_eq!(mistakes(load_with(tenant(changes))), [mistake]);
    }
    let mut twice = tenant(json!({}));
    let again = twice[0].clone();
    twice.as_array_mut().unwrap().push(again);
    assert_eq!(
        mistakes(load_with(twice)),
        ["continue[1].domain duplicate_name"]
    );
}
