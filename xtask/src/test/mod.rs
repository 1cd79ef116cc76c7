//! `cargo xtask test`: the gate. Every step runs, whatever failed before it,
//! and the last line tells the sum.

mod browser;
mod checks;
mod live;
mod rust;
mod tally;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use clap::ValueEnum;

use self::tally::Tally;
use crate::process;
use crate::workspace::Workspace;

#[derive(clap::Args)]
pub struct Test {
    /// Run only this step; may be given more than once
    #[arg(long, value_name = "STEP")]
    only: Vec<Step>,
    /// Full counts: every property case, every screenshot
    #[arg(long)]
    long: bool,
    /// Run the tests of `clients` alone, against the Auth0 tenant that `AUTH0_DOMAIN`
    /// and its keys name (docs/AUTH0.md)
    #[arg(long, conflicts_with_all = ["only", "long"])]
    live: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Step {
    /// rustfmt has nothing to change
    Fmt,
    /// clippy has nothing to say, natively and for WebAssembly
    Clippy,
    /// licences, sources, banned and vulnerable crates
    Deny,
    /// the widget builds, and fits its budget
    Size,
    /// the npm package's types hold, and refuse what they should
    Types,
    /// what the design forbids and no compiler refuses
    Gates,
    /// the tests of every crate
    Rust,
    /// the tests that run as WebAssembly in the browser
    Wasm,
    /// whole journeys in the browser against the real server
    E2e,
    /// clients and servers that nobody here wrote
    Clients,
}

impl Test {
    pub fn run(&self, workspace: &Workspace) -> Result<ExitCode> {
        let began = Instant::now();
        let mut total = Tally::default();
        let mut lines = Vec::new();
        for step in Step::value_variants() {
            if !self.asks_for(*step) {
                continue;
            }
            let name = step
                .to_possible_value()
                .map(|it| it.get_name().to_owned())
                .unwrap_or_default();
            process::say(&format!("test step: {name}"));
            let began = Instant::now();
            let tally = step.run(workspace, self).unwrap_or_else(|error| {
                eprintln!("error: {error:#}");
                Tally::failed(format!("{name}: {error:#}"))
            });
            lines.push(format!(
                "{name:<8}{:>6} passed{:>5} failed{:>8.1} s",
                tally.passed,
                tally.failed,
                began.elapsed().as_secs_f32()
            ));
            total.add(tally);
        }
        println!("\n{}", lines.join("\n"));
        for note in &total.notes {
            println!("{note}");
        }
        println!("in {:.1} s", began.elapsed().as_secs_f32());
        println!("{} passed, {} failed", total.passed, total.failed);
        Ok(if total.failed == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

impl Test {
    fn asks_for(&self, step: Step) -> bool {
        match self.live {
            true => step == Step::Clients,
            false => self.only.is_empty() || self.only.contains(&step),
        }
    }
}

impl Step {
    fn run(self, workspace: &Workspace, &Test { long, live, .. }: &Test) -> Result<Tally> {
        match self {
            Self::Fmt => checks::fmt(workspace),
            Self::Clippy => checks::clippy(workspace),
            Self::Deny => checks::deny(workspace),
            Self::Size => checks::size(workspace),
            Self::Types => checks::types(workspace),
            Self::Gates => checks::gates(workspace),
            Self::Rust => rust::native(workspace, long),
            Self::Wasm => rust::wasm(workspace),
            Self::E2e => browser::e2e(workspace, long),
            Self::Clients => browser::clients(workspace, live),
        }
    }
}
