//! A Wasm module and its glue, by the tools that the widget comes from.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::workspace::Workspace;
use crate::{npm, process, tools};

/// wasm-opt's features are those that rustc switches on for this target.
const WASM_OPT: [&str; 10] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

/// The files of a module.
pub struct Module {
    pub glue: PathBuf,
    pub wasm: PathBuf,
}

/// Makes `NAME.js` and a small `NAME_bg.wasm` in a folder of what cargo has built.
pub fn bind(workspace: &Workspace, built: &Path, folder: &Path, name: &str) -> Result<Module> {
    let module = bind_only(workspace, built, folder, name)?;
    optimise(workspace, &module.wasm)?;
    Ok(module)
}

/// Makes a module smaller, in place.
pub fn optimise(workspace: &Workspace, wasm: &Path) -> Result<()> {
    let programs = npm::ensure(workspace)?;
    process::run(
        Command::new(programs.join("wasm-opt"))
            .args(WASM_OPT)
            .arg(wasm)
            .arg("-o")
            .arg(wasm),
    )
}

/// The same, and the module as large as the compiler left it.
pub fn bind_only(workspace: &Workspace, built: &Path, folder: &Path, name: &str) -> Result<Module> {
    let bindgen = tools::wasm_bindgen(workspace)?;
    process::run(
        Command::new(bindgen.join("wasm-bindgen"))
            .args(["--target", "web", "--no-typescript", "--out-name", name])
            .arg("--out-dir")
            .arg(folder)
            .arg(built),
    )?;
    Ok(Module {
        glue: folder.join(format!("{name}.js")),
        wasm: folder.join(format!("{name}_bg.wasm")),
    })
}
