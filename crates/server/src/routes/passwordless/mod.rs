//! Signing in without a password: sending something, and the link that was
//! sent. A code comes back through `/co/authenticate`.

pub mod start;
pub mod verify;
