//! `latchlet schema`: the grammar of a config for editors and compilers.

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use latchlet_core::config::schema::{json_schema, typescript};

#[derive(Args)]
pub struct Schema {
    /// In which language
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// JSON Schema, 2020-12: what a JSON file can say
    Json,
    /// TypeScript: what a page can say, functions included
    Typescript,
}

impl Schema {
    /// Prints it.
    pub fn run(self) -> ExitCode {
        let text = match self.format {
            Format::Json => match serde_json::to_string_pretty(&json_schema()) {
                Ok(text) => text + "\n",
                Err(error) => {
                    eprintln!("latchlet: the schema cannot be written: {error}");
                    return ExitCode::FAILURE;
                }
            },
            Format::Typescript => typescript(),
        };
        // Whoever reads may have heard enough.
        let _ = io::stdout().write_all(text.as_bytes());
        ExitCode::SUCCESS
    }
}
