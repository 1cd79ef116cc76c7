//! Programs that come as Debian's packages.

use std::process::Command;

use anyhow::{Result, bail};

use crate::process;

/// Installs packages if this user may, else says what to run: a password is
/// never asked for.
pub fn install(packages: &[&str]) -> Result<()> {
    let by_hand = format!("apt-get install --yes {}", packages.join(" "));
    if process::find(&["apt-get"]).is_none() || !is_root() {
        bail!("install it, on Debian with:\n\n    sudo {by_hand}\n");
    }
    process::say(&format!("installing system packages: {by_hand}"));
    process::run(Command::new("apt-get").args(["update", "--quiet"]))?;
    process::run(
        Command::new("apt-get")
            .args(["install", "--yes", "--quiet", "--no-install-recommends"])
            .args(packages)
            .env("DEBIAN_FRONTEND", "noninteractive"),
    )
}

pub fn is_root() -> bool {
    process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
