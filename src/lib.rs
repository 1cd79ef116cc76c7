//! The widget: a login and sign-up box for any page.
//!
//! A page loads the Wasm module and calls `mount` (see `embed`). A Leptos
//! application uses `<LoginBox/>` (see `component`) with the feature `leptos`
//! and without the default ones.

#![cfg_attr(
    not(feature = "embed"),
    allow(
        dead_code,
        unused_imports,
        reason = "what a page may ask of a box has no face in Leptos"
    )
)]

mod backend;
mod browser;
#[cfg(feature = "leptos")]
mod component;
#[cfg(feature = "embed")]
pub mod embed;
mod fields;
mod later;
mod login_box;
mod parts;
mod screens;
mod state;

pub use latchlet_core as core;

pub use backend::Session;
#[cfg(feature = "leptos")]
pub use component::LoginBox;
pub use state::{About, Event, Kept};
