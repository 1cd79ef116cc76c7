//! Latchlet's auth backend: sign-up, sign-in and profiles, by the HTTP
//! contract of Auth0's Authentication and Management APIs.
//!
//! - [`config`]: clients and connections, from one file
//! - [`auth`]: passwords, secrets, signing keys and tokens; all cryptography
//! - `http`: bodies in, refusals and headers out
//! - [`api`]: every endpoint, and the document of them
//! - `client_auth`: which application asks for tokens
//! - `routes`: one file an endpoint
//! - `sign_in`, `sign_up`: who somebody is, and new accounts
//! - `profiling`: whether a change of a profile is taken, and consents
//! - `continuation`: somebody whom a tenant sends here in the middle of a login
//! - `hosted`: what the login page is made from
//! - `federation`: people whom another provider knows
//! - `pages`: the few pages that the server shows itself
//! - [`mail`]: what it sends to people
//! - `metrics`: what is counted for whoever runs it
//! - `limits`: how often things may be done
//! - [`app`]: what the endpoints share
//! - `router`: the endpoints, and the bounds around them
//! - `upkeep`: what it does by itself
//! - [`serve`]: the listener; `places`: room for connections
//! - [`tls`]: its certificate, where it speaks TLS itself

pub mod api;
pub mod app;
mod assets;
pub mod auth;
mod browser;
mod client_auth;
mod clock;
pub mod config;
mod continuation;
mod email_verification;
mod fault;
mod federation;
mod form;
mod hosted;
mod html;
mod http;
mod in_flight;
mod limits;
pub mod mail;
mod metrics;
mod new_password;
mod pages;
mod passwordless;
pub mod personal_data;
mod places;
mod profile;
mod profiling;
mod router;
mod routes;
mod scope;
pub mod serve;
mod session;
mod sign_in;
mod sign_up;
pub mod tls;
mod upkeep;

pub use app::App;
pub use clock::{Clock, iso};
pub use fault::Fault;
pub use router::{metrics_router, router};
pub use upkeep::keep_up;
