//! Puts the files of the login box, which Trunk builds into `dist/`, into the
//! binary, each with its compressed twins.

use std::collections::hash_map::DefaultHasher;
use std::env;
use std::error::Error;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let dist = Path::new(&env::var("CARGO_MANIFEST_DIR")?)
        .join("../..")
        .canonicalize()?
        .join("dist");
    println!("cargo::rerun-if-changed={}", dist.display());
    let mut files = Vec::new();
    if dist.is_dir() {
        collect(&dist, &mut files)?;
        files.sort();
    } else {
        println!(
            "cargo::warning=there is no dist/, so the server will have no login box inside: \
             `cargo xtask demo` builds it first"
        );
    }
    let mut source = "static FILES: &[Asset] = &[\n".to_owned();
    for file in &files {
        let name = file
            .strip_prefix(&dist)?
            .to_str()
            .ok_or("a name is not UTF-8")?;
        let mut hasher = DefaultHasher::new();
        fs::read(file)?.hash(&mut hasher);
        source += &format!(
            "Asset {{ name: {name:?}, bytes: include_bytes!({file:?}), brotli: {}, gzip: {}, etag: \"W/\\\"{:016x}\\\"\" }},\n",
            twin(file, "br"),
            twin(file, "gz"),
            hasher.finish(),
        );
    }
    source += "];\n";
    fs::write(Path::new(&env::var("OUT_DIR")?).join("files.rs"), source)?;
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_twin = path.extension().is_some_and(|it| it == "br" || it == "gz");
        let is_hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_dir() {
            collect(&path, files)?;
        } else if !is_twin && !is_hidden {
            files.push(path);
        }
    }
    Ok(())
}

/// The expression for a compressed twin, if there is one.
fn twin(file: &Path, extension: &str) -> String {
    let twin = PathBuf::from(format!("{}.{extension}", file.display()));
    match twin.is_file() {
        true => format!("Some(include_bytes!({twin:?}))"),
        false => "None".to_owned(),
    }
}
