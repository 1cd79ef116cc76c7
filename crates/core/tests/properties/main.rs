//! What holds for every config and every answer.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod canonical;
mod configs;
mod forms;
#[path = "../golden/read.rs"]
mod golden;
mod history;
mod json_schema;
mod patterns;
mod progressive;
mod questions;
mod schema;
