//! The built widget, looked at as bytes.

use std::fs;

use anyhow::Result;

use super::text;
use crate::dist;
use crate::workspace::Workspace;

/// Crates that Leptos brings along and that must not survive linking: each
/// costs kilobytes, and panic messages would tell that it is there.
const ABSENT: [&str; 4] = ["serde_json", "serde_qs", "gloo-net", "server_fn"];

pub fn check(workspace: &Workspace) -> Result<Vec<String>> {
    dist::ensure(workspace)?;
    let wasm = fs::read(workspace.dist().join("latchlet_bg.wasm"))?;

    let mut findings = Vec::new();
    for script in ["box.js", "latchlet.js", "latchlet_check.js", "lock.js"] {
        let text = fs::read_to_string(workspace.dist().join(script))?;
        let sinks = text::sinks_in(&text)?.into_iter();
        findings.extend(sinks.map(|sink| format!("dist/{script} has the sink `{sink}`")));
    }
    for name in ABSENT.iter().filter(|name| contains(&wasm, name)) {
        findings.push(format!("dist/latchlet_bg.wasm carries code of {name}"));
    }
    if contains(&wasm, "registry/src") {
        findings.push("dist/latchlet_bg.wasm tells where it was built".to_owned());
    }
    Ok(findings)
}

fn contains(bytes: &[u8], word: &str) -> bool {
    bytes
        .windows(word.len())
        .any(|window| window == word.as_bytes())
}
