//! The real browser that the tests drive, and the driver of it.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::{apt, process};

pub struct Browser {
    pub chromium: PathBuf,
    pub driver: PathBuf,
}

/// The same engine without what shows windows: the tests take half the time in it.
const HEADLESS: &str = "chromium-headless-shell";

impl Browser {
    /// The browser for tests that nobody watches: the whole one where `CHROME`
    /// says so, or where the lighter one cannot be had.
    pub fn headless(&self) -> PathBuf {
        if chosen("CHROME").is_some() {
            return self.chromium.clone();
        }
        if let Some(headless) = process::find(&[HEADLESS]) {
            return headless;
        }
        if let Err(error) = apt::install(&[HEADLESS]) {
            process::say(&format!(
                "the browser tests go on with {}, which takes them longer: {error:#}",
                self.chromium.display()
            ));
        }
        process::find(&[HEADLESS]).unwrap_or_else(|| self.chromium.clone())
    }
}

const CHROMIUM: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
const DRIVER: [&str; 2] = ["chromedriver", "chromium.chromedriver"];
const PACKAGES: [&str; 2] = ["chromium", "chromium-driver"];

/// Finds Chromium and its driver, or installs them.
pub fn ensure() -> Result<Browser> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    apt::install(&PACKAGES).context(
        "the browser tests need Chromium and ChromeDriver, on the PATH or in CHROME and \
         CHROMEDRIVER",
    )?;
    match find() {
        Some(browser) => Ok(browser),
        None => bail!("they were installed, and yet no Chromium is on the PATH"),
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
