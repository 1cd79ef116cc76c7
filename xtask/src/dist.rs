//! `dist/`: the widget as browsers get it, built by Trunk.
//!
//! Beside each file lie its `.br` and `.gz` twins, which the server's build
//! takes into its binary. Nothing is built again while no source has changed.

use std::collections::hash_map::DefaultHasher;
use std::fs::{self, File};
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use walkdir::WalkDir;

use crate::workspace::Workspace;
use crate::{compress, imports, module, npm, package, process, split, tools};

/// What the bytes of `dist/` depend on.
const SOURCES: [&str; 18] = [
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "build.rs",
    "crates/check",
    "crates/core",
    "crates/js",
    "crates/wire",
    "demo",
    "examples/demo",
    "index.html",
    "locales",
    "package-lock.json",
    "packages/latchlet/build",
    "packages/latchlet/build.mjs",
    "packages/latchlet/src",
    "src",
    "style",
];

#[derive(clap::Args)]
pub struct Dist {
    /// Build again even where nothing has changed
    #[arg(long)]
    force: bool,
}

impl Dist {
    pub fn run(&self, workspace: &Workspace) -> Result<()> {
        if self.force {
            let _alone = lock(workspace)?;
            build(workspace, fingerprint(workspace)?)
        } else {
            ensure(workspace)
        }
    }
}

/// Builds `dist/` unless it stands already as the sources have it.
pub fn ensure(workspace: &Workspace) -> Result<()> {
    let _alone = lock(workspace)?;
    let wanted = fingerprint(workspace)?;
    let standing = fs::read_to_string(stamp(workspace)?).unwrap_or_default();
    if standing == wanted && workspace.dist().is_dir() {
        process::say("dist/ is up to date");
        return Ok(());
    }
    build(workspace, wanted)
}

/// The files that a browser may ask for, without their compressed twins.
pub fn shipped(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    files_in(&workspace.dist())
}

fn files_in(dist: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(dist).sort_by_file_name() {
        let entry = entry.context("dist/ is not there: run `cargo xtask dist`")?;
        let twin = entry
            .path()
            .extension()
            .is_some_and(|end| end == "br" || end == "gz");
        if entry.file_type().is_file() && !twin {
            files.push(entry.into_path());
        }
    }
    ensure!(
        !files.is_empty(),
        "dist/ is empty: run `cargo xtask dist --force`"
    );
    Ok(files)
}

fn build(workspace: &Workspace, fingerprint: String) -> Result<()> {
    let stamp = stamp(workspace)?;
    // A build that fails half-way must not pass for a finished one.
    let _ = fs::remove_file(&stamp);

    tools::ensure_wasm_target()?;
    let trunk = tools::TRUNK.ensure()?;
    let split = split::stand_in(workspace)?;
    let programs = npm::ensure(workspace)?;

    process::say("building the widget with Trunk");
    // Trunk is told to stay offline, so that it never downloads a tool of its
    // own choice; it hands that on to cargo, whose crates must be there then.
    process::run(
        workspace
            .cargo()
            .args(["fetch", "--locked", "--target", tools::WASM_TARGET]),
    )?;
    let dist = workspace.path("target/dist");
    let mut build = workspace.command(trunk.join("trunk"));
    build
        .args(["build", "--release", "--dist"])
        .arg(&dist)
        .env(
            "PATH",
            process::path_with(&[&programs, &split.programs, &trunk])?,
        )
        .envs(split.variables)
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
            remapped_paths()?,
        )
        // Trunk reads it as a boolean and stops at the customary `1`.
        .env_remove("NO_COLOR");
    process::run(&mut build)?;
    split::finish(workspace, &dist)?;

    let check = compile_check(workspace)?;
    let check = module::bind(workspace, &check, &dist, "latchlet_check")?;
    package::glue(workspace, &dist)?;
    imports::shorten(&dist.join("latchlet_bg.wasm"), &dist.join("latchlet.js"))?;
    imports::shorten(&check.wasm, &check.glue)?;
    // Last: they know the digests of the others.
    package::scripts(workspace, &dist)?;
    for file in files_in(&dist)? {
        let raw = fs::read(&file)?;
        fs::write(twin(&file, "br"), compress::brotli(&raw)?)?;
        fs::write(twin(&file, "gz"), compress::gzip(&raw)?)?;
    }
    // Put in place whole: a build of the server may be reading dist/ meanwhile.
    if workspace.dist().exists() {
        fs::remove_dir_all(workspace.dist()).context("cannot remove dist/")?;
    }
    fs::rename(&dist, workspace.dist()).context("cannot put dist/ in place")?;
    fs::write(&stamp, fingerprint).with_context(|| format!("cannot write {}", stamp.display()))
}

/// The module that a box loads when it refuses its options.
fn compile_check(workspace: &Workspace) -> Result<PathBuf> {
    process::say("building what says the mistakes of a config");
    let profile = "wasm-release";
    let mut build = workspace.cargo();
    build
        .args(["build", "--locked", "--package", "latchlet-check"])
        .args(["--profile", profile, "--target", tools::WASM_TARGET])
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
            remapped_paths()?,
        );
    process::run(&mut build)?;
    let folder = workspace.target().join(tools::WASM_TARGET).join(profile);
    Ok(folder.join("latchlet_check.wasm"))
}

/// Panic messages carry source paths into the Wasm. They must neither tell
/// where it was built nor make its size depend on that.
pub fn remapped_paths() -> Result<String> {
    let home = match std::env::var_os("CARGO_HOME") {
        Some(folder) => PathBuf::from(folder),
        None => std::env::home_dir()
            .context("no home folder; set CARGO_HOME")?
            .join(".cargo"),
    };
    let sources = home.join("registry/src");
    let mut flags = Vec::new();
    for registry in fs::read_dir(&sources).with_context(|| sources.display().to_string())? {
        flags.push(format!(
            "--remap-path-prefix={}=crate",
            registry?.path().display()
        ));
    }
    Ok(flags.join(" "))
}

fn twin(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// Waits until no other run of xtask builds `dist/`, and holds it until dropped.
fn lock(workspace: &Workspace) -> Result<File> {
    let path = workspace.scratch()?.join("dist.lock");
    let file = File::create(&path).with_context(|| path.display().to_string())?;
    file.lock()
        .with_context(|| format!("cannot lock {}", path.display()))?;
    Ok(file)
}

fn stamp(workspace: &Workspace) -> Result<PathBuf> {
    Ok(workspace.scratch()?.join("dist.stamp"))
}

/// Of contents, not of dates: a checkout touches files without changing them.
fn fingerprint(workspace: &Workspace) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    process::output(Command::new("rustc").arg("--version"))?.hash(&mut hasher);
    for source in SOURCES {
        for entry in WalkDir::new(workspace.path(source)).sort_by_file_name() {
            // A folder of the list that is not there (yet) has no files.
            let Ok(entry) = entry else { continue };
            if entry.file_type().is_file() {
                entry.path().hash(&mut hasher);
                fs::read(entry.path())?.hash(&mut hasher);
            }
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}
