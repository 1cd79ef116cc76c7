//! The way back to a tenant whose post-login Action sent the browser here. What
//! is known is in the token that it sent along; the auth backend signs what is
//! answered, and the browser carries it to the tenant's `/continue`.

use latchlet_wire::continuation::{SESSION_TOKEN, STATE};
use latchlet_wire::{ContinueRequest, ContinueResponse};

use crate::browser::http::Request;
use crate::browser::{json, page};

use super::access::payload;
use super::refused::Refused;
use super::{Access, Capabilities, Change, ProfileStore, Stored, refused};

/// The page of the auth backend that a tenant sends people to.
pub struct Handover;

impl ProfileStore for Handover {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            lists: true,
            merges: true,
            most_bytes: 10_000,
            from_browser: false,
            idempotent: false,
            counts_logins: true,
            piecemeal: false,
        }
    }

    async fn load(&self, _: &Access) -> Result<Stored, Refused> {
        // The backend has verified it; here it only says what is asked.
        page::query_parameter(SESSION_TOKEN)
            .and_then(|token| payload(&token))
            .map(Stored::read)
            .ok_or(Refused::NoToken)
    }

    async fn save(&self, _: &Access, change: &Change) -> Result<Option<Stored>, Refused> {
        let parameter = |name| page::query_parameter(name).unwrap_or_default();
        let body = ContinueRequest {
            session_token: parameter(SESSION_TOKEN),
            state: parameter(STATE),
            user_metadata: change.metadata(),
        };
        let mut request = Request::new("POST", "/continue-profile");
        request.body = Some(json::stringify(&body.to_value()));
        let reply = refused::accepted(request.send().await)?.body;
        let way = ContinueResponse::from_value(&reply);
        let way = way.map_err(|_| Refused::not_of_the_contract())?;
        page::post_form(&way.address, &[(SESSION_TOKEN, &way.session_token)]);
        Ok(None)
    }
}
