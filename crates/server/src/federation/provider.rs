//! What a provider says of itself (OpenID Connect Discovery 1.0), and the keys
//! that it signs with. Both are asked for when they are needed, and kept for a
//! while: a provider that is down keeps nobody from logging in another way.

use std::collections::BTreeMap;
use std::sync::Arc;

use latchlet_core::Object;
use latchlet_store::UnixMillis;
use serde_json::Value;
use tokio::sync::Mutex;
use url::Url;

use super::Trouble;
use super::web::{Reply, Web};
use crate::auth::{Expected, IdTokenRefused, ProviderKeys};
use crate::config::{FederatedConnection, is_safe};
use crate::fault::Fault;

/// How long what a provider says of itself, and its keys, are kept.
const KEPT: UnixMillis = 3_600_000;
/// How long the keys are kept at least, however often one is not among them.
const KEYS_KEPT_AT_LEAST: UnixMillis = 60_000;
/// How long a provider that did not answer is left alone.
const LEFT_ALONE: UnixMillis = 5_000;

/// The providers of all connections.
pub struct Providers {
    /// Sends requests to them.
    pub web: Web,
    known: BTreeMap<String, Mutex<Known>>,
}

/// What is known of one.
#[derive(Default)]
struct Known {
    metadata: Option<(Arc<Metadata>, UnixMillis)>,
    keys: Option<(ProviderKeys, UnixMillis)>,
    failed: Option<(Trouble, UnixMillis)>,
}

/// What a provider says of itself.
#[derive(Debug)]
pub struct Metadata {
    /// Where people log in.
    pub authorization_endpoint: Url,
    /// Where a code becomes tokens.
    pub token_endpoint: Url,
    /// Where it says more of a person.
    pub userinfo_endpoint: Option<Url>,
    /// Whether it takes a name and a secret in the header.
    pub takes_basic: bool,
    /// Whether its answers through the browser say whose they are (RFC 9207).
    pub says_iss: bool,
    jwks_uri: Url,
}

impl Providers {
    /// Those of the connections.
    pub fn of(connections: &[FederatedConnection]) -> Result<Self, Fault> {
        let known = connections
            .iter()
            .map(|connection| (connection.name.clone(), Mutex::default()));
        Ok(Self {
            web: Web::new()?,
            known: known.collect(),
        })
    }

    /// What the provider of a connection says of itself.
    pub async fn metadata(
        &self,
        connection: &FederatedConnection,
        now: UnixMillis,
    ) -> Result<Arc<Metadata>, Trouble> {
        let mut known = self.known(connection)?.lock().await;
        self.discover(&mut known, connection, now).await
    }

    /// The claims of an ID token. A key that is not known is looked for, though
    /// not at the pleasure of whoever makes keys up.
    pub async fn verify(
        &self,
        connection: &FederatedConnection,
        token: &str,
        expected: &Expected<'_>,
    ) -> Result<Object, Trouble> {
        let now = expected.now;
        let mut known = self.known(connection)?.lock().await;
        let metadata = self.discover(&mut known, connection, now).await?;
        for kept in [KEPT, KEYS_KEPT_AT_LEAST] {
            if let Some((keys, at)) = &known.keys
                && now.saturating_sub(*at) < kept
            {
                match keys.verify(token, expected) {
                    Err(IdTokenRefused::UnknownKey) => continue,
                    result => return result.map_err(|error| refused(&error)),
                }
            }
            known.left_alone(now)?;
            let fetched = self.fetch_keys(&metadata).await;
            known.keys = Some((known.heard(fetched, now)?, now));
        }
        let keys = known.keys.as_ref().map(|(keys, _)| keys.clone());
        let result = keys.unwrap_or_default().verify(token, expected);
        result.map_err(|error| refused(&error))
    }

    fn known(&self, connection: &FederatedConnection) -> Result<&Mutex<Known>, Trouble> {
        let known = self.known.get(&connection.name);
        known.ok_or_else(|| Trouble::Wrong("there is no such connection".to_owned()))
    }

    async fn discover(
        &self,
        known: &mut Known,
        connection: &FederatedConnection,
        now: UnixMillis,
    ) -> Result<Arc<Metadata>, Trouble> {
        if let Some((metadata, at)) = &known.metadata
            && now.saturating_sub(*at) < KEPT
        {
            return Ok(Arc::clone(metadata));
        }
        known.left_alone(now)?;
        let fetched = self.fetch_metadata(connection).await;
        let metadata = Arc::new(known.heard(fetched, now)?);
        known.metadata = Some((Arc::clone(&metadata), now));
        Ok(metadata)
    }

    async fn fetch_metadata(&self, connection: &FederatedConnection) -> Result<Metadata, Trouble> {
        let issuer = connection.issuer.as_str();
        let address = [
            issuer.trim_end_matches('/'),
            "/.well-known/openid-configuration",
        ];
        let url = Url::parse(&address.concat())
            .map_err(|_| Trouble::Wrong(format!("{issuer} is no address")))?;
        let document = document(self.web.get(&url, None).await?, &url)?;
        Metadata::read(&document, issuer)
    }

    async fn fetch_keys(&self, metadata: &Metadata) -> Result<ProviderKeys, Trouble> {
        let url = &metadata.jwks_uri;
        let document = document(self.web.get(url, None).await?, url)?;
        ProviderKeys::read(&document)
            .ok_or_else(|| Trouble::Wrong(format!("{url} is no set of keys")))
    }
}

impl Known {
    /// Whoever comes soon after a failure hears of it, and waits for nothing.
    fn left_alone(&self, now: UnixMillis) -> Result<(), Trouble> {
        match &self.failed {
            Some((trouble, at)) if now.saturating_sub(*at) < LEFT_ALONE => Err(trouble.clone()),
            _ => Ok(()),
        }
    }

    fn heard<T>(&mut self, result: Result<T, Trouble>, now: UnixMillis) -> Result<T, Trouble> {
        self.failed = result.as_ref().err().map(|trouble| (trouble.clone(), now));
        result
    }
}

impl Metadata {
    fn read(document: &Value, issuer: &str) -> Result<Self, Trouble> {
        let text = |name: &str| document.get(name).and_then(Value::as_str);
        let named = text("issuer").unwrap_or_default();
        if named != issuer {
            let reason = format!("{issuer} calls itself `{named}`: that is its issuer");
            return Err(Trouble::Wrong(reason));
        }
        // A provider on this machine may name addresses on it; any other only
        // such as nobody can listen to.
        let here = issuer.starts_with("http://");
        let endpoint = |name: &str| {
            let url = text(name).and_then(|text| Url::parse(text).ok());
            url.filter(|url| is_safe(url) && (here || url.scheme() == "https"))
        };
        let needed = |name: &str| {
            endpoint(name).ok_or_else(|| {
                Trouble::Wrong(format!("{issuer} names no `{name}` that can be used"))
            })
        };
        let methods = document
            .get("token_endpoint_auth_methods_supported")
            .and_then(Value::as_array);
        Ok(Self {
            authorization_endpoint: needed("authorization_endpoint")?,
            token_endpoint: needed("token_endpoint")?,
            userinfo_endpoint: endpoint("userinfo_endpoint"),
            takes_basic: methods
                .is_none_or(|all| all.iter().any(|each| each == "client_secret_basic")),
            says_iss: document.get("authorization_response_iss_parameter_supported")
                == Some(&Value::Bool(true)),
            jwks_uri: needed("jwks_uri")?,
        })
    }
}

fn document(reply: Reply, url: &Url) -> Result<Value, Trouble> {
    match reply {
        Reply { status: 200, body } if body.is_object() => Ok(body),
        Reply { status, .. } => Err(Trouble::Wrong(format!(
            "{url} answered with {status}, and not with a JSON object"
        ))),
    }
}

fn refused(error: &IdTokenRefused) -> Trouble {
    Trouble::Wrong(format!("its ID token is refused: {error}"))
}
