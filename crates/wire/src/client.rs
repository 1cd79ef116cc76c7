//! `GET /client/{id}.js`: what a login box needs to know of its application.
//!
//! The reply is a script, `Auth0.setClient({…})`, for historical reasons.

use latchlet_core::password::{CharacterType, PasswordPolicy, PasswordRule};
use latchlet_core::{Connection, Object, Value};

use crate::malformed::insert_some;

/// The application, and the connections that it may use.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientSettings {
    /// The client id.
    pub id: String,
    /// The entries of the `auth0` strategy.
    pub connections: Vec<ConnectionSettings>,
    /// The passwordless connections, each with its strategy, `email` or `sms`.
    pub passwordless: Vec<(&'static str, String)>,
    /// The social and enterprise connections.
    pub federated: Vec<FederatedSettings>,
}

/// A social or enterprise connection, as a login box has to know it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FederatedSettings {
    /// Its strategy, such as `google-oauth2`.
    pub strategy: String,
    /// Its name.
    pub name: String,
    /// What its button calls it.
    pub display_name: Option<String>,
    /// The address of the image on its button.
    pub icon: Option<String>,
    /// The domains of an enterprise.
    pub domain_aliases: Vec<String>,
}

/// A database connection, as a login box has to know it.
#[derive(Clone, Debug, PartialEq)]
pub struct ConnectionSettings {
    /// Its name, password policy and user names.
    pub rules: Connection,
    /// Whether new accounts can be made.
    pub show_signup: bool,
    /// Whether a forgotten password can be replaced.
    pub show_forgot: bool,
}

impl ClientSettings {
    /// The object inside the script.
    pub fn to_value(&self) -> Value {
        let connections: Vec<Value> = self
            .connections
            .iter()
            .map(ConnectionSettings::to_value)
            .collect();
        let mut strategies = Vec::new();
        if !connections.is_empty() {
            strategies.push(strategy("auth0", connections));
        }
        for kind in ["email", "sms"] {
            let of_kind = self.passwordless.iter().filter(|(it, _)| *it == kind);
            let entries: Vec<Value> = of_kind
                .map(|(_, name)| Object::from_iter([("name", name.as_str())]).into())
                .collect();
            if !entries.is_empty() {
                strategies.push(strategy(kind, entries));
            }
        }
        let mut others: Vec<&str> = Vec::new();
        for each in &self.federated {
            if !others.contains(&each.strategy.as_str()) {
                others.push(&each.strategy);
            }
        }
        for kind in others {
            let of_kind = self.federated.iter().filter(|it| it.strategy == kind);
            strategies.push(strategy(
                kind,
                of_kind.map(FederatedSettings::to_value).collect(),
            ));
        }
        let mut client = Object::new();
        client.insert("id", self.id.as_str());
        client.insert("strategies", strategies);
        client.into()
    }

    /// The script around the JSON of [`ClientSettings::to_value`].
    pub fn script_of(json: &str) -> String {
        ["Auth0.setClient(", json, ");"].concat()
    }
}

impl ConnectionSettings {
    /// The entry, in the shape that core reads connections in.
    fn to_value(&self) -> Value {
        let Connection {
            name,
            password_policy,
            username,
            ..
        } = &self.rules;
        let mut connection = Object::new();
        connection.insert("name", name.as_str());
        let name = name_of(password_policy);
        if name.is_none() && !is_length_alone(password_policy) {
            let options = [("complexity", complexity(password_policy))];
            connection.insert("password_options", Object::from_iter(options));
        } else {
            if let Some(name) = name {
                connection.insert("passwordPolicy", name);
            }
            if let Some(min) = min_length(password_policy) {
                connection.insert("password_complexity_options", number("min_length", min));
            }
        }
        connection.insert("requires_username", username.is_some());
        if let Some(rules) = username {
            let mut lengths = number("min", rules.min);
            lengths.insert("max", rules.max);
            let validation: Object = [("username", lengths)].into_iter().collect();
            connection.insert("validation", validation);
        }
        connection.insert("showSignup", self.show_signup);
        connection.insert("showForgot", self.show_forgot);
        connection.into()
    }
}

impl FederatedSettings {
    /// The entry, in the shape that core reads connections in.
    fn to_value(&self) -> Value {
        let mut connection = Object::new();
        connection.insert("name", self.name.as_str());
        insert_some(&mut connection, "display_name", self.display_name.as_ref());
        insert_some(&mut connection, "icon", self.icon.as_ref());
        if let Some(domain) = self.domain_aliases.first() {
            connection.insert("domain", domain.as_str());
            let aliases = self.domain_aliases.iter();
            let aliases: Vec<Value> = aliases.map(|it| it.as_str().into()).collect();
            connection.insert("domain_aliases", aliases);
        }
        connection.into()
    }
}

fn strategy(name: &str, connections: Vec<Value>) -> Value {
    let mut strategy = Object::new();
    strategy.insert("name", name);
    strategy.insert("connections", connections);
    strategy.into()
}

/// The name of a policy that asks for more than length. One that does not is
/// told by its length alone.
fn name_of(policy: &PasswordPolicy) -> Option<&'static str> {
    let wanted = others(policy);
    PasswordPolicy::NAMES.into_iter().find(|name| {
        !wanted.is_empty() && PasswordPolicy::named(name).is_some_and(|it| others(&it) == wanted)
    })
}

fn is_length_alone(policy: &PasswordPolicy) -> bool {
    others(policy).is_empty()
}

fn others(policy: &PasswordPolicy) -> Vec<PasswordRule> {
    let rules = policy.rules.iter();
    rules.filter(|rule| !is_length(rule)).cloned().collect()
}

/// A policy that has no name, rule by rule, as `password_options` has it.
fn complexity(policy: &PasswordPolicy) -> Object {
    let mut complexity = Object::new();
    for rule in &policy.rules {
        let (key, value): (_, Value) = match rule {
            PasswordRule::LengthAtLeast(min) => ("min_length", (*min).into()),
            PasswordRule::ShouldContain(types) | PasswordRule::ContainsAtLeast(_, types) => {
                complexity.insert("character_types", type_names(types));
                let all = matches!(rule, PasswordRule::ShouldContain(_));
                let rule = if all { "all" } else { "three_of_four" };
                ("character_type_rule", rule.into())
            }
            PasswordRule::IdenticalChars(_) => ("identical_characters", "block".into()),
            PasswordRule::SequentialChars(_) => ("sequential_characters", "block".into()),
            PasswordRule::MaxLength(_) => ("max_length_exceeded", "error".into()),
        };
        complexity.insert(key, value);
    }
    complexity
}

fn type_names(types: &[CharacterType]) -> Vec<Value> {
    let name = |kind: &CharacterType| match kind {
        CharacterType::LowerCase => "lowercase",
        CharacterType::UpperCase => "uppercase",
        CharacterType::Numbers => "number",
        CharacterType::SpecialCharacters => "special",
    };
    types.iter().map(|kind| name(kind).into()).collect()
}

fn min_length(policy: &PasswordPolicy) -> Option<u32> {
    policy.rules.iter().find_map(|rule| match rule {
        PasswordRule::LengthAtLeast(min) => Some(*min),
        _ => None,
    })
}

fn is_length(rule: &PasswordRule) -> bool {
    matches!(rule, PasswordRule::LengthAtLeast(_))
}

fn number(key: &str, number: u32) -> Object {
    [(key, number)].into_iter().collect()
}
