//! The npm package in `packages/latchlet`: built by esbuild, held by tsc.

use std::path::Path;

use anyhow::Result;

use crate::workspace::Workspace;
use crate::{npm, process};

/// Makes one file of the glue of the Wasm module in a folder.
pub fn glue(workspace: &Workspace, folder: &Path) -> Result<()> {
    build(workspace, "glue", folder)
}

/// Builds the package's scripts into a folder, beside the Wasm module.
pub fn scripts(workspace: &Workspace, folder: &Path) -> Result<()> {
    build(workspace, "scripts", folder)
}

fn build(workspace: &Workspace, what: &str, folder: &Path) -> Result<()> {
    npm::ensure(workspace)?;
    let mut node = workspace.command("node");
    process::run(
        node.arg("packages/latchlet/build.mjs")
            .arg(what)
            .arg(folder),
    )
}

/// Checks the package's types, and its tests of them.
pub fn types(workspace: &Workspace) -> Result<()> {
    let programs = npm::ensure(workspace)?;
    let mut tsc = workspace.command(programs.join("tsc"));
    process::run(tsc.args(["--project", "packages/latchlet", "--noEmit"]))
}
