//! Requests to providers. Their addresses come from the config, and from what
//! the provider says there: no redirect is followed to another, no reply is
//! waited for or read without end.

use std::time::Duration;

use reqwest::header::ACCEPT;
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder};
use serde_json::Value;
use url::Url;

use super::Trouble;
use crate::fault::Fault;

/// How long a provider has for a reply. A login takes four of them at most, and
/// must end before the server's own patience does.
const PATIENCE: Duration = Duration::from_secs(6);
/// The most bytes of a reply.
const MAX_BYTES: usize = 256 * 1024;

/// Sends requests to providers.
pub struct Web(Client);

/// A reply.
pub struct Reply {
    /// The status of HTTP.
    pub status: u16,
    /// The body, `null` if it is not JSON.
    pub body: Value,
}

impl Web {
    /// Whatever sends requests.
    pub fn new() -> Result<Self, Fault> {
        let client = Client::builder()
            .timeout(PATIENCE)
            .redirect(Policy::none())
            .build()
            .map_err(|error| Fault::Web(error.to_string()))?;
        Ok(Self(client))
    }

    /// Asks for a document, with an access token if it needs one.
    pub async fn get(&self, url: &Url, token: Option<&str>) -> Result<Reply, Trouble> {
        let request = self.0.get(url.clone());
        let request = match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        send(request, url).await
    }

    /// Sends a form, with a name and a secret if they go into the header.
    pub async fn post(
        &self,
        url: &Url,
        form: &[(&str, &str)],
        basic: Option<(&str, &str)>,
    ) -> Result<Reply, Trouble> {
        let request = self.0.post(url.clone()).form(form);
        let request = match basic {
            Some((name, secret)) => request.basic_auth(encoded(name), Some(encoded(secret))),
            None => request,
        };
        send(request, url).await
    }
}

/// As RFC 6749 §2.3.1 wants them in the header.
fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

async fn send(request: RequestBuilder, url: &Url) -> Result<Reply, Trouble> {
    let unreachable = |error: reqwest::Error| {
        let error = error.without_url();
        Trouble::Unreachable(format!("{url} does not answer: {error:?}"))
    };
    let request = request.header(ACCEPT, "application/json");
    let mut response = request.send().await.map_err(unreachable)?;
    let status = response.status().as_u16();
    if response.status().is_server_error() {
        let reason = format!("{url} answered with {status}");
        return Err(Trouble::Unreachable(reason));
    }
    let mut bytes = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(unreachable)? {
        if bytes.len() + piece.len() > MAX_BYTES {
            let reason = format!("{url} answered with more than {MAX_BYTES} bytes");
            return Err(Trouble::Wrong(reason));
        }
        bytes.extend_from_slice(&piece);
    }
    let body = serde_json::from_slice(&bytes).unwrap_or_default();
    Ok(Reply { status, body })
}
