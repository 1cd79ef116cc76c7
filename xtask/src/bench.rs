//! `cargo xtask bench`: what only a browser can measure. No test depends on it.

use std::process::ExitCode;

use anyhow::Result;

use crate::workspace::Workspace;
use crate::{browser, dist, npm, process};

#[derive(clap::Args)]
pub struct Bench {}

impl Bench {
    pub fn run(&self, workspace: &Workspace) -> Result<ExitCode> {
        dist::ensure(workspace)?;
        npm::ensure(workspace)?;
        let browser = browser::ensure()?;
        process::say("a form of many fields: mounting it, and typing into it");
        let mut node = workspace.command("node");
        node.arg("bench/browser/fields.mjs")
            .env("LATCHLET_TEST_CHROMIUM", browser.chromium);
        process::run(&mut node)?;
        Ok(ExitCode::SUCCESS)
    }
}
