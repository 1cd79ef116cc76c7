//! `latchlet compile`: a config, and what its first form is painted from before the
//! Wasm is there.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use latchlet_core::sketch::sketch;
use latchlet_core::{Config, Object, Value};

use crate::json_file;

/// Compiles a config of the box, which is a JSON file, to the standard output. The
/// box takes what comes out wherever it takes a config. What a page says beside it
/// by attributes or properties must not be about the form.
///
/// Exit codes: 0 if it is compiled, 1 if the config has problems or a first screen
/// that is not painted early, 2 if the file cannot be read or is not JSON.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Compile {
    /// The file
    file: PathBuf,
}

impl Compile {
    /// Prints it.
    pub fn run(self) -> ExitCode {
        let file = self.file.display().to_string();
        let config = match json_file::read(&self.file) {
            Ok(config) => config,
            Err(unreadable) => {
                eprintln!("{}", unreadable.describe(&file));
                return ExitCode::from(2);
            }
        };
        let read = match Config::read(&whole(&config)) {
            Ok(read) => read,
            Err(problems) => {
                for problem in problems {
                    eprintln!("{file}: {problem}");
                }
                return ExitCode::FAILURE;
            }
        };
        let Some(sketch) = sketch(&read) else {
            eprintln!(
                "{file}: its first screen is not painted early: it has buttons of other \
                 providers, columns or a message, or is no form"
            );
            return ExitCode::FAILURE;
        };
        let compiled: Object = [("config", config), ("sketch", sketch)]
            .into_iter()
            .collect();
        match serde_json::to_string(&compiled) {
            // Whoever reads may have heard enough.
            Ok(text) => drop(io::stdout().write_all((text + "\n").as_bytes())),
            Err(error) => {
                eprintln!("latchlet: it cannot be written: {error}");
                return ExitCode::FAILURE;
            }
        }
        ExitCode::SUCCESS
    }
}

/// The config with who asks whom, which a page often says itself. The form is the
/// same whoever that is.
fn whole(config: &Value) -> Value {
    let Value::Object(said) = config else {
        return config.clone();
    };
    let mut whole = said.clone();
    for (name, value) in [("clientId", "anybody"), ("domain", "latchlet.invalid")] {
        if whole.get(name).is_none() {
            whole.insert(name, value);
        }
    }
    whole.into()
}
