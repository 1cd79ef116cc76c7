//! What a browser downloads, in bytes, held against `bench/budget.toml`.

use std::collections::BTreeMap;
use std::fs;
use std::process::ExitCode;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::workspace::Workspace;
use crate::{compress, dist, parts};

#[derive(clap::Args)]
pub struct Size {
    /// Measure instead what each large dependency adds to a small form
    #[arg(long)]
    parts: bool,
}

/// The checked-in limits. They are set at what was reached, so that each
/// growth is somebody's decision.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Budget {
    /// What a page loads to show the box, taken together.
    #[serde(rename = "box")]
    whole: Whole,
    files: BTreeMap<String, Bytes>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Whole {
    files: Vec<String>,
    brotli: usize,
}

#[derive(Deserialize, Clone, Copy, Default)]
#[serde(deny_unknown_fields)]
pub struct Bytes {
    pub raw: usize,
    pub gzip: usize,
    pub brotli: usize,
}

impl Size {
    pub fn run(&self, workspace: &Workspace) -> Result<ExitCode> {
        if self.parts {
            return parts::run(workspace).map(|()| ExitCode::SUCCESS);
        }
        let complaints = check(workspace)?;
        for complaint in &complaints {
            eprintln!("over budget: {complaint}");
        }
        Ok(if complaints.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

/// Prints the table; answers with one sentence for each broken limit.
pub fn check(workspace: &Workspace) -> Result<Vec<String>> {
    dist::ensure(workspace)?;
    let path = workspace.path("bench/budget.toml");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let budget: Budget = toml::from_str(&text).with_context(|| path.display().to_string())?;
    let files = measure_dist(workspace)?;

    println!("{:<28}{:>10}{:>10}{:>10}", "bytes", "raw", "gzip", "brotli");
    for (name, bytes) in &files {
        println!(
            "{name:<28}{:>10}{:>10}{:>10}",
            bytes.raw, bytes.gzip, bytes.brotli
        );
    }
    let whole: usize = budget
        .whole
        .files
        .iter()
        .filter_map(|file| files.get(file))
        .map(|it| it.brotli)
        .sum();
    println!("{:<28}{:>30} of {}", "the box", whole, budget.whole.brotli);
    Ok(compare(&budget, &files))
}

pub fn measure(raw: &[u8]) -> Result<Bytes> {
    Ok(Bytes {
        raw: raw.len(),
        gzip: compress::gzip(raw)?.len(),
        brotli: compress::brotli(raw)?.len(),
    })
}

fn measure_dist(workspace: &Workspace) -> Result<BTreeMap<String, Bytes>> {
    let mut files = BTreeMap::new();
    for file in dist::shipped(workspace)? {
        let name = file
            .strip_prefix(workspace.dist())?
            .to_string_lossy()
            .replace('\\', "/");
        files.insert(name, measure(&fs::read(&file)?)?);
    }
    Ok(files)
}

fn compare(budget: &Budget, files: &BTreeMap<String, Bytes>) -> Vec<String> {
    let mut complaints = Vec::new();
    for (name, found) in files {
        let Some(limit) = budget.files.get(name) else {
            complaints.push(format!(
                "{name} is shipped and has no line in bench/budget.toml"
            ));
            continue;
        };
        let measures = [
            ("raw", found.raw, limit.raw),
            ("gzip", found.gzip, limit.gzip),
            ("brotli", found.brotli, limit.brotli),
        ];
        for (measure, found, limit) in measures {
            if found > limit {
                complaints.push(format!(
                    "{name} has {found} bytes {measure}, and {limit} are allowed"
                ));
            }
        }
    }
    let named = budget.files.keys().chain(&budget.whole.files);
    for missing in named.filter(|name| !files.contains_key(*name)) {
        complaints.push(format!(
            "{missing} stands in bench/budget.toml and is not shipped"
        ));
    }
    let brotli = |name: &String| files.get(name).map_or(0, |bytes| bytes.brotli);
    let whole: usize = budget.whole.files.iter().map(brotli).sum();
    if whole > budget.whole.brotli {
        complaints.push(format!(
            "the box has {whole} bytes brotli, and {} are allowed",
            budget.whole.brotli
        ));
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budget() -> Budget {
        toml::from_str(
            "[box]\nfiles = ['a.js', 'b.wasm']\nbrotli = 50\n\
             [files.'a.js']\nraw = 100\ngzip = 40\nbrotli = 30\n\
             [files.'b.wasm']\nraw = 100\ngzip = 40\nbrotli = 30\n",
        )
        .unwrap()
    }

    fn files(sizes: &[(&str, usize)]) -> BTreeMap<String, Bytes> {
        let sized = |&(name, brotli): &(&str, usize)| {
            (
                name.to_owned(),
                Bytes {
                    raw: 100,
                    gzip: 40,
                    brotli,
                },
            )
        };
        sizes.iter().map(sized).collect()
    }

    #[test]
    fn what_fits_is_not_complained_about() {
        assert!(compare(&budget(), &files(&[("a.js", 30), ("b.wasm", 20)])).is_empty());
    }

    #[test]
    fn a_file_that_grew_is_named() {
        let complaints = compare(&budget(), &files(&[("a.js", 31), ("b.wasm", 1)]));
        assert_eq!(complaints, ["a.js has 31 bytes brotli, and 30 are allowed"]);
    }

    #[test]
    fn files_within_their_limits_can_be_too_large_together() {
        let complaints = compare(&budget(), &files(&[("a.js", 30), ("b.wasm", 30)]));
        assert_eq!(
            complaints,
            ["the box has 60 bytes brotli, and 50 are allowed"]
        );
    }

    #[test]
    fn a_new_and_a_vanished_file_are_named() {
        let complaints = compare(
            &budget(),
            &files(&[("a.js", 1), ("b.wasm", 1), ("c.css", 1)]),
        );
        assert_eq!(
            complaints,
            ["c.css is shipped and has no line in bench/budget.toml"]
        );
        assert!(!compare(&budget(), &files(&[("a.js", 1)])).is_empty());
    }
}
