//! Auth0's Management API with the person's own token, and the auth backend of
//! this project, which speaks the same contract and does more.

use latchlet_wire::MetadataUpdate;

use crate::browser::functions::Functions;
use crate::browser::http::Request;
use crate::browser::{json, page};

use super::{Access, Capabilities, Change, ProfileStore, Refused, Stored, refused};

/// A tenant, or a server of ours.
pub struct Auth0 {
    origin: String,
    functions: Functions,
    is_ours: bool,
}

impl Auth0 {
    /// The one at an origin.
    pub fn new(origin: String, functions: Functions, is_ours: bool) -> Self {
        Self {
            origin,
            functions,
            is_ours,
        }
    }

    async fn request(&self, method: &'static str, access: &Access) -> Result<Request, Refused> {
        let user = page::encode(&access.user);
        let mut request = Request::new(method, &[&self.origin, "/api/v2/users/", &user].concat());
        request.bearer(&access.token(&self.functions).await?);
        Ok(request)
    }
}

impl ProfileStore for Auth0 {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            lists: true,
            merges: self.is_ours,
            most_bytes: if self.is_ours { 32 * 1024 } else { 10_000 },
            from_browser: true,
            idempotent: self.is_ours,
            counts_logins: self.is_ours,
            piecemeal: true,
        }
    }

    async fn load(&self, access: &Access) -> Result<Stored, Refused> {
        let reply = self.request("GET", access).await?.send().await;
        refused::profile(reply)?.ok_or_else(Refused::not_of_the_contract)
    }

    async fn save(&self, access: &Access, change: &Change) -> Result<Option<Stored>, Refused> {
        let update = MetadataUpdate {
            user_metadata: change.metadata(),
        };
        let mut request = self.request("PATCH", access).await?;
        request.body = Some(json::stringify(&update.to_value()));
        // Whoever is done may close the page at once.
        request.outlives = true;
        if self.is_ours {
            request.header("idempotency-key", &change.key);
        }
        refused::stored(request.send().await)
    }
}
