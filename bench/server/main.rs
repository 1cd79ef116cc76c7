//! What the auth backend does in a second, and how long people wait for it: the
//! released program as a process of its own, over HTTP, on SQLite and
//! PostgreSQL, with few and with many users; beside other OpenID servers, in
//! the same run.
//!
//! `cargo xtask bench server` runs it. `cargo test` tries every request once or
//! twice, on SQLite, so that it still can when somebody wants figures.

mod asked;
mod load;
mod machine;
mod measure;
mod peers;
mod program;
mod rounds;
mod seed;
mod tables;
mod without_hashing;

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};

use load::Load;
use measure::Plan;
use seed::Kind;
use without_hashing::ServeWithoutHashing;

/// Measures the auth backend
#[derive(Parser)]
struct Options {
    #[command(subcommand)]
    command: Option<Command>,
    /// How many users there are, in turns
    #[arg(long, value_delimiter = ',', default_value = "1000,100000,1000000")]
    users: Vec<u32>,
    /// How many clients send requests at once
    #[arg(long, default_value_t = 16)]
    clients: usize,
    /// How often each figure is taken, other ones between
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// For how many milliseconds
    #[arg(long, default_value_t = 2_000)]
    milliseconds: u64,
    /// How many codes there are to be exchanged
    #[arg(long, default_value_t = 6_000)]
    codes: u32,
    /// A brief run with few users, to see whether all of it works
    #[arg(long)]
    quick: bool,
    /// Where the tables go, beside the terminal
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
    /// Given by `cargo bench`
    #[arg(long, hide = true)]
    bench: bool,
}

#[derive(Subcommand)]
enum Command {
    #[command(hide = true)]
    ServeWithoutHashing(ServeWithoutHashing),
}

#[tokio::main]
async fn main() -> ExitCode {
    let is_test = std::env::args().skip(1).all(|option| option == "--quiet");
    let done = match is_test {
        true => as_a_test().await,
        false => Options::parse().run().await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// As `cargo test` runs it: without a word of what to do.
async fn as_a_test() -> io::Result<()> {
    brief().place(Kind::Sqlite, 10).await.map(drop)
}

fn brief() -> Plan {
    Plan {
        load: Load {
            clients: 4,
            time: Duration::from_millis(100),
        },
        rounds: 1,
        codes: 200,
    }
}

impl Options {
    async fn run(self) -> io::Result<()> {
        if let Some(Command::ServeWithoutHashing(serve)) = self.command {
            return serve.run().await;
        }
        let (plan, users) = match self.quick {
            true => (brief(), vec![1_000]),
            false => (self.plan(), self.users),
        };
        let postgres = std::env::var_os("LATCHLET_TEST_POSTGRES").is_some();
        let kinds = [Kind::Sqlite, Kind::Postgres];
        let kinds = kinds.iter().filter(|it| postgres || **it == Kind::Sqlite);
        let mut text = machine::describe()?;
        let mut places = Vec::new();
        for kind in kinds {
            let mut of_kind = Vec::new();
            for users in &users {
                of_kind.push(plan.place(*kind, *users).await?);
            }
            let table = tables::requests(*kind, &of_kind);
            println!("\n{table}");
            let _ = write!(text, "\n{table}");
            places.extend(of_kind);
        }
        let first_start = plan.first_start().await?;
        let _ = write!(text, "\n{}", tables::memory(&places, first_start));
        let _ = write!(
            text,
            "\n{}",
            tables::beside_others(&plan.beside_others().await?)
        );
        println!("\n{text}");
        match self.write {
            Some(file) => fs::write(file, text),
            None => Ok(()),
        }
    }

    fn plan(&self) -> Plan {
        Plan {
            load: Load {
                clients: self.clients,
                time: Duration::from_millis(self.milliseconds),
            },
            rounds: self.rounds,
            codes: self.codes,
        }
    }
}
