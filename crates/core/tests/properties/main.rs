//! What holds for every config and every answer.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod canonical;
mod configs;
mod forms;
mod patterns;
mod schema;
