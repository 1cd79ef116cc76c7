//! `Idempotency-Key`: what a client calls a request that it may have to send
//! again, because it heard no reply (draft-ietf-httpapi-idempotency-key-header).

use axum::http::HeaderMap;
use latchlet_store::{Submission, UnixMillis};
use latchlet_wire::ApiError;
use latchlet_wire::error::code;
use latchlet_wire::profile::IDEMPOTENCY_KEY;

use crate::auth::{Lifetimes, secret};

/// The most characters of a key. A UUID has 36.
const MAX: usize = 100;

/// The submission that a request is, if it has a key.
pub fn submission(
    headers: &HeaderMap,
    body: &[u8],
    now: UnixMillis,
) -> Result<Option<Submission>, ApiError> {
    let Some(value) = headers.get(IDEMPOTENCY_KEY) else {
        return Ok(None);
    };
    let key = value.to_str().ok().map(unquoted).filter(|key| is_key(key));
    let key = key.ok_or_else(|| {
        ApiError::new(
            400,
            code::INVALID_IDEMPOTENCY_KEY,
            "The Idempotency-Key has 1 to 100 visible ASCII characters; a UUID is a good one.",
        )
    })?;
    Ok(Some(Submission {
        key: key.to_owned(),
        fingerprint: secret::digest(body),
        expires_at: now + Lifetimes::SUBMISSION * 1000,
    }))
}

/// The same request is being answered.
pub fn in_use() -> ApiError {
    ApiError::new(
        409,
        code::IDEMPOTENCY_KEY_IN_USE,
        "A request with this Idempotency-Key is being answered. Send it again in a moment.",
    )
}

/// The key was that of another request.
pub fn reused() -> ApiError {
    ApiError::new(
        422,
        code::IDEMPOTENCY_KEY_REUSED,
        "This Idempotency-Key was sent with another body before. Give each change its own.",
    )
}

/// The draft has the key between quotes, most clients have not.
fn unquoted(value: &str) -> &str {
    let inside = value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    inside.unwrap_or(value)
}

fn is_key(key: &str) -> bool {
    (1..=MAX).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
}
