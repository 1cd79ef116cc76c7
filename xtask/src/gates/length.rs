//! No source file grows past what a reader holds in mind.

use std::fs;

use anyhow::Result;

use crate::workspace::Workspace;

const MOST_LINES: usize = 400;
const SOURCES: [&str; 6] = [".rs", ".js", ".mjs", ".ts", ".css", ".sql"];

/// What `latchlet schema` writes is read by editors.
const WRITTEN: &str = "packages/latchlet/config.d.ts";

pub fn check(workspace: &Workspace) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    for file in workspace.files()? {
        if file == WRITTEN || !SOURCES.iter().any(|ending| file.ends_with(ending)) {
            continue;
        }
        let lines = fs::read_to_string(workspace.path(&file))?.lines().count();
        if lines > MOST_LINES {
            findings.push(format!(
                "{file} has {lines} lines: give a second concept its own file"
            ));
        }
    }
    Ok(findings)
}
