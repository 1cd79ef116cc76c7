//! `connections`, in the shape of Auth0's client settings (`/client/{id}.js`).

use crate::connection::{Channel, Connection, Connections, Federated, Passwordless};
use crate::username::{self, UsernameRules};
use crate::value::Value;

use super::password_policy::read_policy;
use super::problem::{Code, Place, Problem};
use super::read::{Reader, texts};
use super::spec::{AUTH_BUTTON, DATABASE, METHODS, PROVIDER, USERNAME, VALIDATION};

/// Reads `connections`, and what other options say about them.
pub(super) fn read_connections(options: &mut Reader<'_>) -> Connections {
    let mut connections = Connections::default();
    let mut order = Vec::new();
    for (place, item) in options.list("connections").unwrap_or_default() {
        let Some(read) = read_any(item, &place, options.problems()) else {
            continue;
        };
        let name = match &read {
            Any::Database(connection) => &connection.name,
            Any::Federated(connection) => &connection.name,
            Any::Passwordless(connection) => &connection.name,
        };
        if order.contains(name) {
            let message = ["`", name, "` stands twice"];
            options.explain("connections", Code::DuplicateName, &message);
        }
        order.push(name.clone());
        connections.add(read);
    }
    read_buttons(options, &mut connections);
    if let Some(link) = read_method(options) {
        match &mut connections.passwordless {
            // A text message holds no link that a login could trust.
            Some(passwordless) => {
                passwordless.link = link && passwordless.channel == Channel::Email
            }
            None => {
                connections.passwordless = Some(Passwordless {
                    name: "email".to_owned(),
                    channel: Channel::Email,
                    link,
                });
            }
        }
    }
    let allowed = texts(options, "allowedConnections");
    if !allowed.is_empty() && !order.is_empty() {
        for name in &allowed {
            if !order.contains(name) {
                options.one_of("allowedConnections", name, &order);
            }
        }
    }
    connections.allow(&allowed);
    if order.is_empty() && allowed.is_empty() && connections.databases.is_empty() {
        connections.databases.push(Connection::default());
    }
    read_default(options, &mut connections);
    connections
}

enum Any {
    Database(Connection),
    Federated(Federated),
    Passwordless(Passwordless),
}

impl Connections {
    fn add(&mut self, connection: Any) {
        match connection {
            Any::Database(connection) => self.databases.push(connection),
            Any::Federated(connection) => self.federated.push(connection),
            // Lock, too, takes the first of several.
            Any::Passwordless(connection) => {
                self.passwordless.get_or_insert(connection);
            }
        }
    }

    /// Leaves those that are named, in the order of their names; all, if there
    /// are no names.
    pub fn allow(&mut self, names: &[String]) {
        if names.is_empty() {
            return;
        }
        let databases = core::mem::take(&mut self.databases);
        let federated = core::mem::take(&mut self.federated);
        for name in names {
            let database = databases.iter().find(|it| it.name == *name);
            self.databases.extend(database.cloned());
            let federated = federated.iter().find(|it| it.name == *name);
            self.federated.extend(federated.cloned());
        }
        let passwordless = self.passwordless.take();
        self.passwordless = passwordless.filter(|it| names.contains(&it.name));
    }

    /// The settings of a client, as `/client/{id}.js` has them: strategies
    /// with their connections. What is not understood is left out, since it
    /// was not the page's author who wrote it.
    pub fn from_client(settings: &Value) -> Self {
        let mut connections = Self::default();
        let list = |value: &Value, name: &str| -> Vec<Value> {
            let list = value.as_object().and_then(|object| object.get(name));
            list.and_then(Value::as_list).unwrap_or_default().to_vec()
        };
        for strategy in list(settings, "strategies") {
            let name = strategy.as_object().and_then(|it| it.text("name"));
            let name = name.unwrap_or_default().to_owned();
            for mut connection in list(&strategy, "connections") {
                if let Value::Object(connection) = &mut connection {
                    connection.insert("strategy", name.as_str());
                }
                let read = read_any(&connection, &Place::default(), &mut Vec::new());
                if let Some(read) = read {
                    connections.add(read);
                }
            }
        }
        connections
    }
}

/// Reads one connection of any strategy. `None` only if it has no usable name.
fn read_any(value: &Value, place: &Place, problems: &mut Vec<Problem>) -> Option<Any> {
    let mut reader = Reader::new(value, place, problems)?;
    let strategy = reader
        .text("strategy")
        .unwrap_or_else(|| "auth0".to_owned());
    let channel = match strategy.as_str() {
        "auth0" => return read_connection(value, place, problems).map(Any::Database),
        "email" => Some(Channel::Email),
        "sms" => Some(Channel::Sms),
        _ => None,
    };
    reader.allow(PROVIDER.names);
    let _ = (reader.text("domain"), texts(&mut reader, "domain_aliases"));
    let name = reader.required_text("name")?;
    if let Some(channel) = channel {
        return Some(Any::Passwordless(Passwordless {
            name,
            channel,
            link: false,
        }));
    }
    let label = reader
        .text("display_name")
        .filter(|label| !label.is_empty());
    let icon = reader.text("icon");
    let icon = icon.filter(|icon| reader.address("icon", icon));
    Some(Any::Federated(Federated {
        label: label.unwrap_or_else(|| known_label(&strategy).unwrap_or(&name).to_owned()),
        name,
        strategy,
        icon,
    }))
}

/// What the best known of Auth0's strategies are called.
pub fn known_label(strategy: &str) -> Option<&'static str> {
    Some(match strategy {
        "amazon" => "Amazon",
        "apple" => "Apple",
        "bitbucket" => "Bitbucket",
        "facebook" => "Facebook",
        "github" => "GitHub",
        "google-oauth2" | "google-apps" => "Google",
        "linkedin" => "LinkedIn",
        "paypal" => "PayPal",
        "twitter" => "X",
        "waad" | "windowslive" => "Microsoft",
        _ => return None,
    })
}

/// `theme.authButtons`: what Lock says of buttons.
fn read_buttons(options: &mut Reader<'_>, connections: &mut Connections) {
    // What is no object is told where the theme itself is read.
    if options.get("theme").and_then(Value::as_object).is_none() {
        return;
    }
    let Some(mut theme) = options.object("theme") else {
        return;
    };
    let Some(mut buttons) = theme.object("authButtons") else {
        return;
    };
    for (name, _) in buttons.entries().iter() {
        let Some(mut button) = buttons.object(name) else {
            continue;
        };
        button.allow(AUTH_BUTTON.names);
        let _ = (button.text("foregroundColor"), button.text("primaryColor"));
        let label = button.text("displayName");
        let icon = button.text("icon");
        let icon = icon.filter(|icon| button.address("icon", icon));
        if let Some(known) = connections.federated.iter_mut().find(|it| it.name == name) {
            if let Some(label) = label {
                known.label = label;
            }
            known.icon = icon.or(known.icon.take());
        }
    }
}

/// `passwordlessMethod`: whether a link is sent.
fn read_method(options: &mut Reader<'_>) -> Option<bool> {
    let method = options.text("passwordlessMethod")?;
    if !METHODS.contains(&method.as_str()) {
        options.one_of("passwordlessMethod", &method, &METHODS);
    }
    Some(method == "link")
}

/// `defaultDatabaseConnection` comes first.
fn read_default(options: &mut Reader<'_>, connections: &mut Connections) {
    let Some(default) = options.text("defaultDatabaseConnection") else {
        return;
    };
    let databases = &mut connections.databases;
    if options.get("connections").is_none() {
        *databases = vec![Connection {
            name: default,
            ..Connection::default()
        }];
    } else if let Some(place) = databases.iter().position(|each| each.name == default) {
        let connection = databases.remove(place);
        databases.insert(0, connection);
    } else {
        let names = databases.iter().map(|each| &each.name);
        options.one_of("defaultDatabaseConnection", &default, names);
    }
}

/// Reads one database connection. `None` only if it has no usable name.
pub fn read_connection(
    value: &Value,
    place: &Place,
    problems: &mut Vec<Problem>,
) -> Option<Connection> {
    let mut reader = Reader::new(value, place, problems)?;
    reader.allow(DATABASE.names);
    let _ = reader.text("display_name");
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
        allows_sign_up: reader.bool("showSignup").unwrap_or(true),
        allows_reset: reader.bool("showForgot").unwrap_or(true),
    })
}

fn read_username_rules(reader: &mut Reader<'_>) -> UsernameRules {
    let mut rules = UsernameRules::default();
    let Some(mut validation) = reader.object("validation") else {
        return rules;
    };
    validation.allow(VALIDATION.names);
    let Some(mut username) = validation.object("username") else {
        return rules;
    };
    username.allow(USERNAME.names);
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
