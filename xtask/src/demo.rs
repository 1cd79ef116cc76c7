//! `cargo xtask demo`: the whole product on this machine, to try by hand.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::workspace::Workspace;
use crate::{dist, process};

#[derive(clap::Args)]
pub struct Demo {
    /// The port of this machine that the server listens on
    #[arg(long, default_value_t = 3000)]
    port: u16,
    /// Forget the accounts of earlier runs
    #[arg(long)]
    fresh: bool,
}

impl Demo {
    pub fn run(&self, workspace: &Workspace) -> Result<ExitCode> {
        // First, so that nobody waits for a build that cannot be shown.
        self.check_port()?;
        dist::ensure(workspace)?;
        process::say("building the server");
        let mut build = workspace.cargo();
        build.args([
            "build",
            "--locked",
            "--release",
            "--package",
            "latchlet-server",
        ]);
        process::run(&mut build)?;

        let database = self.database(workspace)?;
        let address = format!("127.0.0.1:{}", self.port);
        let mut server = workspace.command(workspace.target().join("release/latchlet"));
        server
            .args(["serve", "--dev", "--listen", &address])
            .args(["--public-url", &format!("http://{address}")])
            .args(["--database", &format!("sqlite:{}", database.display())])
            .arg("--config")
            .arg(workspace.path("examples/demo/server.json"));
        println!("\n  Latchlet is at   http://{address}/demo");
        println!("  Mail lands at    http://{address}/dev/mailbox");
        println!("  Accounts are in  {}", database.display());
        println!("  Ctrl-C stops it.\n");
        become_the(server)
    }

    fn check_port(&self) -> Result<()> {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)) {
            Ok(_) => Ok(()),
            Err(error) => bail!(
                "the demo cannot listen on port {}: {error}.\n\
                 Stop the program that has the port, or choose another one:\n\n    \
                 cargo xtask demo --port {}",
                self.port,
                self.port.checked_add(1).unwrap_or(3000)
            ),
        }
    }

    fn database(&self, workspace: &Workspace) -> Result<PathBuf> {
        let folder = workspace.target().join("demo");
        if self.fresh && folder.exists() {
            fs::remove_dir_all(&folder)
                .with_context(|| format!("cannot remove {}", folder.display()))?;
        }
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
        Ok(folder.join("demo.db"))
    }
}

/// Gives this process over to the server, so that Ctrl-C reaches it alone and
/// the shell waits until it has shut down.
#[cfg(unix)]
fn become_the(mut server: std::process::Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    Err(server.exec()).context("cannot start the server")
}

#[cfg(not(unix))]
fn become_the(mut server: std::process::Command) -> Result<ExitCode> {
    process::run(&mut server).map(|()| ExitCode::SUCCESS)
}
