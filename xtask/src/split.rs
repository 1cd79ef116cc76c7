//! The widget cut in two: what a form needs, and what comes later
//! (`src/later/`).
//!
//! wasm-split works between the compiler and wasm-bindgen, where Trunk has no
//! step. So Trunk finds this program under the name of wasm-bindgen, which it
//! then hands on to.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, ensure};

use crate::workspace::Workspace;
use crate::{module, process, tools};

const NAME: &str = "wasm-bindgen";
/// Where the programs of the two steps are, and where the parts go.
const BINDGEN: &str = "LATCHLET_WASM_BINDGEN";
const SPLIT: &str = "LATCHLET_WASM_SPLIT";
const PARTS: &str = "LATCHLET_PARTS";

/// What Trunk is to be run with.
pub struct Split {
    /// The folder where it finds wasm-bindgen.
    pub programs: PathBuf,
    /// What it hands on to this program.
    pub variables: [(&'static str, PathBuf); 3],
}

/// Makes this program stand in for wasm-bindgen.
pub fn stand_in(workspace: &Workspace) -> Result<Split> {
    let programs = workspace.scratch()?.join("bin");
    fs::create_dir_all(&programs)?;
    let program = programs
        .join(NAME)
        .with_extension(env::consts::EXE_EXTENSION);
    let _ = fs::remove_file(&program);
    fs::hard_link(env::current_exe()?, &program).with_context(|| program.display().to_string())?;
    Ok(Split {
        programs,
        variables: [
            (BINDGEN, tools::wasm_bindgen(workspace)?.join(NAME)),
            (SPLIT, tools::WASM_SPLIT.program()?),
            (PARTS, parts(workspace)?),
        ],
    })
}

/// Whether this program was started in place of wasm-bindgen.
pub fn stands_in() -> bool {
    let name = env::args_os().next().map(PathBuf::from);
    name.as_deref().and_then(Path::file_stem) == Some(NAME.as_ref())
}

/// Cuts the module in two, and hands the first part on.
pub fn cut_and_bind() -> Result<ExitCode> {
    let variable = |name| env::var_os(name).with_context(|| format!("{name} is not set"));
    let parts = PathBuf::from(variable(PARTS)?);
    let mut arguments: Vec<OsString> = env::args_os().skip(1).collect();
    // `--version` has no module.
    for argument in &mut arguments {
        if Path::new(argument).extension() == Some("wasm".as_ref()) {
            process::run(
                Command::new(variable(SPLIT)?)
                    .arg(&*argument)
                    .arg(&parts)
                    .args(["--target", "web", "--out-name", "latchlet"]),
            )?;
            *argument = parts.join("latchlet.wasm").into();
        }
    }
    // The second part calls through the table of the first one.
    arguments.push("--keep-lld-exports".into());
    let status = Command::new(variable(BINDGEN)?).args(arguments).status()?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Puts the second part beside the first one, and what loads it beside the
/// glue, where `packages/latchlet/build.mjs` makes one script of both.
pub fn finish(workspace: &Workspace, dist: &Path) -> Result<()> {
    let later = parts(workspace)?.join("split_later.wasm");
    ensure!(later.is_file(), "the widget was not cut in two");
    let target = dist.join("latchlet_later_bg.wasm");
    fs::rename(&later, &target)?;
    module::optimise(workspace, &target)?;
    let loader = workspace.path("src/later/load.js");
    fs::copy(loader, dist.join("__wasm_split.js"))?;
    Ok(())
}

fn parts(workspace: &Workspace) -> Result<PathBuf> {
    Ok(workspace.scratch()?.join("parts"))
}
