//! What strangers may try, and what may break: every attack is refused, and
//! nothing of it is a failure inside.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

#[allow(dead_code, reason = "shared with the tests of the contract")]
#[path = "../contract/harness.rs"]
mod harness;
#[allow(dead_code, reason = "shared with the tests of the contract")]
#[path = "../contract/process.rs"]
mod process;
#[allow(dead_code, reason = "shared with the tests of the contract")]
#[path = "../contract/reply.rs"]
mod reply;
#[path = "../contract/witness.rs"]
mod witness;

mod assignment;
mod crash;
mod disk;
mod drain;
mod flood;
mod forge;
mod fuzz;
mod headers;
mod inside;
mod jwt;
mod limits;
mod log;
mod mailer;
mod matrix;
mod naughty;
mod races;
mod raw;
mod slow;
mod smuggling;
mod token_texts;
mod traced;
mod uniform;
mod urls;
