//! `latchlet check`: what the box would say of its config, and some advice.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use latchlet_core::config::{Advice, Problem, advise, deferral};
use latchlet_core::{Config, Object, Value};

use crate::json_file::{self, Unreadable};

/// Checks configs of the box, which are JSON files. A config in a page can have
/// functions as well; they cannot be written in JSON.
///
/// Exit codes: 0 if every config is fine, 1 if one has problems (with --strict:
/// or could be better), 2 if a file cannot be read or is not JSON.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Check {
    /// The files
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Fail if there is advice, too
    #[arg(long)]
    strict: bool,
    /// What is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The `domain`, where the page adds it to what the file says
    #[arg(long)]
    domain: Option<String>,
    /// The `clientId`, where the page adds it to what the file says
    #[arg(long)]
    client_id: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One JSON array with an entry for each file
    Json,
}

/// What is to be said of one file.
struct Report {
    file: String,
    finding: Finding,
}

enum Finding {
    /// It cannot be read, or is not JSON.
    Unreadable(Unreadable),
    /// The box would not be shown.
    Problems(Vec<Problem>),
    /// It is a config.
    Config {
        advice: Vec<Advice>,
        /// The fields that are sent after the sign-up, and why.
        deferred: Vec<(String, &'static str)>,
    },
}

impl Check {
    /// Checks the files, and prints what there is to say.
    pub fn run(self) -> ExitCode {
        let reports: Vec<Report> = self.files.iter().map(|file| self.read(file)).collect();
        let text = match self.format {
            Format::Text => reports.iter().map(Report::text).collect(),
            Format::Json => {
                let reports: Vec<Value> = reports.iter().map(Report::json).collect();
                format!("{}\n", serde_json::json!(reports))
            }
        };
        // Whoever reads may have heard enough.
        let _ = io::stdout().write_all(text.as_bytes());
        let codes = reports.iter().map(|report| report.exit_code(self.strict));
        ExitCode::from(codes.max().unwrap_or(0))
    }

    fn read(&self, path: &Path) -> Report {
        let file = path.display().to_string();
        let finding = match json_file::read(path) {
            Err(unreadable) => Finding::Unreadable(unreadable),
            Ok(value) => check(&self.completed(value)),
        };
        Report { file, finding }
    }

    /// What the page makes of what the file says.
    fn completed(&self, value: Value) -> Value {
        let Value::Object(mut config) = value else {
            return value;
        };
        for (name, given) in [("domain", &self.domain), ("clientId", &self.client_id)] {
            if let Some(given) = given {
                config.insert(name, given.as_str());
            }
        }
        config.into()
    }
}

fn check(value: &Value) -> Finding {
    match Config::read(value) {
        Err(problems) => Finding::Problems(problems),
        Ok(config) => {
            let fields = config.sign_up.fields.iter();
            let deferred = fields.filter_map(|field| {
                let why = deferral(field)?;
                Some((field.name.clone(), why.reason()))
            });
            Finding::Config {
                deferred: deferred.collect(),
                advice: advise(&config, value),
            }
        }
    }
}

impl Report {
    fn exit_code(&self, strict: bool) -> u8 {
        match &self.finding {
            Finding::Unreadable(_) => 2,
            Finding::Problems(_) => 1,
            Finding::Config { advice, .. } => u8::from(strict && !advice.is_empty()),
        }
    }

    fn text(&self) -> String {
        let file = &self.file;
        let mut text = String::new();
        let mut line = |said: String| {
            let _ = writeln!(text, "{said}");
        };
        match &self.finding {
            Finding::Unreadable(unreadable) => line(unreadable.describe(file)),
            Finding::Problems(problems) => {
                line(format!("{file}: {}", count(problems.len(), "problem")));
                for problem in problems {
                    line(format!("  {problem}"));
                }
            }
            Finding::Config { advice, deferred } => {
                line(match advice.len() {
                    0 => format!("{file}: fine"),
                    some => format!("{file}: fine, with {}", count(some, "suggestion")),
                });
                for Advice {
                    path,
                    code,
                    message,
                } in advice
                {
                    line(format!("  {path}: {message} [{code}]"));
                }
                for (name, why) in deferred {
                    line(format!("  `{name}` is sent after the sign-up: {why}"));
                }
            }
        }
        text
    }

    fn json(&self) -> Value {
        let mut report = Object::new();
        report.insert("file", self.file.as_str());
        match &self.finding {
            Finding::Unreadable(Unreadable { why, at }) => {
                let mut error: Object = [("message", why.as_str())].into_iter().collect();
                if let Some((line, column)) = at {
                    error.insert("line", *line as u32);
                    error.insert("column", *column as u32);
                }
                report.insert("error", error);
            }
            Finding::Problems(problems) => {
                report.insert("problems", list(problems, of_problem));
            }
            Finding::Config { advice, deferred } => {
                report.insert("problems", Vec::new());
                report.insert("advice", list(advice, of_advice));
                report.insert(
                    "deferred",
                    list(deferred, |(name, reason)| {
                        [("name", name.as_str()), ("reason", reason)]
                            .into_iter()
                            .collect()
                    }),
                );
            }
        }
        report.into()
    }
}

fn of_problem(problem: &Problem) -> Object {
    let suggestion = problem.suggestion.clone().map_or(Value::Null, Value::from);
    let mut entry: Object = [
        ("path", problem.path.as_str()),
        ("code", problem.code.as_str()),
        ("message", &problem.message),
    ]
    .into_iter()
    .collect();
    entry.insert("suggestion", suggestion);
    entry
}

fn of_advice(advice: &Advice) -> Object {
    [
        ("path", advice.path.as_str()),
        ("code", advice.code),
        ("message", &advice.message),
    ]
    .into_iter()
    .collect()
}

fn list<T>(items: &[T], entry: impl Fn(&T) -> Object) -> Value {
    let entries = items.iter().map(|item| Value::from(entry(item)));
    entries.collect::<Vec<_>>().into()
}

fn count(number: usize, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        _ => format!("{number} {what}s"),
    }
}
