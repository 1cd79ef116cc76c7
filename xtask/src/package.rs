//! The npm package in `packages/latchlet`: built by esbuild, held by tsc.

use std::path::Path;

use anyhow::Result;

use crate::workspace::Workspace;
use crate::{npm, process};

/// Builds the package's script into a folder, beside the Wasm module.
pub fn build(workspace: &Workspace, folder: &Path) -> Result<()> {
    npm::ensure(workspace)?;
    let mut node = workspace.command("node");
    process::run(node.arg("packages/latchlet/build.mjs").arg(folder))
}

/// Checks the package's types, and its tests of them.
pub fn types(workspace: &Workspace) -> Result<()> {
    let programs = npm::ensure(workspace)?;
    let mut tsc = workspace.command(programs.join("tsc"));
    process::run(tsc.args(["--project", "packages/latchlet", "--noEmit"]))
}
