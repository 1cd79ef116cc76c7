//! Arrows between our packages, and the short list that core may lean on.

use anyhow::{Context, Result};
use cargo_metadata::{DependencyKind, Package};

use crate::workspace::Workspace;

/// Each package and those of ours that it may build on.
const ARROWS: [(&str, &[&str]); 9] = [
    ("latchlet-core", &[]),
    ("latchlet-wire", &["latchlet-core"]),
    ("latchlet-store", &["latchlet-core", "latchlet-wire"]),
    (
        "latchlet-server",
        &["latchlet-core", "latchlet-wire", "latchlet-store"],
    ),
    ("latchlet-js", &["latchlet-core"]),
    ("latchlet-check", &["latchlet-core", "latchlet-js"]),
    (
        "latchlet",
        &["latchlet-core", "latchlet-js", "latchlet-wire"],
    ),
    ("latchlet-leptos-app", &["latchlet"]),
    ("xtask", &[]),
];

/// Core is compiled into the Wasm and into every server: pure, and small.
/// Each with whether a feature must switch it on.
const CORE_LEANS_ON: [(&str, bool); 2] = [("serde", true), ("strsim", true)];

pub fn check(workspace: &Workspace) -> Result<Vec<String>> {
    let ours = workspace.metadata.workspace_packages();
    let mut findings = Vec::new();
    for package in &ours {
        match ARROWS.iter().find(|(name, _)| package.name == *name) {
            None => findings.push(format!(
                "{} has no place in the order of packages",
                package.name
            )),
            Some((_, allowed)) => findings.extend(wrong_arrows(package, allowed, &ours)),
        }
    }
    let core = ours.iter().find(|package| package.name == "latchlet-core");
    findings.extend(core_list(
        core.context("the workspace has no latchlet-core")?,
    ));
    Ok(findings)
}

/// Tests may lean on what they like, the built code not.
fn wrong_arrows(package: &Package, allowed: &[&str], ours: &[&Package]) -> Vec<String> {
    package
        .dependencies
        .iter()
        .filter(|it| it.kind != DependencyKind::Development)
        .filter(|it| ours.iter().any(|other| other.name == it.name))
        .filter(|it| !allowed.contains(&it.name.as_str()))
        .map(|it| format!("{} depends on {}", package.name, it.name))
        .collect()
}

fn core_list(core: &Package) -> Vec<String> {
    core.dependencies
        .iter()
        .filter(|it| it.kind != DependencyKind::Development)
        .filter(|it| !CORE_LEANS_ON.contains(&(it.name.as_str(), it.optional)))
        .map(|it| {
            format!(
                "{} is not on the short list of what latchlet-core leans on",
                it.name
            )
        })
        .collect()
}
