//! A PostgreSQL of the tests' own, in a temporary folder, which goes with them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::{apt, process};

/// Where Debian has the programs of each version, which are not on the PATH.
const DEBIAN: &str = "/usr/lib/postgresql";
const PACKAGE: &str = "postgresql";
/// It refuses to run as root.
const USERS: [&str; 2] = ["postgres", "nobody"];

pub struct Postgres {
    programs: PathBuf,
    folder: PathBuf,
    /// The user and the group that it runs as, where this one is root.
    user: Option<[String; 2]>,
    server: Child,
}

impl Postgres {
    /// Starts one. Nothing, with the reason, where there is none and it cannot
    /// be installed.
    pub fn start() -> Result<Result<Self, String>> {
        let programs = match find().or_else(|| apt::install(&[PACKAGE]).ok().and_then(|()| find()))
        {
            Some(programs) => programs,
            None => {
                return Ok(Err(format!(
                    "there is no PostgreSQL; on Debian: sudo apt-get install --yes {PACKAGE}"
                )));
            }
        };
        Self::start_in(programs, &std::env::temp_dir()).map(Ok)
    }

    fn start_in(programs: PathBuf, temporary: &Path) -> Result<Self> {
        let folder = temporary.join(format!("latchlet-postgres-{}", std::process::id()));
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let user = match apt::is_root() {
            true => Some(unprivileged()?),
            false => None,
        };
        if let Some([user, _]) = &user {
            process::run(Command::new("chown").arg(user).arg(&folder))?;
        }
        let data = folder.join("data");
        process::output(
            as_user(&user, &programs.join("initdb"))
                .args(["--auth=trust", "--username=postgres", "--encoding=UTF8"])
                .args(["--locale=C", "--no-instructions", "--pgdata"])
                .arg(&data),
        )?;
        // A socket in the folder: no port to be free, nothing to reach from
        // elsewhere.
        let server = as_user(&user, &programs.join("postgres"))
            .args(["-c", "listen_addresses=", "-c", "max_connections=300"])
            .args(["-c", "checkpoint_timeout=1h"])
            .args(["-c", "log_min_messages=panic", "-c", "fsync=on", "-k"])
            .arg(&folder)
            .arg("-D")
            .arg(&data)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start postgres")?;
        let mut postgres = Self {
            programs,
            folder,
            user,
            server,
        };
        postgres.wait()?;
        Ok(postgres)
    }

    /// Its address, as `--database` takes it.
    pub fn url(&self) -> String {
        format!(
            "postgres://postgres@localhost/postgres?host={}",
            self.folder.display()
        )
    }

    fn wait(&mut self) -> Result<()> {
        for _ in 0..300 {
            let ready = Command::new(self.programs.join("pg_isready"))
                .args(["--quiet", "--host"])
                .arg(&self.folder)
                .status()?;
            if ready.success() {
                return Ok(());
            }
            if let Some(status) = self.server.try_wait()? {
                bail!("postgres ended at once ({status})");
            }
            thread::sleep(Duration::from_millis(100));
        }
        bail!("postgres does not answer")
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let stopped = as_user(&self.user, &self.programs.join("pg_ctl"))
            .args(["stop", "--silent", "--mode=immediate", "--pgdata"])
            .arg(self.folder.join("data"))
            .status();
        if !stopped.is_ok_and(|status| status.success()) {
            eprintln!(
                "xtask: the PostgreSQL in {} did not stop",
                self.folder.display()
            );
            return;
        }
        let _ = self.server.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The programs of the newest version.
fn find() -> Option<PathBuf> {
    if let Some(initdb) = process::find(&["initdb"]) {
        // One that is only linked to has the other programs beside it where it is.
        return fs::canonicalize(initdb).ok()?.parent().map(Path::to_owned);
    }
    let version = |folder: &PathBuf| folder.file_name()?.to_str()?.parse::<u32>().ok();
    let versions = fs::read_dir(DEBIAN)
        .ok()?
        .flatten()
        .map(|entry| entry.path());
    let newest = versions.max_by_key(version)?.join("bin");
    newest.join("initdb").is_file().then_some(newest)
}

fn unprivileged() -> Result<[String; 2]> {
    let id = |of: &str, user: &str| {
        let mut id = Command::new("id");
        let id = process::output(id.args([of, user]).stderr(Stdio::null())).ok()?;
        Some(id.trim().to_owned())
    };
    let found = USERS
        .iter()
        .find_map(|user| Some([id("-u", user)?, id("-g", user)?]));
    found.with_context(|| format!("PostgreSQL refuses root, and there is no user {}", USERS[0]))
}

/// A program, run by the other user if there is one.
fn as_user(user: &Option<[String; 2]>, program: &Path) -> Command {
    let mut command = match user {
        Some([user, group]) => {
            let mut command = Command::new("setpriv");
            command
                .args(["--reuid", user, "--regid", group, "--clear-groups"])
                .arg(program);
            command
        }
        None => Command::new(program),
    };
    command.current_dir("/");
    command
}
