//! `latchlet simulate`: what progressive profiling would ask of a person.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, UNIX_EPOCH};

use clap::{Args, ValueEnum};
use latchlet_core::config::{Problem, Progressive};
use latchlet_core::progressive::simulate::{Does, Persona, Step, simulate};
use latchlet_core::progressive::{Reason, Seconds, Source, Why};
use latchlet_core::{Config, Object, Value};

use crate::json_file;

/// Shows what a config asks of a person at their first logins, when, and why
/// every other question is not asked. Nothing is sent anywhere.
///
/// Exit codes: 0 if it is shown, 1 if the config or the persona has problems,
/// 2 if a file cannot be read or is not JSON.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Simulate {
    /// The config of the box, with `progressiveProfile`
    #[arg(long)]
    config: PathBuf,
    /// The person: who they are, what is known of them, and what they do
    #[arg(long)]
    persona: PathBuf,
    /// How many logins, the first at the sign-up
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=1000))]
    logins: u32,
    /// What is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// The logins as JSON, for snapshot tests
    Json,
}

/// Why nothing is shown.
struct Failure {
    said: String,
    code: u8,
}

impl Simulate {
    /// Shows it.
    pub fn run(self) -> ExitCode {
        match self.shown() {
            Ok(text) => {
                // Whoever reads may have heard enough.
                let _ = io::stdout().write_all(text.as_bytes());
                ExitCode::SUCCESS
            }
            Err(failure) => {
                eprintln!("latchlet: {}", failure.said);
                ExitCode::from(failure.code)
            }
        }
    }

    fn shown(&self) -> Result<String, Failure> {
        let progressive = read_config(&self.config)?;
        let persona = read(&self.persona)?;
        let persona = Persona::read(&persona).map_err(|it| problems(&self.persona, &it))?;
        let Progressive { policy, schema, .. } = &progressive;
        let (steps, metadata) = simulate(policy, schema, &persona, self.logins);
        Ok(match self.format {
            Format::Text => steps.iter().map(text).collect(),
            Format::Json => {
                let steps: Vec<Value> = steps.iter().map(Step::to_value).collect();
                let mut shown = Object::new();
                shown.insert("logins", steps);
                shown.insert("user_metadata", metadata);
                format!("{:#}\n", serde_json::json!(shown))
            }
        })
    }
}

/// What a config says of progressive profiling. The page may be what adds the
/// domain and the client id, which make no difference here.
fn read_config(path: &Path) -> Result<Progressive, Failure> {
    let mut value = read(path)?;
    if let Value::Object(config) = &mut value {
        for (name, any) in [("domain", "simulated.example"), ("clientId", "simulated")] {
            if config.get(name).is_none() {
                config.insert(name, any);
            }
        }
    }
    let config = Config::read(&value).map_err(|it| problems(path, &it))?;
    config.progressive.ok_or_else(|| Failure {
        said: format!("{}: there is no `progressiveProfile`", path.display()),
        code: 1,
    })
}

fn read(path: &Path) -> Result<Value, Failure> {
    json_file::read(path).map_err(|unreadable| Failure {
        said: unreadable.describe(&path.display().to_string()),
        code: 2,
    })
}

fn problems(path: &Path, problems: &[Problem]) -> Failure {
    let list: String = problems.iter().map(|it| format!("\n  {it}")).collect();
    Failure {
        said: format!(
            "{} has {} problem(s):{list}",
            path.display(),
            problems.len()
        ),
        code: 1,
    }
}

/// One login for people.
fn text(step: &Step) -> String {
    let mut text = format!("login {:<3} {}   ", step.login, time(step.at));
    let asked = step.plan.ask.iter().map(|it| match it.why {
        Why::Due => it.name.clone(),
        why => format!("{} ({})", it.name, why.code()),
    });
    let asked: Vec<String> = asked.collect();
    let _ = match step.does {
        None => writeln!(text, "nothing is asked"),
        Some(does) => writeln!(text, "asks {}; {}", asked.join(", "), deed(does, step)),
    };
    let width = step.plan.reasons.iter().map(|(name, _)| name.len()).max();
    for (name, reason) in &step.plan.reasons {
        if !matches!(reason, Reason::Asked(_)) {
            let _ = writeln!(
                text,
                "    {name:<0$}  {1}",
                width.unwrap_or(0),
                why_not(reason)
            );
        }
    }
    text
}

fn deed(does: Does, step: &Step) -> String {
    match (does, step.answered.is_empty()) {
        (Does::Answer, true) => "saves nothing, which is skipping".to_owned(),
        (_, false) => format!("answers {}", step.answered.join(", ")),
        (does, true) => does.code().to_owned(),
    }
}

fn why_not(reason: &Reason) -> String {
    match reason {
        Reason::Asked(why) => why.code().to_owned(),
        Reason::Known(Source::User) => "known: the person said so".to_owned(),
        Reason::Known(Source::App) => "known: the page says so".to_owned(),
        Reason::Known(Source::Provider) => "known from the identity provider".to_owned(),
        Reason::Known(Source::Enrichment) => "known: it was looked up".to_owned(),
        Reason::Declined => "the person does not want to be asked".to_owned(),
        Reason::AskedOften => "was asked as often as allowed".to_owned(),
        Reason::NotInShare => "the person is not in the share that is asked".to_owned(),
        Reason::ServerOnly => "only a server writes it".to_owned(),
        Reason::Condition => "its condition does not hold".to_owned(),
        Reason::OnDemand => "waits until a part of the page asks".to_owned(),
        Reason::Event(event) => format!("waits until the page reports `{event}`"),
        Reason::Login(login) => format!("waits for login {login}"),
        Reason::Time(at) => format!("waits until {}", time(*at)),
        Reason::CoolDown(at) => format!("cool-down until {}", time(*at)),
        Reason::Rest(at) => format!("no prompts until {}", time(*at)),
        Reason::NoMore => "no more prompts: too many were skipped".to_owned(),
        Reason::ThisLogin => "something was asked at this login already".to_owned(),
        Reason::NoRoom => "more important questions come first".to_owned(),
    }
}

/// A time to the minute, UTC.
fn time(at: Seconds) -> String {
    let since = Duration::from_secs(at.try_into().unwrap_or(0));
    let text = humantime::format_rfc3339_seconds(UNIX_EPOCH + since).to_string();
    text.get(..16).unwrap_or_default().replace('T', " ")
}
