//! The npm packages of the root `package.json`: `wasm-opt`, esbuild, terser, tsc,
//! Playwright, axe.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::process;
use crate::workspace::Workspace;

/// Installs what `package-lock.json` pins, unless that was done already;
/// answers with the folder of the packages' programs.
pub fn ensure(workspace: &Workspace) -> Result<PathBuf> {
    let modules = workspace.path("node_modules");
    let stamp = modules.join(".latchlet-lock");
    let lock = fs::read(workspace.path("package-lock.json")).context("package-lock.json")?;
    // npm writes no record of the lock file that it installed from that could
    // be compared byte for byte, so a copy is kept beside what came of it.
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(modules.join(".bin"));
    }
    process::say(
        "installing npm packages (binaryen, esbuild, terser, TypeScript, Playwright, axe) into node_modules",
    );
    let mut npm = workspace.command("npm");
    npm.args(["ci", "--ignore-scripts", "--no-fund", "--no-audit"])
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    process::run(&mut npm)?;
    fs::write(&stamp, lock).with_context(|| format!("cannot write {}", stamp.display()))?;
    Ok(modules.join(".bin"))
}
