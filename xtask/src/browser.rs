//! The real browser that the tests drive, and the driver of it.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::process;

pub struct Browser {
    pub chromium: PathBuf,
    pub driver: PathBuf,
}

const CHROMIUM: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
const DRIVER: [&str; 2] = ["chromedriver", "chromium.chromedriver"];
const PACKAGES: [&str; 2] = ["chromium", "chromium-driver"];

/// Finds Chromium and its driver. Where they are missing, installs them if
/// this user may, else says what to run: a password is never asked for.
pub fn ensure() -> Result<Browser> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    let by_hand = format!("apt-get install --yes {}", PACKAGES.join(" "));
    if process::find(&["apt-get"]).is_none() || !is_root() {
        bail!(
            "the browser tests need Chromium and ChromeDriver, and they are not on the PATH.\n\
             Install them, on Debian with:\n\n    sudo {by_hand}\n\n\
             or set CHROME and CHROMEDRIVER to the two programs."
        );
    }
    process::say(&format!("installing system packages: {by_hand}"));
    process::run(Command::new("apt-get").args(["update", "--quiet"]))?;
    process::run(
        Command::new("apt-get")
            .args(["install", "--yes", "--quiet", "--no-install-recommends"])
            .args(PACKAGES)
            .env("DEBIAN_FRONTEND", "noninteractive"),
    )?;
    match find() {
        Some(browser) => Ok(browser),
        None => bail!("`{by_hand}` ended well, and yet no Chromium is on the PATH"),
    }
}

fn find() -> Option<Browser> {
    Some(Browser {
        chromium: chosen("CHROME").or_else(|| process::find(&CHROMIUM))?,
        driver: chosen("CHROMEDRIVER").or_else(|| process::find(&DRIVER))?,
    })
}

fn chosen(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable)
        .map(PathBuf::from)
        .filter(|program| program.is_file())
}

fn is_root() -> bool {
    process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
