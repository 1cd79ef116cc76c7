//! The server's config: which applications may use it, which connections there
//! are, and how mail is sent.
//!
//! It is read once at the start, and every mistake in it is told at once, each
//! with its place, as the box does with its own config.

mod address;
mod api;
mod box_config;
mod client;
mod connection;
mod connections;
mod continuation;
mod credentials;
mod email_verification;
mod federated;
mod grant_type;
mod json;
mod key_rotation;
mod limits;
mod mail;
mod password_rules;
mod passwordless;
mod proxies;
mod secret;
mod sign_up_mode;
mod strategy;

use std::path::{Path, PathBuf};

use latchlet_core::Value;
use latchlet_core::config::{Code, Place, Problem, Reader};
use latchlet_store::UnixMillis;

use crate::auth::Lifetimes;

pub use address::is_safe;
pub use api::Api;
pub use box_config::BoxConfig;
pub use client::Client;
use client::addresses;
pub use connection::DatabaseConnection;
use connections::{Connections, read_connections};
pub use continuation::Continuation;
pub use credentials::{AuthMethod, Credentials};
pub use email_verification::EmailVerification;
pub use federated::FederatedConnection;
pub use grant_type::GrantType;
use key_rotation::read_key_rotation;
use limits::read_limits;
pub use limits::{Limit, Limits};
pub use mail::MailConfig;
use mail::read_mail;
pub use password_rules::PasswordRules;
pub use passwordless::{Channel, PasswordlessConnection};
use proxies::read_proxies;
pub use proxies::{ForwardedHeader, Proxies};
pub use secret::Secret;
pub use sign_up_mode::SignUpMode;
pub use strategy::Strategy;

/// What in an address of the config stands for the server's own.
const PUBLIC_URL: &str = "{public_url}";

/// The server's config.
#[derive(Clone, Debug)]
pub struct ServerConfig {
    /// The applications.
    pub clients: Vec<Client>,
    /// The APIs that access tokens are for, the server's own first.
    pub apis: Vec<Api>,
    /// Where `/v2/logout` may send the browser to that names no application.
    pub allowed_logout_urls: Vec<String>,
    /// The database connections. The first is the default one.
    pub connections: Vec<DatabaseConnection>,
    /// The passwordless connections.
    pub passwordless: Vec<PasswordlessConnection>,
    /// The social and enterprise connections.
    pub federated: Vec<FederatedConnection>,
    /// The tenants that send people here in the middle of a login.
    pub continuations: Vec<Continuation>,
    /// How mail is sent, if it is.
    pub mail: Option<MailConfig>,
    /// How many milliseconds a signing key signs; without it, until somebody
    /// lets the next one.
    pub key_rotation: Option<UnixMillis>,
    /// How often things may be done.
    pub limits: Limits,
    /// Whose word is taken for where a request comes from.
    pub proxies: Proxies,
    /// Whether a sign-up with a known address is told so, as an Auth0 tenant
    /// does with the flag of this name. Otherwise it hears `invalid_signup`.
    pub enable_public_signup_user_exists_error: bool,
}

/// Why there is no config.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file cannot be read.
    #[error("cannot read {path}: {reason}", path = path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        reason: String,
    },
    /// A file is not JSON.
    #[error("{path} is not JSON: {reason}", path = path.display())]
    NotJson {
        /// The file.
        path: PathBuf,
        /// Where it stops to be.
        reason: String,
    },
    /// There are mistakes.
    #[error("{path} has {count} mistake(s):{list}", path = path.display(), count = problems.len(), list = list(problems))]
    Problems {
        /// The file.
        path: PathBuf,
        /// All of them.
        problems: Vec<Problem>,
    },
}

impl ServerConfig {
    /// Reads a config file for a server at a public address.
    pub fn load(path: &Path, public_url: &str) -> Result<Self, ConfigError> {
        let value = json::read_with_comments(path)?;
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut problems = Vec::new();
        let config = read(&value, folder, public_url, &mut problems)?;
        match config {
            Some(config) if problems.is_empty() => Ok(config),
            _ => Err(ConfigError::Problems {
                path: path.to_owned(),
                problems,
            }),
        }
    }

    /// The application of an id.
    pub fn client(&self, id: &str) -> Option<&Client> {
        self.clients.iter().find(|client| client.id == id)
    }

    /// The API of an audience.
    pub fn api(&self, audience: &str) -> Option<&Api> {
        self.apis.iter().find(|api| api.identifier == audience)
    }

    /// How many seconds an access token of an application is good.
    pub fn lifetime(&self, audience: Option<&str>, client: &Client) -> u32 {
        let api = audience.and_then(|audience| self.api(audience));
        api.map_or(Lifetimes::ACCESS_TOKEN, |api| api.lifetime(client))
    }

    /// The database connection of a name.
    pub fn connection(&self, name: &str) -> Option<&DatabaseConnection> {
        self.connections
            .iter()
            .find(|connection| connection.rules.name == name)
    }

    /// The social or enterprise connection of a name.
    pub fn federated(&self, name: &str) -> Option<&FederatedConnection> {
        self.federated
            .iter()
            .find(|connection| connection.name == name)
    }

    /// Whether there is a connection of a name, of whatever kind.
    pub fn has_connection(&self, name: &str) -> bool {
        self.connection(name).is_some()
            || self.passwordless(name).is_some()
            || self.federated(name).is_some()
    }

    /// The tenant of a domain.
    pub fn continuation(&self, domain: &str) -> Option<&Continuation> {
        self.continuations.iter().find(|it| it.domain == domain)
    }

    /// The passwordless connection of a name.
    pub fn passwordless(&self, name: &str) -> Option<&PasswordlessConnection> {
        self.passwordless
            .iter()
            .find(|connection| connection.name == name)
    }
}

fn read(
    value: &Value,
    folder: &Path,
    public_url: &str,
    problems: &mut Vec<Problem>,
) -> Result<Option<ServerConfig>, ConfigError> {
    let Some(mut options) = Reader::new(value, &Place::default(), problems) else {
        return Ok(None);
    };
    options.allow(&[
        "allowed_logout_urls",
        "apis",
        "clients",
        "connections",
        "continue",
        "enable_public_signup_user_exists_error",
        "limits",
        "mail",
        "signing_key_rotation",
        "proxies",
    ]);
    // Tenants that send people here have the applications.
    let has_tenants = options.get("continue").is_some();
    for name in ["clients", "connections"] {
        if name == "clients" && has_tenants {
            continue;
        }
        let entries = options.get(name);
        let is_empty = |value: &Value| value.as_list().is_some_and(<[Value]>::is_empty);
        if entries.is_none_or(is_empty) {
            options.problem(name, Code::Missing, "there must be at least one");
        }
    }
    let apis = read_apis(&mut options, public_url);
    let allowed_logout_urls = addresses(&mut options, "allowed_logout_urls", public_url);
    let mut clients: Vec<Client> = Vec::new();
    for (place, item) in options.list("clients").unwrap_or_default() {
        let read = Client::read(item, &place, (public_url, &apis), options.problems());
        if let Some(client) = read {
            let twice = clients.iter().any(|other| other.id == client.id);
            options
                .problems()
                .extend(twice.then(|| duplicate(&place, "client_id")));
            clients.push(client);
        }
    }
    let Connections {
        databases: connections,
        passwordless,
        federated,
        ..
    } = read_connections(&mut options, folder)?;
    let continuations = read_continuations(&mut options, &connections);
    let mail = read_mail(&mut options);
    let key_rotation = read_key_rotation(&mut options);
    let limits = read_limits(&mut options);
    let proxies = read_proxies(&mut options);
    Ok(Some(ServerConfig {
        clients,
        apis,
        allowed_logout_urls,
        connections,
        passwordless,
        federated,
        continuations,
        mail,
        key_rotation,
        limits,
        proxies,
        enable_public_signup_user_exists_error: options
            .bool("enable_public_signup_user_exists_error")
            .unwrap_or(false),
    }))
}

/// The server's own API, and those of the config.
fn read_apis(options: &mut Reader<'_>, public_url: &str) -> Vec<Api> {
    let mut apis = vec![Api::management(public_url)];
    for (place, item) in options.list("apis").unwrap_or_default() {
        let read = Api::read(item, &place, public_url, options.problems());
        let Some(api) = read else { continue };
        if apis.iter().any(|other| other.identifier == api.identifier) {
            options.problems().push(duplicate(&place, "identifier"));
        }
        apis.push(api);
    }
    apis
}

fn read_continuations(
    options: &mut Reader<'_>,
    connections: &[DatabaseConnection],
) -> Vec<Continuation> {
    let mut continuations: Vec<Continuation> = Vec::new();
    for (place, item) in options.list("continue").unwrap_or_default() {
        let read = Continuation::read(item, &place, connections, options.problems());
        let Some(read) = read else { continue };
        if continuations.iter().any(|it| it.domain == read.domain) {
            options.problems().push(duplicate(&place, "domain"));
        }
        continuations.push(read);
    }
    continuations
}

/// A name that stands twice: the second would never be found.
fn duplicate(place: &Place, property: &str) -> Problem {
    let message = "another entry has this name";
    Problem::new(place.option(property), Code::DuplicateName, &[message])
}

fn list(problems: &[Problem]) -> String {
    problems
        .iter()
        .map(|problem| format!("\n  - {problem}"))
        .collect()
}
