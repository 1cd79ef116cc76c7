//! The page's own server: `GET` gives what is stored, `PATCH` takes a JSON
//! Merge Patch (RFC 7396).

use latchlet_core::Object;

use crate::browser::functions::Functions;
use crate::browser::http::Request;
use crate::browser::json;

use super::{Access, Capabilities, Change, ProfileStore, Refused, Stored, refused};

/// An address of the page's own.
pub struct Endpoint {
    pub(super) functions: Functions,
    pub(super) url: String,
    pub(super) cookie: bool,
    pub(super) idempotent: bool,
}

impl Endpoint {
    async fn request(&self, method: &'static str, access: &Access) -> Result<Request, Refused> {
        let mut request = Request::new(method, &self.url);
        match self.cookie {
            true => request.credentials = true,
            false => request.bearer(&access.token(&self.functions).await?),
        }
        Ok(request)
    }
}

impl ProfileStore for Endpoint {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            lists: true,
            merges: false,
            most_bytes: 32 * 1024,
            from_browser: true,
            idempotent: self.idempotent,
            counts_logins: false,
            piecemeal: true,
        }
    }

    async fn load(&self, access: &Access) -> Result<Stored, Refused> {
        let reply = self.request("GET", access).await?.send().await;
        // Somebody of whom nothing is stored yet.
        if matches!(&reply, Ok(reply) if reply.status == 404) {
            return Ok(Stored::default());
        }
        Ok(refused::profile(reply)?.unwrap_or_default())
    }

    async fn save(&self, access: &Access, change: &Change) -> Result<Option<Stored>, Refused> {
        let mut patch = Object::new();
        patch.insert("user_metadata", change.metadata());
        let mut request = self.request("PATCH", access).await?;
        request.body = Some(json::stringify(&patch.into()));
        request.content_type = "application/merge-patch+json";
        // Whoever is done may close the page at once.
        request.outlives = true;
        if self.idempotent {
            request.header("idempotency-key", &change.key);
        }
        refused::stored(request.send().await)
    }
}
