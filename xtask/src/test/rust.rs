//! Rust's own tests: natively, and as WebAssembly in the browser.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::json;

use super::tally::Tally;
use crate::postgres::Postgres;
use crate::workspace::Workspace;
use crate::{apt, browser, dist, npm, process, tools};

/// Cases of each property test under `--long`; proptest's own default is 256.
const LONG_CASES: &str = "20000";

/// Tests of the server to which it is all the same which database there is.
const WITHOUT_DATABASE: [&str; 6] = [
    "check::",
    "cli::",
    "config::",
    "mailer::",
    "schema::",
    "simulate::",
];

/// Tests of what SQLite does with its file.
const OF_SQLITE: [&str; 2] = ["disk::", "traced::"];

pub fn native(workspace: &Workspace, long: bool) -> Result<Tally> {
    // The server's tests ask it for the widget's files, which its build embeds.
    dist::ensure(workspace)?;
    let mut test = workspace.cargo();
    test.args([
        "test",
        "--locked",
        "--workspace",
        "--all-features",
        "--no-fail-fast",
    ]);
    in_full(&mut test, long);
    let mut tally = counted("cargo test", &mut test)?;
    tally.add(with_tools(workspace)?);
    tally.add(on_postgres(workspace, long)?);
    Ok(tally)
}

/// Under `--long`, more of what is tried often.
fn in_full(test: &mut Command, long: bool) {
    if long {
        test.env("PROPTEST_CASES", LONG_CASES)
            .env("LATCHLET_TEST_LONG", "1");
    }
}

/// Those that need what not every machine has.
fn with_tools(workspace: &Workspace) -> Result<Tally> {
    // npm's SMTP server.
    npm::ensure(workspace)?;
    let mut tally = Tally::default();
    let mut test = workspace.cargo();
    test.args(["test", "--locked", "--all-features"])
        .args(["--package", "latchlet-server", "--test", "hardening"])
        .args(["--", "--ignored"]);
    if !(can_trace() || apt::install(&["strace"]).is_ok() && can_trace()) {
        test.args(["--skip", "traced::"]);
        tally.add(Tally::skipped(
            "that nothing is answered before it is on disk: system calls cannot be traced; \
             on Debian: sudo apt-get install --yes strace",
        ));
    }
    tally.add(counted("tests with tools", &mut test)?);
    Ok(tally)
}

/// Whether there is strace, and it may trace: some containers forbid it.
fn can_trace() -> bool {
    let mut strace = Command::new("strace");
    let status = strace.args(["-o", "/dev/null", "true"]).status();
    status.is_ok_and(|status| status.success())
}

/// The same tests of the store and of the server once more, on PostgreSQL, and
/// those that need it.
fn on_postgres(workspace: &Workspace, long: bool) -> Result<Tally> {
    let postgres = match Postgres::start()? {
        Ok(postgres) => postgres,
        Err(reason) => {
            let skipped = format!("the tests on PostgreSQL: {reason}");
            return Ok(Tally::skipped(&skipped));
        }
    };
    let mut test = workspace.cargo();
    test.args(["test", "--locked", "--no-fail-fast", "--all-features"])
        .args([
            "--package",
            "latchlet-store",
            "--package",
            "latchlet-server",
        ])
        .args([
            "--test",
            "conformance",
            "--test",
            "postgres",
            "--test",
            "contract",
            "--test",
            "hardening",
        ])
        .args(["--", "--include-ignored"])
        .args(
            WITHOUT_DATABASE
                .iter()
                .chain(&OF_SQLITE)
                .flat_map(|name| ["--skip", name]),
        )
        .env("LATCHLET_TEST_POSTGRES", postgres.url());
    in_full(&mut test, long);
    counted("tests on PostgreSQL", &mut test)
}

pub fn wasm(workspace: &Workspace) -> Result<Tally> {
    tools::ensure_wasm_target()?;
    let bindgen = tools::wasm_bindgen(workspace)?;
    let browser = browser::ensure()?;
    // Chromium refuses its sandbox to root, and must not call home.
    let webdriver = workspace.scratch()?.join("webdriver.json");
    let capabilities = json!({ "goog:chromeOptions": {
        "binary": browser.chromium,
        "args": ["headless", "no-sandbox", "disable-gpu", "disable-dev-shm-usage",
            "disable-background-networking", "disable-component-update", "disable-sync",
            "no-first-run", "window-size=1024,768"],
    }});
    fs::write(&webdriver, capabilities.to_string())
        .with_context(|| format!("cannot write {}", webdriver.display()))?;

    let mut test = workspace.cargo();
    test.args([
        "test",
        "--locked",
        "--no-fail-fast",
        "--target",
        tools::WASM_TARGET,
    ])
    .args([
        "--package",
        "latchlet-core",
        "--package",
        "latchlet",
        // All but `split`, whose second part only `cargo xtask dist` cuts off.
        "--features",
        "latchlet/leptos,latchlet-core/advice,latchlet-core/diagnostics,latchlet-core/schema,\
         latchlet-core/serde,latchlet-core/sketch",
        "--tests",
    ])
    .env(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
        bindgen.join("wasm-bindgen-test-runner"),
    )
    .env("CHROMEDRIVER", browser.driver)
    .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", webdriver)
    .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    counted("wasm tests", &mut test)
}

/// A run that stops before its totals (it does not compile, a test aborts)
/// must not look like one without failures.
fn counted(name: &str, command: &mut Command) -> Result<Tally> {
    let mut tally = Tally::default();
    let status = process::stream(command, |line| tally.hear(line))?;
    if tally.passed == 0 && tally.failed == 0 {
        tally.add(Tally::failed(format!("{name} ran no test")));
    } else if !status.success() && tally.failed == 0 {
        tally.add(Tally::failed(format!(
            "{name} stopped before its end ({status})"
        )));
    }
    Ok(tally)
}
