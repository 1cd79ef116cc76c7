//! Steps that either hold or do not: each counts as one check.

use std::process::Command;

use anyhow::Result;

use super::tally::Tally;
use crate::gates::GATES;
use crate::workspace::Workspace;
use crate::{package, process, size, tools};

pub fn fmt(workspace: &Workspace) -> Result<Tally> {
    Ok(check(
        "fmt: run `cargo fmt`",
        workspace.cargo().args(["fmt", "--all", "--check"]),
    ))
}

pub fn clippy(workspace: &Workspace) -> Result<Tally> {
    tools::ensure_wasm_target()?;
    let strictly = ["--", "--deny", "warnings"];
    let mut native = workspace.cargo();
    native
        .args([
            "clippy",
            "--locked",
            "--workspace",
            "--all-targets",
            "--all-features",
        ])
        .args(strictly);
    let mut wasm = workspace.cargo();
    wasm.args([
        "clippy",
        "--locked",
        "--package",
        "latchlet",
        "--all-targets",
        "--all-features",
    ])
    .args(["--target", tools::WASM_TARGET])
    .args(strictly);
    // What pages get: without the features that only others have.
    let mut shipped = workspace.cargo();
    shipped
        .args(["clippy", "--locked", "--package", "latchlet"])
        .args(["--target", tools::WASM_TARGET])
        .args(strictly);
    let mut tally = check("clippy", &mut native);
    tally.add(check("clippy for WebAssembly", &mut wasm));
    tally.add(check("clippy for pages", &mut shipped));
    Ok(tally)
}

pub fn deny(workspace: &Workspace) -> Result<Tally> {
    let folder = tools::CARGO_DENY.ensure()?;
    let deny = || {
        let mut deny = workspace.command(folder.join("cargo-deny"));
        deny.args(["--log-level", "error", "check"]);
        deny
    };
    let mut tally = check("cargo deny", deny().args(["bans", "licenses", "sources"]));
    // The list of known vulnerabilities lives in a git repository, which a
    // closed network cannot reach; that is no fault of the sources.
    let mut fetch = workspace.command(folder.join("cargo-deny"));
    fetch.args(["--log-level", "off", "fetch", "db"]);
    if fetch.output().is_ok_and(|fetched| fetched.status.success()) {
        tally.add(check("cargo deny advisories", deny().arg("advisories")));
    } else {
        tally.add(Tally::skipped(
            "cargo deny advisories: the database cannot be reached",
        ));
    }
    Ok(tally)
}

pub fn size(workspace: &Workspace) -> Result<Tally> {
    let complaints = size::check(workspace)?;
    Ok(judge("size", &complaints))
}

pub fn types(workspace: &Workspace) -> Result<Tally> {
    Ok(match package::types(workspace) {
        Ok(()) => Tally::passed(),
        Err(error) => Tally::failed(format!("types: {error:#}")),
    })
}

pub fn gates(workspace: &Workspace) -> Result<Tally> {
    let mut tally = Tally::default();
    for gate in &GATES {
        let findings = gate.findings(workspace)?;
        println!(
            "{} {}",
            if findings.is_empty() {
                "ok    "
            } else {
                "FAILED"
            },
            gate.name
        );
        tally.add(judge(gate.name, &findings));
    }
    Ok(tally)
}

fn judge(name: &str, findings: &[String]) -> Tally {
    if findings.is_empty() {
        return Tally::passed();
    }
    for finding in findings {
        println!("    {finding}");
    }
    Tally::failed(format!("{name}:\n    {}", findings.join("\n    ")))
}

fn check(name: &str, command: &mut Command) -> Tally {
    match process::run(command) {
        Ok(()) => Tally::passed(),
        Err(error) => Tally::failed(format!("{name}: {error:#}")),
    }
}
