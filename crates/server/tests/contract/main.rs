//! The HTTP contract, asked over real HTTP.
//!
//! Bodies are compared with snapshots, in which ids and times are named
//! instead of told.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod check;
mod cli;
mod config;
mod cross_origin;
mod harness;
mod profile;
mod router;
mod schema;
mod sign_in;
mod sign_up;
mod tokens;
