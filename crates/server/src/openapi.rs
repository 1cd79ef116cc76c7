//! `latchlet openapi`: what the server serves, for tools that read OpenAPI.

use std::io::{self, Write as _};
use std::process::ExitCode;

use latchlet_server::api::document;

/// Prints the document. Where it is read, it is about the server it came from.
pub fn run() -> ExitCode {
    match serde_json::to_string_pretty(&document("/")) {
        Ok(text) => {
            // Whoever reads may have heard enough.
            let _ = io::stdout().write_all((text + "\n").as_bytes());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("latchlet: the document cannot be written: {error}");
            ExitCode::FAILURE
        }
    }
}
