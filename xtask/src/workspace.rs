//! Where things are: the repository's root, what cargo knows of it, and the
//! files that git would keep.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use cargo_metadata::{CargoOpt, Metadata, MetadataCommand};

use crate::process;

pub struct Workspace {
    pub root: PathBuf,
    pub metadata: Metadata,
}

impl Workspace {
    /// Reads the workspace with its resolved dependencies, which `gates` needs
    /// and which also writes a `Cargo.lock` that a build can be `--locked` to.
    pub fn locate() -> Result<Self> {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml");
        let metadata = MetadataCommand::new()
            .manifest_path(&manifest)
            .features(CargoOpt::AllFeatures)
            // A fresh clone downloads every crate here: let cargo say so.
            .verbose(true)
            .exec()
            .context("cargo could not read the workspace")?;
        let root = metadata.workspace_root.clone().into_std_path_buf();
        Ok(Self { root, metadata })
    }

    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    pub fn dist(&self) -> PathBuf {
        self.path("dist")
    }

    /// The folder of what xtask itself keeps between runs.
    pub fn scratch(&self) -> Result<PathBuf> {
        let folder = self.target().join("xtask");
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
        Ok(folder)
    }

    pub fn target(&self) -> &Path {
        self.metadata.target_directory.as_std_path()
    }

    /// A command that starts in the repository's root.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }

    pub fn cargo(&self) -> Command {
        self.command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    /// Every file that is in git or would be with the next `git add`, by its
    /// path from the root with forward slashes.
    pub fn files(&self) -> Result<Vec<String>> {
        let mut git = self.command("git");
        git.args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ]);
        let listed = process::output(&mut git)?;
        let files: Vec<_> = listed
            .split_terminator('\0')
            .filter(|file| self.path(file).is_file())
            .map(str::to_owned)
            .collect();
        ensure!(
            !files.is_empty(),
            "git lists no file under {}",
            self.root.display()
        );
        Ok(files)
    }

    /// The version of a package that `Cargo.lock` pins.
    pub fn locked_version(&self, package: &str) -> Result<String> {
        self.metadata
            .packages
            .iter()
            .find(|candidate| candidate.name == package)
            .map(|found| found.version.to_string())
            .with_context(|| format!("Cargo.lock has no package {package}"))
    }
}
