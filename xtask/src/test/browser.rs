//! Playwright's journeys through the real server.

use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::live;
use super::tally::Tally;
use crate::workspace::Workspace;
use crate::{browser, dist, module, npm, process, tools};

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
    npm::ensure_apps(workspace)?;
    let leptos = leptos_application(workspace)?;
    let mut environment = vec![("LATCHLET_TEST_LEPTOS", leptos.as_os_str())];
    if long {
        environment.push(("LATCHLET_TEST_LONG", OsStr::new("1")));
    }
    playwright(workspace, "tests/e2e", "list,json", &environment)
}

/// Other people's clients against our server, or with `live` against a tenant
/// of Auth0's, if the environment names one.
pub fn clients(workspace: &Workspace, live: bool) -> Result<Tally> {
    if live && let Some(missing) = live::missing() {
        return Ok(Tally::skipped(&missing));
    }
    npm::ensure_clients(workspace)?;
    let mut environment = Vec::new();
    if live {
        environment.push(("LATCHLET_TEST_LIVE", OsStr::new("1")));
    }
    let reporters = "list,json,tests/clients/harness/report.mjs";
    playwright(workspace, "tests/clients", reporters, &environment)
}

/// Builds the example application of Leptos; answers with the folder of its module.
fn leptos_application(workspace: &Workspace) -> Result<PathBuf> {
    tools::ensure_wasm_target()?;
    process::say("building the Leptos application");
    let name = "latchlet-leptos-app";
    let mut build = workspace.cargo();
    build
        .args(["build", "--locked", "--package", name])
        .args(["--target", tools::WASM_TARGET]);
    process::run(&mut build)?;
    let debug = workspace.target().join(tools::WASM_TARGET).join("debug");
    let folder = workspace.target().join("apps/leptos");
    module::bind_only(
        workspace,
        &debug.join(format!("{name}.wasm")),
        &folder,
        "main",
    )?;
    Ok(folder)
}

/// Runs the tests of a folder.
fn playwright(
    workspace: &Workspace,
    folder: &str,
    reporters: &str,
    environment: &[(&str, &OsStr)],
) -> Result<Tally> {
    dist::ensure(workspace)?;
    let programs = npm::ensure(workspace)?;
    let browser = browser::ensure()?;
    let mut build = workspace.cargo();
    process::run(build.args(["build", "--locked", "--package", "latchlet-server"]))?;

    let report = workspace.scratch()?.join("playwright.json");
    let _ = fs::remove_file(&report);
    let mut playwright = workspace.command(programs.join("playwright"));
    playwright
        .args(["test", "--config"])
        .arg(workspace.path(folder).join("playwright.config.mjs"))
        .args(["--reporter", reporters])
        .env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report)
        .env("LATCHLET_TEST_CHROMIUM", browser.headless())
        .env("LATCHLET_TEST_WHOLE_CHROMIUM", browser.chromium)
        .env(
            "LATCHLET_TEST_SERVER",
            workspace.target().join("debug/latchlet"),
        )
        .envs(environment.iter().copied());
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
            "{skipped} tests of {folder}, for the reasons above"
        )));
    }
    if tally.failed > 0 {
        tally.notes.push(format!(
            "FAILED  {} tests of {folder}, named above",
            tally.failed
        ));
    } else if !status.success() || expected == 0 {
        tally.add(Tally::failed(format!(
            "{folder}: Playwright ran {expected} tests ({status})"
        )));
    }
    Ok(tally)
}
