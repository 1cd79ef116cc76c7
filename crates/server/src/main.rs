//! The command line of the auth backend.

mod check;
mod cli;
mod compile;
mod init;
mod json_file;
mod keys;
mod log;
mod openapi;
mod schema;
mod simulate;
mod user;

use std::process::ExitCode;

use clap::Parser;

use cli::{Cli, Command};
use log::LogFormat;

#[tokio::main]
async fn main() -> ExitCode {
    let Cli { command } = Cli::parse();
    let format = match &command {
        Command::Serve(serve) => serve.log_format,
        _ => LogFormat::default(),
    };
    log::start(format);
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
        Command::Compile(compile) => compile.run(),
        Command::Schema(schema) => schema.run(),
        Command::Openapi => openapi::run(),
        Command::Simulate(simulate) => simulate.run(),
        Command::User(user) => user.run().await,
    }
}
