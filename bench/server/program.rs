//! A server as a process of its own.

use std::fs;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use reqwest::Client;
use serde_json::json;
use tempfile::TempDir;

pub const CLIENT: &str = "bench";
pub const SECRET: &str = "what-only-the-bench-and-its-server-know";
pub const CONNECTION: &str = "users";
pub const CALLBACK: &str = "http://127.0.0.1/callback";
/// What it calls itself, wherever it listens: tokens are for it.
pub const PUBLIC_URL: &str = "http://127.0.0.1:3000";
/// Its Management API, as an audience.
pub const API: &str = "http://127.0.0.1:3000/api/v2/";

/// Which one.
#[derive(Clone, Copy)]
pub enum Which {
    /// As it is released.
    Released,
    /// With password hashes that cost nothing.
    WithoutHashing,
}

/// A server that runs.
pub struct Program {
    process: Process,
    url: String,
    /// From its start to its first answer, in milliseconds.
    pub started_in: f64,
    _folder: TempDir,
}

impl Program {
    /// Starts it on a database.
    pub async fn start(which: Which, database: &str, http: &Client) -> io::Result<Self> {
        let folder = tempfile::tempdir()?;
        let config = folder.path().join("server.json");
        write_config(&config)?;
        let log = folder.path().join("log");
        let address = free_address()?;
        let began = Instant::now();
        let mut command = match which {
            Which::Released => {
                let mut command = Command::new(env!("CARGO_BIN_EXE_latchlet"));
                command.arg("serve");
                command
            }
            Which::WithoutHashing => {
                let mut command = Command::new(std::env::current_exe()?);
                command.arg("serve-without-hashing");
                command
            }
        };
        command
            .args(["--listen", &address.to_string(), "--public-url", PUBLIC_URL])
            .args(["--database", database, "--config"])
            .arg(&config)
            .stdout(Stdio::null())
            .stderr(fs::File::create(&log)?);
        let mut process = Process(command.spawn()?);
        let url = format!("http://{address}");
        let ready = [&url, "/ready"].concat();
        loop {
            let answer = http.get(&ready).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                break;
            }
            if process.0.try_wait()?.is_some() {
                return Err(io::Error::other(fs::read_to_string(&log)?));
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Ok(Self {
            process,
            url,
            started_in: began.elapsed().as_secs_f64() * 1000.0,
            _folder: folder,
        })
    }

    /// The whole address of a path.
    pub fn at(&self, path: &str) -> String {
        [&self.url, path].concat()
    }

    pub fn memory(&self) -> Memory {
        self.process.memory()
    }
}

/// A process that ends with this.
pub struct Process(pub Child);

/// In MiB; nothing where the system does not tell.
#[derive(Clone, Copy, Default)]
pub struct Memory {
    pub at_present: f64,
    pub at_most: f64,
}

impl Process {
    /// How much memory it holds of its own and by files that are mapped.
    pub fn memory(&self) -> Memory {
        let status = fs::read_to_string(format!("/proc/{}/status", self.0.id()));
        let status = status.unwrap_or_default();
        let mib = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            let kib: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
            Some(kib / 1024.0)
        };
        Memory {
            at_present: mib("VmRSS:").unwrap_or_default(),
            at_most: mib("VmHWM:").unwrap_or_default(),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // One that has ended already needs no end.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn free_address() -> io::Result<SocketAddr> {
    TcpListener::bind("127.0.0.1:0")?.local_addr()
}

fn write_config(path: &Path) -> io::Result<()> {
    // Counted like all requests, and never too many: they come from one address.
    let enough = json!({ "most": 1_000_000_000 });
    let config = json!({
        "limits": {
            "requests": enough,
            "requests_per_address": enough,
            "sign_ups_per_address": enough,
        },
        "clients": [{
            "client_id": CLIENT,
            "client_secret": SECRET,
            "callbacks": [CALLBACK],
            "grant_types": ["authorization_code", "refresh_token", "client_credentials"],
            "grants": { "{public_url}/api/v2/": ["read:users"] },
        }],
        "connections": [{ "name": CONNECTION, "passwordPolicy": "fair" }],
    });
    fs::write(path, config.to_string())
}
