//! The programs that the build needs beside Rust and Node, each at one version.
//!
//! They are built once per user into a cache keyed by name and version, so
//! that a second clone finds them and a new version never overwrites an old.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::process;
use crate::workspace::Workspace;

pub struct Tool {
    package: &'static str,
    version: &'static str,
    binary: &'static str,
    /// Whether the tool is built with the lock file that its authors published.
    locked: bool,
    /// The feature of the package that has the program.
    features: &'static [&'static str],
}

/// 0.22 asks for a newer Rust than the one this workspace promises to build on.
pub const TRUNK: Tool = Tool {
    package: "trunk",
    version: "0.21.14",
    binary: "trunk",
    locked: true,
    features: &[],
};

/// Must equal the `wasm-bindgen` of `Cargo.lock`: the two halves speak a
/// private format that changes between versions.
pub const WASM_BINDGEN: Tool = Tool {
    package: "wasm-bindgen-cli",
    version: "0.2.130",
    binary: "wasm-bindgen",
    // Its published lock file names dependencies that no longer resolve.
    locked: false,
    features: &[],
};

/// Cuts a module in two by what leads to what.
pub const WASM_SPLIT: Tool = Tool {
    package: "wasm_split_cli_support",
    version: "0.2.4",
    binary: "wasm-split-cli",
    // It is a library first, and comes without a lock file.
    locked: false,
    features: &["build-binary"],
};

pub const CARGO_DENY: Tool = Tool {
    package: "cargo-deny",
    version: "0.20.2",
    binary: "cargo-deny",
    locked: true,
    features: &[],
};

pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

impl Tool {
    /// Installs the tool where it is missing; answers with its `bin` folder.
    pub fn ensure(&self) -> Result<PathBuf> {
        let root = cache()?.join(format!("{}-{}", self.package, self.version));
        let folder = root.join("bin");
        let program = folder
            .join(self.binary)
            .with_extension(std::env::consts::EXE_EXTENSION);
        if program.is_file() {
            return Ok(folder);
        }
        process::say(&format!(
            "installing {} {} into {} (once per user; takes minutes)",
            self.package,
            self.version,
            root.display()
        ));
        let mut install = Command::new("cargo");
        install
            .args(["install", self.package, "--version", self.version, "--root"])
            .arg(&root);
        if self.locked {
            install.arg("--locked");
        }
        for feature in self.features {
            install.args(["--features", feature]);
        }
        process::run(&mut install)?;
        ensure!(
            program.is_file(),
            "cargo installed {} without {}",
            self.package,
            self.binary
        );
        Ok(folder)
    }

    /// The program itself, installed where it is missing.
    pub fn program(&self) -> Result<PathBuf> {
        let program = self.ensure()?.join(self.binary);
        Ok(program.with_extension(std::env::consts::EXE_EXTENSION))
    }
}

/// The wasm-bindgen program, after making sure that it fits the lock file.
pub fn wasm_bindgen(workspace: &Workspace) -> Result<PathBuf> {
    let locked = workspace.locked_version("wasm-bindgen")?;
    ensure!(
        locked == WASM_BINDGEN.version,
        "Cargo.lock has wasm-bindgen {locked}, and xtask installs wasm-bindgen-cli {}: \
         set both to one version, in xtask/src/tools.rs, Trunk.toml and Cargo.toml",
        WASM_BINDGEN.version
    );
    WASM_BINDGEN.ensure()
}

/// Adds the WebAssembly target to the active toolchain where it is missing.
pub fn ensure_wasm_target() -> Result<()> {
    let sysroot = process::output(Command::new("rustc").args(["--print", "sysroot"]))?;
    let libraries = PathBuf::from(sysroot.trim())
        .join("lib/rustlib")
        .join(WASM_TARGET);
    if libraries.is_dir() {
        return Ok(());
    }
    process::say(&format!("adding the Rust target {WASM_TARGET}"));
    process::run(Command::new("rustup").args(["target", "add", WASM_TARGET])).with_context(|| {
        format!(
            "the Rust target {WASM_TARGET} is missing; without rustup, install it as your Rust came"
        )
    })
}

fn cache() -> Result<PathBuf> {
    let base = match std::env::var_os("XDG_CACHE_HOME").filter(|folder| !folder.is_empty()) {
        Some(folder) => PathBuf::from(folder),
        None => std::env::home_dir()
            .context("no home folder; set XDG_CACHE_HOME")?
            .join(".cache"),
    };
    Ok(base.join("latchlet/tools"))
}
