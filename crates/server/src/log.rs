//! The log, on standard error: lines for people, or JSON for what collects logs.

use std::io::{IsTerminal, stderr};

use clap::ValueEnum;
use tracing_subscriber::EnvFilter;

/// How the log is written.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum LogFormat {
    /// A line of text an event
    #[default]
    Text,
    /// An object of JSON an event
    Json,
}

/// Begins the log. What is in it, `LATCHLET_LOG` says.
pub fn start(format: LogFormat) {
    let filter = EnvFilter::try_from_env("LATCHLET_LOG").unwrap_or_else(|_| "info".into());
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(stderr)
        // It would be told to standard error, where it failed, and end the request.
        .log_internal_errors(false);
    match format {
        LogFormat::Text => log.with_ansi(stderr().is_terminal()).init(),
        LogFormat::Json => log.json().with_span_list(false).init(),
    }
}
