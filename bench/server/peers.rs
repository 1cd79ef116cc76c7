//! Other OpenID servers from npm, each as a process of its own.

use std::io::{self, BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::sync::Arc;

use reqwest::Client;
use serde_json::Value;

use crate::asked::{Asked, granted};
use crate::load::Left;
use crate::program::{Memory, Process};

/// What they are called, and the scripts that start them.
pub const PEERS: [(&str, &str); 2] = [
    ("oidc-provider", "oidc-provider.mjs"),
    ("@simulacrum/auth0-simulator", "simulator.mjs"),
];

/// A port that nobody listens on. The simulator takes none above 10,000.
fn low_port() -> io::Result<u16> {
    let mut free = (4000..10_000).filter(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok());
    free.next().ok_or_else(|| io::ErrorKind::AddrInUse.into())
}

/// A server that runs, and what can be asked of it.
pub struct Peer {
    pub name: &'static str,
    process: Process,
    http: Client,
    token_url: String,
    token_form: Vec<(String, String)>,
    userinfo_url: String,
    bearer: String,
}

impl Peer {
    /// Starts one, which says on a line of JSON how it is asked.
    pub fn start((name, script): (&'static str, &str), http: &Client) -> io::Result<Self> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../bench/server/peers");
        let mut child = Command::new("node")
            .arg(format!("{folder}/{script}"))
            .arg(low_port()?.to_string())
            .env("NODE_ENV", "production")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let output = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let process = Process(child);
        let mut lines = BufReader::new(output).lines();
        let said = lines.find_map(|line| serde_json::from_str::<Value>(&line.ok()?).ok());
        let said = said.ok_or_else(|| io::Error::other(format!("{name} did not start")))?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let form = said["token"]["form"].as_object().into_iter().flatten();
        Ok(Self {
            name,
            process,
            http: http.clone(),
            token_url: text(&said["token"]["url"]),
            token_form: form
                .map(|(name, value)| (name.clone(), text(value)))
                .collect(),
            userinfo_url: text(&said["userinfo"]["url"]),
            bearer: text(&said["userinfo"]["bearer"]),
        })
    }

    /// Asks once for a token, or who it is of.
    pub async fn ask(self: Arc<Self>, what: Asked) -> io::Result<Left> {
        let http = &self.http;
        granted(match what {
            Asked::UserInfo => http.get(&self.userinfo_url).bearer_auth(&self.bearer),
            _ => http.post(&self.token_url).form(&self.token_form),
        })
        .await?;
        Ok(Left::Something)
    }

    pub fn memory(&self) -> Memory {
        self.process.memory()
    }
}
