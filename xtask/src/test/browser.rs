//! Playwright's journeys through the real server.

use std::fs;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::tally::Tally;
use crate::workspace::Workspace;
use crate::{browser, dist, npm, process};

/// What Playwright's JSON report says of a run.
#[derive(Deserialize)]
struct Report {
    stats: Stats,
}

#[derive(Deserialize)]
struct Stats {
    expected: usize,
    unexpected: usize,
    flaky: usize,
    skipped: usize,
}

pub fn e2e(workspace: &Workspace, long: bool) -> Result<Tally> {
    dist::ensure(workspace)?;
    let programs = npm::ensure(workspace)?;
    let browser = browser::ensure()?;
    let mut build = workspace.cargo();
    process::run(build.args(["build", "--locked", "--package", "latchlet-server"]))?;

    let report = workspace.scratch()?.join("playwright.json");
    let _ = fs::remove_file(&report);
    let mut playwright = workspace.command(programs.join("playwright"));
    playwright
        .args([
            "test",
            "--config",
            "tests/e2e/playwright.config.mjs",
            "--reporter",
            "list,json",
        ])
        .env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report)
        .env("LATCHLET_TEST_CHROMIUM", browser.chromium)
        .env(
            "LATCHLET_TEST_SERVER",
            workspace.target().join("debug/latchlet"),
        );
    if long {
        playwright.env("LATCHLET_TEST_LONG", "1");
    }
    let status = process::stream(&mut playwright, |_| ())?;

    let text = fs::read_to_string(&report).context("Playwright ended without a report")?;
    let Stats {
        expected,
        unexpected,
        flaky,
        skipped,
    } = serde_json::from_str::<Report>(&text)?.stats;
    let mut tally = Tally {
        passed: expected,
        failed: unexpected + flaky,
        notes: Vec::new(),
    };
    if skipped > 0 {
        tally.add(Tally::skipped(&format!(
            "{skipped} browser tests, which --long runs"
        )));
    }
    if tally.failed > 0 {
        tally.notes.push(format!(
            "FAILED  {} browser tests, named above",
            tally.failed
        ));
    } else if !status.success() || expected == 0 {
        tally.add(Tally::failed(format!(
            "Playwright ran {expected} tests ({status})"
        )));
    }
    Ok(tally)
}
