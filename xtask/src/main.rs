//! The project's commands: `cargo xtask demo`, `test`, `dist`, `size`,
//! `bench`.
//!
//! They hold all the set-up that a fresh clone needs, so that the README can
//! stay at two lines. What they install is pinned, said aloud, kept in a
//! per-user cache and reused.

mod apt;
mod bench;
mod browser;
mod compress;
mod demo;
mod dist;
mod gates;
mod imports;
mod module;
mod npm;
mod package;
mod parts;
mod postgres;
mod process;
mod size;
mod split;
mod test;
mod tools;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::workspace::Workspace;

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    about = "Builds, shows, measures and tests Latchlet"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build everything, start the server and serve a page to sign up on
    Demo(demo::Demo),
    /// Run every check and every test, in a real browser too
    Test(test::Test),
    /// Build the widget into dist/, compressed as the server sends it
    Dist(dist::Dist),
    /// Print what a browser downloads, and hold it against the budget
    Size(size::Size),
    /// Measure the box in a browser, or the auth backend
    Bench(bench::Bench),
}

fn main() -> ExitCode {
    let result = match split::stands_in() {
        true => split::cut_and_bind(),
        false => run(Arguments::parse()),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<ExitCode> {
    let workspace = Workspace::locate()?;
    match arguments.command {
        Command::Demo(demo) => demo.run(&workspace),
        Command::Test(test) => test.run(&workspace),
        Command::Dist(dist) => dist.run(&workspace).map(|()| ExitCode::SUCCESS),
        Command::Size(size) => size.run(&workspace),
        Command::Bench(bench) => bench.run(&workspace),
    }
}
