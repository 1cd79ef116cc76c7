//! The HTTP contract, asked over real HTTP.
//!
//! Bodies are compared with snapshots, in which ids and times are named
//! instead of told.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod asked;
mod backend;
mod blocked;
mod check;
mod cli;
mod clients;
mod clock;
mod config;
mod consents;
mod continuation;
mod cross_origin;
mod direct;
mod document;
mod email_verification;
mod federated_config;
mod federation;
mod federation_attacks;
mod forgotten;
mod harness;
mod hosted;
mod idempotency;
mod init;
mod jobs;
mod keys;
mod logins;
mod machines;
mod mail;
mod management;
mod new_password;
mod oidc_logout;
mod operations;
mod passwordless;
mod person;
mod personal_data;
mod process;
mod processes;
mod profile;
mod profiling;
mod reply;
mod required;
mod revocation;
mod router;
mod schema;
mod searches;
mod sessions;
mod sign_in;
mod sign_in_without_cookie;
mod sign_up;
mod simulate;
mod strict;
mod tenants;
mod tls;
mod tokens;
mod unserved;
mod upstream;
mod who_may;
mod witness;
