//! `cargo xtask bench`: what only a browser can measure, and what the auth
//! backend does in a second. No test depends on the figures.

use std::process::ExitCode;

use anyhow::Result;
use clap::Subcommand;

use crate::postgres::Postgres;
use crate::workspace::Workspace;
use crate::{browser, dist, npm, process};

/// Where the tables about the server are kept.
const SERVER_TABLES: &str = "bench/SERVER.md";

#[derive(clap::Args)]
pub struct Bench {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Subcommand)]
enum What {
    /// A form of many fields, in a browser; what is measured without a word
    Form,
    /// Login boxes of others beside this one, in a browser
    Browser(Boxes),
    /// The auth backend, on SQLite and PostgreSQL and beside other servers;
    /// writes bench/SERVER.md. A quarter of an hour
    Server(Server),
}

#[derive(clap::Args)]
struct Boxes {
    /// How many rounds
    #[arg(long, default_value_t = 7)]
    rounds: u32,
}

#[derive(clap::Args)]
struct Server {
    /// A minute with few users, to see whether all of it works; writes nothing
    #[arg(long)]
    quick: bool,
    /// How many users there are, in turns, as `1000,100000`; writes nothing
    #[arg(long, conflicts_with = "quick")]
    users: Option<String>,
}

impl Bench {
    pub fn run(&self, workspace: &Workspace) -> Result<ExitCode> {
        match &self.what {
            None | Some(What::Form) => form(workspace)?,
            Some(What::Browser(boxes)) => boxes.run(workspace)?,
            Some(What::Server(server)) => server.run(workspace)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn form(workspace: &Workspace) -> Result<()> {
    npm::ensure(workspace)?;
    process::say("a form of many fields: mounting it, and typing into it");
    in_browser(workspace, "fields", &[])
}

impl Boxes {
    fn run(&self, workspace: &Workspace) -> Result<()> {
        npm::ensure(workspace)?;
        npm::ensure_bench(workspace)?;
        process::say("login boxes of others beside this one");
        in_browser(workspace, "boxes", &[self.rounds.to_string()])
    }
}

/// Runs a program of `bench/browser`.
fn in_browser(workspace: &Workspace, name: &str, arguments: &[String]) -> Result<()> {
    dist::ensure(workspace)?;
    let browser = browser::ensure()?;
    let mut node = workspace.command("node");
    node.arg(format!("bench/browser/{name}.mjs"))
        .args(arguments)
        .env("LATCHLET_TEST_CHROMIUM", browser.chromium);
    process::run(&mut node)
}

impl Server {
    fn run(&self, workspace: &Workspace) -> Result<()> {
        dist::ensure(workspace)?;
        npm::ensure_clients(workspace)?;
        let postgres = match Postgres::start()? {
            Ok(postgres) => Some(postgres),
            Err(reason) => {
                process::say(&format!("without PostgreSQL: {reason}"));
                None
            }
        };
        process::say("the auth backend: building it as it is released, and measuring it");
        let mut bench = workspace.cargo();
        bench
            .args(["bench", "--locked", "--package", "latchlet-server"])
            .args(["--bench", "server", "--"]);
        match &self.users {
            _ if self.quick => drop(bench.arg("--quick")),
            Some(users) => drop(bench.args(["--users", users])),
            None => drop(bench.arg("--write").arg(workspace.path(SERVER_TABLES))),
        }
        if let Some(postgres) = &postgres {
            bench.env("LATCHLET_TEST_POSTGRES", postgres.url());
        }
        process::run(&mut bench)
    }
}
