//! How often things may be done: by one address of the network, for one account,
//! by everybody together. It is counted in the store, so that it holds for all
//! processes over one database, and after a restart.

mod address;
mod handfuls;
mod logins;
mod requests;
mod sign_ups;

use latchlet_store::{Allowance, UnixMillis};
use latchlet_wire::ApiError;
use latchlet_wire::error::code;

pub use address::Address;
pub use handfuls::Handfuls;
pub use logins::Login;
pub use requests::{HEADERS, of_api, of_pages};
pub use sign_ups::sign_up;

/// A refusal of what was done too often, which says how long to wait.
pub fn too_many(left: Allowance, now: UnixMillis, text: &str) -> ApiError {
    ApiError {
        retry_after: Some(seconds(left, now)),
        ..ApiError::new(429, code::TOO_MANY_REQUESTS, text)
    }
}

/// How many seconds to wait until counting begins anew.
fn seconds(left: Allowance, now: UnixMillis) -> u32 {
    let wait = left.reset_at.saturating_sub(now).saturating_add(999) / 1000;
    u32::try_from(wait.max(1)).unwrap_or(u32::MAX)
}
