//! `connections`: database connections, in the shape of Auth0's client
//! settings (`/client/{id}.js`).

use crate::connection::Connection;
use crate::username::{self, UsernameRules};
use crate::value::Value;

use super::password_policy::read_policy;
use super::problem::{Code, Problem};
use super::read::Reader;

/// The database connection that the box uses: the one that
/// `defaultDatabaseConnection` names, else the first.
pub(super) fn read_connections(options: &mut Reader<'_>) -> Connection {
    let mut connections = Vec::new();
    for (path, item) in options.list("connections").unwrap_or_default() {
        connections.extend(read_connection(item, &path, options.problems()));
    }
    let Some(default) = options.text("defaultDatabaseConnection") else {
        return connections.into_iter().next().unwrap_or_default();
    };
    if connections.is_empty() {
        return Connection {
            name: default,
            ..Connection::default()
        };
    }
    let names: Vec<String> = connections.iter().map(|each| each.name.clone()).collect();
    if let Some(connection) = connections.into_iter().find(|each| each.name == default) {
        return connection;
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    options.one_of("defaultDatabaseConnection", &default, &names);
    Connection::default()
}

/// Reads one connection. `None` only if it has no usable name.
pub fn read_connection(
    value: &Value,
    path: &str,
    problems: &mut Vec<Problem>,
) -> Option<Connection> {
    let mut reader = Reader::new(value, path, problems)?;
    reader.allow(&[
        "name",
        "passwordPolicy",
        "password_complexity_options",
        "password_options",
        "requires_username",
        "validation",
    ]);
    let name = reader.required_text("name");
    let password_policy = read_policy(&mut reader);
    let rules = read_username_rules(&mut reader);
    let username = reader
        .bool("requires_username")
        .unwrap_or(false)
        .then_some(rules);
    Some(Connection {
        name: name?,
        password_policy,
        username,
    })
}

fn read_username_rules(reader: &mut Reader<'_>) -> UsernameRules {
    let mut rules = UsernameRules::default();
    let Some(mut validation) = reader.object("validation") else {
        return rules;
    };
    validation.allow(&["username"]);
    let Some(mut username) = validation.object("username") else {
        return rules;
    };
    username.allow(&["min", "max"]);
    if let Some(min) = username.whole_number("min", username::MAX_LENGTH) {
        rules.min = min.max(1);
    }
    if let Some(max) = username.whole_number("max", username::MAX_LENGTH) {
        rules.max = max;
    }
    if rules.min > rules.max {
        username.problem("max", Code::InvalidValue, "`max` is less than `min`");
    }
    rules
}
