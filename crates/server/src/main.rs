//! The command line of the auth backend.

mod check;
mod cli;
mod init;
mod json_file;
mod keys;
mod schema;
mod simulate;
mod user;

use std::io::IsTerminal;
use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;

use cli::{Cli, Command};

#[tokio::main]
async fn main() -> ExitCode {
    let Cli { command } = Cli::parse();
    let filter = EnvFilter::try_from_env("LATCHLET_LOG").unwrap_or_else(|_| "info".into());
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    match command {
        Command::Serve(serve) => match serve.run().await {
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => {
                eprintln!("latchlet: {failure}");
                ExitCode::from(failure.exit_code())
            }
        },
        Command::Init(init) => init.run(),
        Command::Keys(keys) => keys.run().await,
        Command::Check(check) => check.run(),
        Command::Schema(schema) => schema.run(),
        Command::Simulate(simulate) => simulate.run(),
        Command::User(user) => user.run().await,
    }
}
