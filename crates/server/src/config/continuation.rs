//! `continue`: Auth0 tenants whose post-login Action sends people here to be
//! asked something, and back.

use latchlet_core::Value;
use latchlet_core::config::{Code, Place, Problem, Reader};
use url::Url;

use super::{DatabaseConnection, is_safe, secret};
use crate::auth::SharedSecret;

/// A tenant that sends people here.
#[derive(Clone, Debug)]
pub struct Continuation {
    /// Its host, which is the issuer of its tokens.
    pub domain: String,
    /// The secret that it shares with this server.
    pub secret: SharedSecret,
    /// The connection whose box has the questions.
    pub connection: String,
    /// The origins that the tenant sends browsers on to.
    pub applications: Vec<String>,
}

impl Continuation {
    /// Reads a tenant. `None` if something that it needs is missing.
    pub(super) fn read(
        value: &Value,
        place: &Place,
        connections: &[DatabaseConnection],
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let mut reader = Reader::new(value, place, problems)?;
        reader.allow(&["applications", "connection", "domain", "secret"]);
        let domain = reader.required_text("domain");
        let domain = domain.filter(|domain| check_domain(&mut reader, domain));
        let connection = reader.required_text("connection");
        let connection = connection.filter(|it| check_connection(&mut reader, it, connections));
        let applications = read_applications(&mut reader);
        Some(Self {
            secret: read_secret(&mut reader)?,
            domain: domain?,
            connection: connection?,
            applications,
        })
    }

    /// The tenant's origin.
    pub fn origin(&self) -> String {
        origin(&self.domain)
    }
}

/// Tenants are reached by TLS, except one that a test plays on this machine.
fn origin(domain: &str) -> String {
    let plain = ["http://", domain].concat();
    match Url::parse(&plain).is_ok_and(|url| is_safe(&url)) {
        true => plain,
        false => ["https://", domain].concat(),
    }
}

fn check_domain(reader: &mut Reader<'_>, domain: &str) -> bool {
    let origin = origin(domain);
    let is_host = Url::parse(&origin).is_ok_and(|url| url.as_str() == [&origin, "/"].concat());
    if !is_host {
        let message = "give the tenant's host, such as `tenant.eu.auth0.com`";
        reader.problem("domain", Code::InvalidValue, message);
    }
    is_host
}

fn check_connection(
    reader: &mut Reader<'_>,
    name: &str,
    connections: &[DatabaseConnection],
) -> bool {
    let asking: Vec<&str> = connections
        .iter()
        .filter(|connection| connection.progressive.is_some())
        .map(|connection| connection.rules.name.as_str())
        .collect();
    if asking.contains(&name) {
        return true;
    }
    match asking.is_empty() {
        true => reader.problem(
            "connection",
            Code::InvalidValue,
            "no database connection has a `box` with `progressiveProfile`, so there is nothing \
             to ask",
        ),
        false => reader.one_of("connection", name, &asking),
    }
    false
}

fn read_applications(reader: &mut Reader<'_>) -> Vec<String> {
    let entries = reader.list("applications").unwrap_or_default();
    if entries.is_empty() {
        let message = "say which origins the tenant sends people on to: browsers stop a login \
                       on its way to any other";
        reader.problem("applications", Code::Missing, message);
    }
    let mut origins = Vec::new();
    for (place, item) in entries {
        let text = item.as_text().unwrap_or_default();
        let url = Url::parse(text).ok().filter(is_safe);
        match url.map(|url| url.origin().ascii_serialization()) {
            Some(origin) if origin == text => origins.push(origin),
            _ => {
                let message = "give an origin such as `https://app.example.com`";
                let problem = Problem::new(place, Code::InvalidValue, &[message]);
                reader.problems().push(problem);
            }
        }
    }
    origins
}

fn read_secret(reader: &mut Reader<'_>) -> Option<SharedSecret> {
    if reader.get("secret").is_none() {
        let message = "without the secret that the Action has, nobody can be believed";
        reader.problem("secret", Code::Missing, message);
    }
    let shared = SharedSecret::new(secret::read(reader, "secret")?);
    if shared.is_none() {
        secret::too_short(reader, "secret");
    }
    shared
}
