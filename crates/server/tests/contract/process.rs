//! The binary: a folder that it runs in, and a process that serves.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output};
use std::thread;
use std::time::Duration;

use latchlet_wire::authenticate::PASSWORD_REALM;
use reqwest::redirect::Policy;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::{ORIGIN, PASSWORD, config};

/// A folder with a config, and the binary run in it.
pub struct Folder(pub TempDir);

impl Folder {
    pub fn with(config: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("server.json"), config).unwrap();
        Self(folder)
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn log(&self) -> PathBuf {
        self.0.path().join("log")
    }

    pub fn command(&self, options: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_latchlet"));
        command
            .arg("serve")
            .args(options)
            .current_dir(self.0.path())
            .env_clear();
        command
    }

    /// Runs it with options with which it cannot start.
    pub fn fails(&self, options: &[&str]) -> (i32, String) {
        let mut command = self.command(options);
        let Output { status, stderr, .. } = command.output().unwrap();
        (status.code().unwrap(), String::from_utf8(stderr).unwrap())
    }
}

/// One that it can start in.
pub fn good() -> Folder {
    let mut config = config();
    config["connections"] = json!([{ "name": "users" }]);
    Folder::with(&config.to_string())
}

/// The binary, serving; every option by environment.
pub struct Process {
    pub child: Child,
    pub url: String,
    pub http: reqwest::Client,
}

impl Drop for Process {
    /// Nothing of a test lives on, whatever came of it.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Process {
    /// Starts it on a free port. Another program may take the port between
    /// finding it free and listening on it; then the next one is tried.
    pub fn start(folder: &Folder) -> Self {
        Self::start_with(folder, &[])
    }

    pub fn start_with(folder: &Folder, options: &[&str]) -> Self {
        Self::start_by(folder, &|| folder.command(options))
    }

    pub fn start_by(folder: &Folder, command: &dyn Fn() -> Command) -> Self {
        (0..5)
            .find_map(|_| Self::try_start(folder, command()))
            .unwrap()
    }

    fn try_start(folder: &Folder, mut command: Command) -> Option<Self> {
        let address = {
            let free = TcpListener::bind("127.0.0.1:0").unwrap();
            free.local_addr().unwrap().to_string()
        };
        let url = format!("http://{address}");
        let log = fs::OpenOptions::new()
            .append(true)
            .create(true)
            .open(folder.log());
        let mut child = command
            .env("LATCHLET_LISTEN", &address)
            .env("LATCHLET_PUBLIC_URL", &url)
            .env("LATCHLET_DATABASE", "sqlite:here.db")
            .env("LATCHLET_CONFIG", "server.json")
            .env("LATCHLET_LOG", "debug")
            .stderr(log.unwrap())
            .spawn()
            .unwrap();
        let listening = format!("listening on {address}");
        loop {
            if fs::read_to_string(folder.log())
                .unwrap()
                .contains(&listening)
            {
                let http = reqwest::Client::builder().redirect(Policy::none());
                let http = http.build().unwrap();
                return Some(Self { child, url, http });
            }
            if child.try_wait().unwrap().is_some() {
                return None;
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    pub async fn get(&self, path: &str) -> reqwest::Response {
        let request = self.http.get(format!("{}{path}", self.url));
        request.send().await.unwrap()
    }

    pub fn log(&self, folder: &Folder) -> String {
        fs::read_to_string(folder.log()).unwrap()
    }

    pub async fn request(&self, path: &str, body: Value) -> reqwest::Response {
        let request = self.http.post(format!("{}{path}", self.url));
        let request = request.header("origin", ORIGIN).json(&body);
        request.send().await.unwrap()
    }

    /// Sends what is taken, whatever the reply is.
    pub async fn send(&self, path: &str, body: Value) -> reqwest::Response {
        let reply = self.request(path, body).await;
        assert_eq!(reply.status(), 200, "{path}");
        reply
    }

    pub async fn post(&self, path: &str, body: Value) -> Value {
        self.send(path, body).await.json().await.unwrap()
    }

    /// Asks it to end.
    pub fn terminate(&self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").arg(id).status().unwrap().success());
    }

    pub async fn sign_up(&self, email: &str) {
        let body = json!({
            "client_id": "app",
            "connection": "users",
            "email": email,
            "password": PASSWORD,
        });
        self.post("/dbconnections/signup", body).await;
    }

    pub async fn sign_in(&self, email: &str) -> String {
        let body = json!({
            "client_id": "app",
            "realm": "users",
            "username": email,
            "password": PASSWORD,
            "credential_type": PASSWORD_REALM,
        });
        let reply = self.post("/co/authenticate", body).await;
        reply["login_ticket"].as_str().unwrap().to_owned()
    }
}
