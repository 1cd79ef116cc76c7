//! Commands and their options. Every option can be set by an environment
//! variable as well.

use std::future::pending;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use latchlet_server::config::{ConfigError, ServerConfig, is_safe};
use latchlet_server::mail::{Mailbox, Post, Smtp, SmtpError};
use latchlet_server::serve::{ListenError, listen, serve};
use latchlet_server::tls::{self, TlsError};
use latchlet_server::{App, Fault, keep_up, metrics_router, router};
use latchlet_store::{Store, StoreError};
use url::Url;

use crate::check::Check;
use crate::compile::Compile;
use crate::init::Init;
use crate::keys::Keys;
use crate::log::LogFormat;
use crate::schema::Schema;
use crate::simulate::Simulate;
use crate::user::UserCommand;

#[derive(Parser)]
#[command(name = "latchlet", version, about, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Write a config to start from
    Init(Init),
    /// Run the auth backend
    Serve(Serve),
    /// Look at the keys that tokens are signed with, and change them
    Keys(Keys),
    /// Check configs of the box
    Check(Check),
    /// Put beside a config of the box what its form is painted from at once
    Compile(Compile),
    /// Print what a config of the box may say, for editors and compilers
    Schema(Schema),
    /// Print what the server serves, as OpenAPI 3.1
    Openapi,
    /// Show what progressive profiling would ask of a person, when, and why
    Simulate(Simulate),
    /// Print or erase what is known of a person
    User(UserCommand),
}

#[derive(Args)]
pub struct Serve {
    /// Where to listen
    #[arg(long, env = "LATCHLET_LISTEN", default_value = "127.0.0.1:3000")]
    listen: SocketAddr,
    /// The address that browsers reach the server at [default: http://<LISTEN>,
    /// https with a certificate]
    #[arg(long, env = "LATCHLET_PUBLIC_URL")]
    public_url: Option<String>,
    /// Speak TLS with this certificate and those that lead to its authority, in
    /// PEM form
    #[arg(
        long,
        env = "LATCHLET_TLS_CERTIFICATE",
        value_name = "FILE",
        requires = "tls_key"
    )]
    tls_certificate: Option<PathBuf>,
    /// The key of the certificate, in PEM form
    #[arg(
        long,
        env = "LATCHLET_TLS_KEY",
        value_name = "FILE",
        requires = "tls_certificate"
    )]
    tls_key: Option<PathBuf>,
    /// The database: `sqlite:` and a file, which is made if there is none, or the
    /// address of a PostgreSQL
    #[arg(
        long,
        env = "LATCHLET_DATABASE",
        default_value = "sqlite:latchlet.db",
        hide_env_values = true
    )]
    database: String,
    /// The file with the clients and connections (docs/SERVER.md)
    #[arg(long, env = "LATCHLET_CONFIG")]
    config: Option<PathBuf>,
    /// Show what would be sent at /dev/mailbox instead of sending it, and let
    /// /dev/clock put the clock forward; for this machine alone
    #[arg(long, env = "LATCHLET_DEV")]
    dev: bool,
    /// Where Prometheus reads /metrics [default: nowhere]
    #[arg(long, env = "LATCHLET_METRICS_LISTEN")]
    metrics_listen: Option<SocketAddr>,
    /// How long to go on taking requests after being asked to end, while /ready
    /// says no, so that a balancer can turn away
    #[arg(
        long,
        env = "LATCHLET_SHUTDOWN_DELAY",
        default_value = "0s",
        value_parser = humantime::parse_duration
    )]
    shutdown_delay: Duration,
    /// How the log is written, to standard error
    #[arg(long, env = "LATCHLET_LOG_FORMAT", default_value = "text")]
    pub log_format: LogFormat,
    /// The password of the SMTP server, if it does not stand in the config
    #[arg(skip = std::env::var("LATCHLET_SMTP_PASSWORD").ok())]
    smtp_password: Option<String>,
}

/// Why the server does not run.
#[derive(Debug, thiserror::Error)]
pub enum ServeFailure {
    #[error(
        "there is no config: give a file with --config or LATCHLET_CONFIG. It names the clients \
         and connections; `latchlet init` writes one to start from"
    )]
    NoConfig,
    #[error("--public-url must be an origin such as https://login.example.com, not `{0}`")]
    PublicUrl(String),
    #[error(
        "--public-url is plain http and not on this machine: passwords would travel in the open. \
         Give its https address"
    )]
    Insecure,
    #[error(
        "--public-url is plain http, and with a certificate this server speaks TLS alone. Give \
         its https address"
    )]
    PlainUrl,
    #[error("{0} (--tls-certificate and --tls-key, see docs/SERVER.md)")]
    Tls(#[from] TlsError),
    #[error(
        "--dev shows what is sent to people, so it listens on this machine alone: give \
         --listen (and --metrics-listen) a loopback address such as 127.0.0.1:3000, or leave \
         --dev out"
    )]
    DevListener,
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("{0}. Correct it in the config (docs/SERVER.md)")]
    Mail(#[from] SmtpError),
    #[error(
        "{0}. --database takes a file in a folder that can be written, or a PostgreSQL \
         (docs/SERVER.md)"
    )]
    Store(#[from] StoreError),
    #[error(transparent)]
    Fault(#[from] Fault),
    #[error(transparent)]
    Listen(#[from] ListenError),
}

impl ServeFailure {
    /// 2 if the options or the config must change, 1 otherwise.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::NoConfig
            | Self::PublicUrl(_)
            | Self::Insecure
            | Self::PlainUrl
            | Self::Tls(_)
            | Self::DevListener
            | Self::Config(_)
            | Self::Mail(_) => 2,
            Self::Store(_) | Self::Fault(_) | Self::Listen(_) => 1,
        }
    }
}

impl Serve {
    /// Serves until the process is asked to end.
    pub async fn run(self) -> Result<(), ServeFailure> {
        let mut listeners = self.metrics_listen.iter().chain([&self.listen]);
        if self.dev && listeners.any(|it| !it.ip().is_loopback()) {
            return Err(ServeFailure::DevListener);
        }
        let path = self.config.clone().ok_or(ServeFailure::NoConfig)?;
        let tls = match (&self.tls_certificate, &self.tls_key) {
            (Some(certificate), Some(key)) => Some(tls::load(certificate, key)?),
            _ => None,
        };
        let scheme = if tls.is_some() { "https" } else { "http" };
        let public_url = self
            .public_url
            .clone()
            .unwrap_or_else(|| format!("{scheme}://{}", self.listen));
        let public_url = check_public_url(&public_url)?;
        if tls.is_some() && public_url.starts_with("http:") {
            return Err(ServeFailure::PlainUrl);
        }
        let config = ServerConfig::load(&path, &public_url)?;
        let post = self.post(&config)?;
        // First, because it is what fails most often, and costs nothing.
        let listener = listen(self.listen).await?;
        let metrics_listener = match self.metrics_listen {
            Some(address) => Some(listen(address).await?),
            None => None,
        };
        let store = Store::open(&self.database).await?;
        let app = App::new(config, store.clone(), &public_url, post).await?;
        tokio::spawn(keep_up(Arc::clone(&app)));
        tracing::info!("listening on {}, reached at {public_url}", self.listen);
        let end = {
            let (app, delay) = (Arc::clone(&app), self.shutdown_delay);
            async move {
                asked_to_end().await;
                tracing::info!("asked to end");
                app.end();
                tokio::time::sleep(delay).await;
            }
        };
        let metrics = async {
            if let Some(listener) = metrics_listener {
                serve(listener, None, metrics_router(Arc::clone(&app)), pending()).await;
            }
            pending().await
        };
        tokio::select! {
            () = serve(listener, tls, router(Arc::clone(&app)), end) => {}
            () = metrics => {}
        }
        app.finish().await;
        store.close().await;
        tracing::info!("ended");
        Ok(())
    }

    /// How letters travel, which the log says.
    fn post(&self, config: &ServerConfig) -> Result<Post, ServeFailure> {
        if self.dev {
            tracing::warn!("--dev: nothing is sent, it is shown at /dev/mailbox");
            return Ok(Post::Mailbox(Mailbox::default()));
        }
        match &config.mail {
            Some(mail) => {
                let smtp = Smtp::new(mail, self.smtp_password.as_deref())?;
                tracing::info!("mail is sent from {}", mail.from);
                Ok(Post::Smtp(smtp))
            }
            None => {
                tracing::warn!(
                    "the config has no `mail`: forgotten passwords and passwordless sign-in \
                     answer `mail_not_configured`, and no address is verified at a sign-up"
                );
                Ok(Post::Nothing)
            }
        }
    }
}

/// An address as the issuer needs it: an origin, without a `/` at the end.
fn check_public_url(text: &str) -> Result<String, ServeFailure> {
    let malformed = || ServeFailure::PublicUrl(text.to_owned());
    let url = Url::parse(text).map_err(|_| malformed())?;
    let origin = url.origin().ascii_serialization();
    // The address as the parser writes it is the origin and a `/`, or there is
    // more in it than an origin has.
    if url.as_str().strip_suffix('/') != Some(&origin) {
        return Err(malformed());
    }
    match url.scheme() {
        "http" | "https" if is_safe(&url) => Ok(origin),
        "http" => Err(ServeFailure::Insecure),
        _ => Err(malformed()),
    }
}

/// Ctrl-C, or the signal that a service manager sends.
async fn asked_to_end() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}

#[cfg(test)]
mod tests {
    use super::check_public_url;

    #[test]
    fn a_public_address_is_an_origin_that_is_safe_for_passwords() {
        for (given, origin) in [
            (
                "https://Login.Example.com:443/",
                "https://login.example.com",
            ),
            (
                "https://login.example.com:8443",
                "https://login.example.com:8443",
            ),
            ("http://127.0.0.1:80", "http://127.0.0.1"),
            ("http://[::1]:3000", "http://[::1]:3000"),
            ("http://localhost:3000", "http://localhost:3000"),
        ] {
            assert_eq!(check_public_url(given).unwrap(), origin);
        }
        for given in [
            "http://login.example.com",
            "http://localhost.example.com",
            "http://0.0.0.0:3000",
            "https://login.example.com/path",
            "https://login.example.com/?a",
            "https://user@login.example.com",
            "ftp://localhost",
            "login.example.com",
        ] {
            assert!(check_public_url(given).is_err(), "{given}");
        }
    }
}
