//! Short names between the Wasm module and its glue.
//!
//! wasm-bindgen gives every import a name with a hash, some hundred of them,
//! in both files. Nobody but these two reads the names, and hashes do not
//! compress: short ones save over a kilobyte.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use regex_lite::Regex;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{ImportSection, Module};
use wasmparser::{ImportSectionReader, Parser, Payload};

/// What wasm-bindgen's own names start with.
const PREFIX: &str = "__wb";

/// Renames the imports of a module, in it and in its glue.
pub fn shorten(module: &Path, glue: &Path) -> Result<()> {
    let wasm = fs::read(module).with_context(|| module.display().to_string())?;
    let script = fs::read_to_string(glue).with_context(|| glue.display().to_string())?;
    let names = names(&wasm)?;

    let word = Regex::new(&format!(r"\b{PREFIX}\w+"))?;
    let mut found = 0;
    let script = word.replace_all(&script, |word: &regex_lite::Captures<'_>| {
        let name = &word[0];
        match names.get(name) {
            Some(short) => {
                found += 1;
                short.clone()
            }
            None => name.to_owned(),
        }
    });
    ensure!(
        found == names.len(),
        "the glue names {found} of the {} imports of the module: each must be there once",
        names.len()
    );

    let mut renamed = Module::new();
    Renamer { names: &names }
        .parse_core_module(&mut renamed, Parser::new(0), &wasm)
        .context("the module cannot be written again")?;
    fs::write(module, renamed.finish())?;
    fs::write(glue, script.as_bytes())?;
    Ok(())
}

/// A short name for each import of wasm-bindgen.
fn names(wasm: &[u8]) -> Result<HashMap<String, String>> {
    let mut names = HashMap::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::ImportSection(section) = payload? {
            for import in section.into_imports() {
                let name = import?.name;
                if name.starts_with(PREFIX) {
                    let short = format!("i{:x}", names.len());
                    names.insert(name.to_owned(), short);
                }
            }
        }
    }
    Ok(names)
}

struct Renamer<'a> {
    names: &'a HashMap<String, String>,
}

impl Reencode for Renamer<'_> {
    type Error = std::convert::Infallible;

    fn parse_import_section(
        &mut self,
        renamed: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        for import in section.into_imports() {
            let import = import?;
            let name = self.names.get(import.name).map(String::as_str);
            let ty = self.entity_type(import.ty)?;
            renamed.import(import.module, name.unwrap_or(import.name), ty);
        }
        Ok(())
    }
}
