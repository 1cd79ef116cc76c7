//! Connections to other providers, as `/client/{id}.js` lists them and the box
//! reads them.

use latchlet_core::connection::Connections;
use latchlet_wire::{ClientSettings, FederatedSettings};

#[test]
fn others_stand_under_their_strategy_and_become_buttons() {
    let named = |strategy: &str, name: &str| FederatedSettings {
        strategy: strategy.to_owned(),
        name: name.to_owned(),
        ..FederatedSettings::default()
    };
    let settings = ClientSettings {
        id: "app".to_owned(),
        connections: Vec::new(),
        passwordless: Vec::new(),
        federated: vec![
            named("google-oauth2", "google-oauth2"),
            FederatedSettings {
                display_name: Some("Example & Co".to_owned()),
                icon: Some("https://example.com/icon.svg".to_owned()),
                domain_aliases: vec!["example.com".to_owned(), "example.org".to_owned()],
                ..named("oidc", "corp")
            },
            named("oidc", "partner"),
        ],
    };
    let value = settings.to_value();
    assert_eq!(
        serde_json::to_string(&value).unwrap(),
        r#"{"id":"app","strategies":[{"name":"google-oauth2","connections":[{"name":"google-oauth2"}]},{"name":"oidc","connections":[{"name":"corp","display_name":"Example & Co","icon":"https://example.com/icon.svg","domain":"example.com","domain_aliases":["example.com","example.org"]},{"name":"partner"}]}]}"#
    );
    let buttons = Connections::from_client(&value).federated;
    let labels: Vec<&str> = buttons.iter().map(|it| it.label.as_str()).collect();
    assert_eq!(labels, ["Google", "Example & Co", "partner"]);
}
