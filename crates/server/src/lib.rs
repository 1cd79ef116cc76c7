//! Latchlet's auth backend: sign-up, sign-in and profiles, by the HTTP
//! contract of Auth0's Authentication and Management APIs.
//!
//! - [`config`]: clients and connections, from one file
//! - [`auth`]: passwords, secrets, signing keys and tokens; all cryptography
//! - `http`: bodies in, refusals and headers out
//! - `routes`: one file an endpoint
//! - [`app`]: what the endpoints share
//! - `router`: every endpoint, and the bounds around them
//! - [`serve`]: the listener

pub mod app;
mod assets;
pub mod auth;
mod clock;
pub mod config;
mod fault;
mod form;
mod http;
mod profile;
mod router;
mod routes;
pub mod serve;

pub use app::App;
pub use clock::now;
pub use fault::Fault;
pub use router::router;
