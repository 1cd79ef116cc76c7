//! What npm installs: the packages of the root `package.json` (`wasm-opt`,
//! esbuild, terser, tsc, Playwright, axe), the clients and servers of
//! `tests/clients`, and what `examples/apps` are built with, which only their
//! tests need.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::process;
use crate::workspace::Workspace;

/// Installs the packages of the workspace, and answers with the folder of their
/// programs.
pub fn ensure(workspace: &Workspace) -> Result<PathBuf> {
    let what = "npm packages (binaryen, esbuild, terser, TypeScript, Playwright, axe)";
    install(workspace, "", what).map(|modules| modules.join(".bin"))
}

/// Installs the clients and servers that nobody here wrote.
pub fn ensure_clients(workspace: &Workspace) -> Result<()> {
    let what = "npm packages (clients of Auth0's and others', for their tests)";
    install(workspace, "tests/clients", what).map(drop)
}

/// Installs the frameworks and bundlers of the example applications.
pub fn ensure_apps(workspace: &Workspace) -> Result<()> {
    let what = "npm packages (React, Vue, Svelte, Next.js, Vite, webpack, Rollup)";
    install(workspace, "examples/apps", what).map(drop)
}

/// Installs the login boxes that are measured beside this one.
pub fn ensure_bench(workspace: &Workspace) -> Result<()> {
    let what = "npm packages (login boxes of others, to measure)";
    install(workspace, "bench/browser", what).map(drop)
}

/// Installs what the `package-lock.json` of a folder pins, unless that was done
/// already; answers with where the packages are.
fn install(workspace: &Workspace, folder: &str, what: &str) -> Result<PathBuf> {
    let folder = workspace.path(folder);
    let modules = folder.join("node_modules");
    let stamp = modules.join(".latchlet-lock");
    let lock = fs::read(folder.join("package-lock.json"))
        .with_context(|| folder.join("package-lock.json").display().to_string())?;
    // npm writes no record of the lock file that it installed from that could
    // be compared byte for byte, so a copy is kept beside what came of it.
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(modules);
    }
    process::say(&format!("installing {what} into {}", modules.display()));
    let mut npm = workspace.command("npm");
    npm.args(["ci", "--ignore-scripts", "--no-fund", "--no-audit"])
        .current_dir(&folder)
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    process::run(&mut npm)?;
    fs::write(&stamp, lock).with_context(|| format!("cannot write {}", stamp.display()))?;
    Ok(modules)
}
