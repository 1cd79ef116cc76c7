//! The machine, in general terms: what one has to know to read the figures.

use std::fs::{self, File};
use std::io::{self, Write};
use std::thread::available_parallelism;
use std::time::Instant;

use crate::rounds::Spread;

/// How often the disk is asked.
const SYNCS: usize = 100;

/// A few sentences about it, and about what else it does.
pub fn describe() -> io::Result<String> {
    let cores = available_parallelism()?;
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let memory = memory.split_whitespace().nth(1);
    let memory: f64 = memory.and_then(|kib| kib.parse().ok()).unwrap_or_default();
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let mut release = release.lines();
    let name = release.find_map(|line| line.strip_prefix("PRETTY_NAME="));
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load
        .split_whitespace()
        .nth(1)
        .unwrap_or("unknown")
        .to_owned();
    Ok(format!(
        "{cores} cores, {:.0} GiB of memory, {}. `fdatasync` of 4 KiB takes {} ms. The load of \
         the machine in the five minutes before was {load}.\n",
        memory / 1024.0 / 1024.0,
        name.unwrap_or(std::env::consts::OS).trim_matches('"'),
        sync()?.text(2),
    ))
}

/// How many milliseconds the disk takes until it has what was written.
fn sync() -> io::Result<Spread> {
    let folder = tempfile::tempdir()?;
    let mut file = File::create(folder.path().join("file"))?;
    let mut took = Vec::new();
    for _ in 0..SYNCS {
        file.write_all(&[1; 4096])?;
        let began = Instant::now();
        file.sync_data()?;
        took.push(began.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(Spread::of(took))
}
