//! `GET /client/{id}.js`: what a login box needs to know of its application.
//!
//! The reply is a script, `Auth0.setClient({…})`, for historical reasons. It
//! is never run: the object is cut out of the text and read as JSON.

use latchlet_core::{Object, Value};

use crate::malformed::{Malformed, object, text};

/// The application, and the database connections that it may use.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClientSettings {
    /// The client id.
    pub id: String,
    /// The entries of the `auth0` strategy, as core reads connections.
    pub connections: Vec<Object>,
}

impl ClientSettings {
    /// The object inside the script.
    pub fn to_value(&self) -> Value {
        let mut strategy = Object::new();
        strategy.insert("name", "auth0");
        strategy.insert(
            "connections",
            self.connections
                .iter()
                .cloned()
                .map(Value::from)
                .collect::<Vec<_>>(),
        );
        let mut client = Object::new();
        client.insert("id", self.id.as_str());
        client.insert("strategies", vec![Value::from(strategy)]);
        client.into()
    }

    /// Reads the object. Strategies other than databases are left alone.
    pub fn from_value(value: &Value) -> Result<Self, Malformed> {
        let client = object(value)?;
        let strategies = client
            .get("strategies")
            .and_then(Value::as_list)
            .ok_or_else(|| Malformed::new("strategies", "a list"))?;
        let connections = strategies
            .iter()
            .filter_map(Value::as_object)
            .filter(|strategy| strategy.text("name") == Some("auth0"))
            .filter_map(|strategy| strategy.get("connections")?.as_list())
            .flatten()
            .filter_map(Value::as_object)
            .cloned()
            .collect();
        Ok(Self {
            id: text(client, "id")?,
            connections,
        })
    }

    /// The JSON inside the script, if it is such a script.
    pub fn json_of(script: &str) -> Option<&str> {
        let call = script.trim().strip_prefix("Auth0.setClient(")?;
        call.trim_end_matches(';').trim_end().strip_suffix(')')
    }

    /// The script around the JSON of [`ClientSettings::to_value`].
    pub fn script_of(json: &str) -> String {
        ["Auth0.setClient(", json, ");"].concat()
    }
}
