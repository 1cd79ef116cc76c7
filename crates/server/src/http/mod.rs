//! What all endpoints have in common: bodies in, refusals and headers out.

pub mod bearer;
pub mod body;
pub mod cookie;
pub mod cors;
pub mod headers;
pub mod idempotency;
pub mod origin;
pub mod page;
pub mod refusal;
