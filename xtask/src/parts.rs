//! What each large dependency costs, measured on a form of one input.
//!
//! `bench/parts` is a workspace of its own, so that nothing of it reaches the
//! product. Each variant goes through the same tools as the widget.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::workspace::Workspace;
use crate::{dist, module, process, size, tools};

/// The cargo features of a variant, and what the variant adds.
const VARIANTS: [(&str, &str); 8] = [
    ("leptos", "Leptos: an input and a text, bound to one signal"),
    (
        "signals",
        "the same with Leptos' signals and elements built by hand",
    ),
    ("leptos,fetch", "+ one POST through web-sys' fetch"),
    ("leptos,gloo", "+ one POST through gloo-net"),
    ("leptos,json", "+ a small config by serde_json and derive"),
    (
        "leptos,json-walk",
        "+ the same config, a value tree walked by hand",
    ),
    (
        "leptos,swb",
        "+ the same config by serde-wasm-bindgen and derive",
    ),
    ("leptos,regex", "+ one match by regex-lite"),
];

pub fn run(workspace: &Workspace) -> Result<()> {
    tools::ensure_wasm_target()?;
    let folder = workspace.path("bench/parts");
    let target = workspace.target().join("parts");

    let mut fetch = Command::new("cargo");
    fetch
        .current_dir(&folder)
        .args(["fetch", "--locked", "--target", tools::WASM_TARGET]);
    process::run(&mut fetch)?;

    let mut rows = Vec::new();
    for (features, what) in VARIANTS {
        process::say(&format!("measuring: {what}"));
        let wasm = compile(&folder, &target, features)?;
        let module = module::bind(workspace, &wasm, &target.join("glue"), "parts")?;
        rows.push((what, brotli(&module.wasm)? + brotli(&module.glue)?));
    }
    print(&rows);
    Ok(())
}

fn compile(folder: &Path, target: &Path, features: &str) -> Result<std::path::PathBuf> {
    let mut build = Command::new("cargo");
    build
        .current_dir(folder)
        .args([
            "build",
            "--locked",
            "--release",
            "--target",
            tools::WASM_TARGET,
        ])
        .args(["--features", features, "--target-dir"])
        .arg(target)
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
            dist::remapped_paths()?,
        );
    process::run(&mut build)?;
    Ok(target.join(tools::WASM_TARGET).join("release/parts.wasm"))
}

fn brotli(file: &Path) -> Result<usize> {
    let raw = fs::read(file).with_context(|| file.display().to_string())?;
    Ok(size::measure(&raw)?.brotli)
}

fn print(rows: &[(&str, usize)]) {
    let Some((_, first)) = rows.first() else {
        return;
    };
    println!(
        "{:<56}{:>10}{:>10}",
        "Wasm and glue, bytes", "brotli", "more"
    );
    for (what, bytes) in rows {
        println!(
            "{what:<56}{bytes:>10}{:>+10}",
            bytes.cast_signed() - first.cast_signed()
        );
    }
}
