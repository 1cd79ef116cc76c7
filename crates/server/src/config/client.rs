//! An application that uses the auth backend.

use latchlet_core::Value;
use latchlet_core::config::{Code, Place, Problem, Reader, read_texts};
use url::Url;

use super::{Api, Credentials, GrantType, PUBLIC_URL, is_safe};

/// What is said of an address where anybody on the way could listen.
const IN_THE_OPEN: &str = "is plain http and not on this machine: codes and tokens would travel \
                           in the open. Give its `https://` address";

/// An application that uses the auth backend.
#[derive(Clone, Debug)]
pub struct Client {
    /// The client id.
    pub id: String,
    /// What people know it by.
    pub name: String,
    /// How it proves who it is, if it can.
    pub credentials: Option<Credentials>,
    /// How it may ask for tokens.
    pub grant_types: Vec<GrantType>,
    /// What it may do for itself, by API: Auth0's client grants.
    grants: Vec<(String, Vec<String>)>,
    /// Where `/authorize` may send the browser: these very addresses.
    pub callbacks: Vec<String>,
    /// Where `/v2/logout` may send the browser to: these very addresses.
    pub allowed_logout_urls: Vec<String>,
    /// The origins whose pages may call the API.
    allowed_origins: Vec<String>,
    /// The origins whose pages may sign people in by password.
    web_origins: Vec<String>,
    /// The server's own, whose login page does both for every application.
    server_origin: String,
}

impl Client {
    /// Reads an application. `None` only if it has no usable id.
    pub(super) fn read(
        value: &Value,
        place: &Place,
        (public_url, apis): (&str, &[Api]),
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let mut reader = Reader::new(value, place, problems)?;
        reader.allow(&[
            "allowed_logout_urls",
            "allowed_origins",
            "callbacks",
            "client_id",
            "client_secret",
            "grant_types",
            "grants",
            "name",
            "token_endpoint_auth_method",
            "web_origins",
        ]);
        let id = reader.required_text("client_id");
        let name = reader.text("name").or_else(|| id.clone());
        let credentials = Credentials::read(&mut reader);
        let grant_types = GrantType::read(&mut reader);
        let for_itself = grant_types.contains(&GrantType::ClientCredentials);
        if for_itself && reader.get("client_secret").is_none() {
            let message = "an application that asks for itself proves who it is";
            reader.problem("client_secret", Code::Missing, message);
        }
        let grants = read_grants(&mut reader, public_url, apis);
        let callbacks = texts(&mut reader, "callbacks", public_url);
        if callbacks.is_empty() && grant_types.contains(&GrantType::AuthorizationCode) {
            reader.problem(
                "callbacks",
                Code::Missing,
                "without an address to come back to nobody can sign in",
            );
        }
        let allowed_logout_urls = addresses(&mut reader, "allowed_logout_urls", public_url);
        let mut allowed_origins = origins(&mut reader, "allowed_origins", public_url);
        // As Auth0 does it: a page that people come back to may call the API.
        allowed_origins.extend(address_origins(&mut reader, "callbacks", &callbacks));
        let web_origins = origins(&mut reader, "web_origins", public_url);
        Some(Self {
            id: id?,
            name: name?,
            credentials,
            grant_types,
            grants,
            callbacks,
            allowed_logout_urls,
            allowed_origins,
            web_origins,
            server_origin: public_url.to_owned(),
        })
    }

    /// Whether it can keep a secret.
    pub fn is_confidential(&self) -> bool {
        self.credentials.is_some()
    }

    /// Whether this is its secret.
    pub fn has_secret(&self, text: &str) -> bool {
        let credentials = self.credentials.as_ref();
        credentials.is_some_and(|credentials| credentials.secret.is(text))
    }

    /// What it may do for itself at an API, if it may do anything there.
    pub fn grant(&self, audience: &str) -> Option<&[String]> {
        let mut grants = self.grants.iter();
        let found = grants.find(|(api, _)| api == audience);
        found.map(|(_, scopes)| scopes.as_slice())
    }

    /// The origins whose pages may call the API.
    pub fn allowed_origins(&self) -> &[String] {
        &self.allowed_origins
    }

    /// The origins whose pages may sign people in by password.
    pub fn web_origins(&self) -> &[String] {
        &self.web_origins
    }

    /// Whether pages of an origin may call the API for this application.
    pub fn may_call(&self, origin: &str) -> bool {
        self.allowed_origins.iter().any(|allowed| allowed == origin) || self.may_sign_in(origin)
    }

    /// Whether pages of an origin may sign people in by password.
    pub fn may_sign_in(&self, origin: &str) -> bool {
        self.may_hear(origin) || origin == self.server_origin
    }

    /// Whether pages of an origin may hear who is signed in.
    pub fn may_hear(&self, origin: &str) -> bool {
        self.web_origins.iter().any(|allowed| allowed == origin)
    }
}

/// `grants`: by the identifier of an API, scopes of it.
fn read_grants(
    reader: &mut Reader<'_>,
    public_url: &str,
    apis: &[Api],
) -> Vec<(String, Vec<String>)> {
    let Some(mut entries) = reader.object("grants") else {
        return Vec::new();
    };
    let mut grants = Vec::new();
    for (name, _) in entries.entries().iter() {
        let audience = name.replace(PUBLIC_URL, public_url);
        let scopes = read_texts(&mut entries, name);
        match apis.iter().find(|api| api.identifier == audience) {
            Some(api) => {
                for scope in scopes.iter().filter(|scope| !api.scopes.contains(scope)) {
                    entries.one_of(name, scope, &api.scopes);
                }
                grants.push((audience, scopes));
            }
            None => {
                let known = apis.iter().map(|api| &api.identifier);
                entries.one_of(name, &audience, known.clone());
            }
        }
    }
    grants
}

/// Addresses to come back to.
pub(super) fn addresses(reader: &mut Reader<'_>, name: &str, public_url: &str) -> Vec<String> {
    let addresses = texts(reader, name, public_url);
    address_origins(reader, name, &addresses);
    addresses
}

fn texts(reader: &mut Reader<'_>, name: &str, public_url: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for (_, item) in reader.list(name).unwrap_or_default() {
        match item.as_text() {
            Some(text) => texts.push(text.replace(PUBLIC_URL, public_url)),
            None => reader.problem(name, Code::WrongType, "every entry must be a string"),
        }
    }
    texts
}

/// The origins of addresses to come back to, each of which must be a whole one.
fn address_origins(reader: &mut Reader<'_>, name: &str, addresses: &[String]) -> Vec<String> {
    let mut origins = Vec::new();
    for text in addresses {
        match Url::parse(text) {
            Ok(url)
                if matches!(url.scheme(), "http" | "https")
                    && url.fragment().is_none()
                    && !text.contains('*') =>
            {
                if !is_safe(&url) {
                    let message = format!("`{text}` {IN_THE_OPEN}");
                    reader.problem(name, Code::InvalidValue, &message);
                }
                origins.push(url.origin().ascii_serialization());
            }
            _ => {
                let message = format!(
                    "`{text}` is no address to come back to: give a whole `https://` address \
                     without `#` and without wildcards"
                );
                reader.problem(name, Code::InvalidValue, &message);
            }
        }
    }
    origins
}

fn origins(reader: &mut Reader<'_>, name: &str, public_url: &str) -> Vec<String> {
    let mut origins = Vec::new();
    for text in texts(reader, name, public_url) {
        let url = Url::parse(&text).ok();
        let url = url.filter(|url| matches!(url.scheme(), "http" | "https"));
        let origin = url.as_ref().map(|url| url.origin().ascii_serialization());
        let message = match (&url, origin) {
            (Some(url), Some(origin)) if origin == text && is_safe(url) => {
                origins.push(origin);
                continue;
            }
            (Some(_), Some(origin)) if origin == text => format!("`{text}` {IN_THE_OPEN}"),
            (_, Some(origin)) => format!("`{text}` is not an origin: write `{origin}`"),
            (_, None) => format!("`{text}` is not an origin such as `https://app.example.com`"),
        };
        reader.problem(name, Code::InvalidValue, &message);
    }
    origins
}
