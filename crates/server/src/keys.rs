//! `latchlet keys`: the keys that tokens are signed with, while servers run.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use latchlet_server::auth::{
    KeyState, NotRotated, revoke_signing_keys, rotate_signing_keys, signing_key_states,
};
use latchlet_server::{Clock, iso};
use latchlet_store::{Store, StoreError};

#[derive(Args)]
pub struct Keys {
    #[command(subcommand)]
    what: What,
    /// The database of the server
    #[arg(
        long,
        env = "LATCHLET_DATABASE",
        default_value = "sqlite:latchlet.db",
        hide_env_values = true,
        global = true
    )]
    database: String,
}

#[derive(Subcommand)]
enum What {
    /// Show which key signs, and until when others are published
    List,
    /// Let the next key sign from now on
    Rotate {
        /// The keys are in wrong hands: replace all of them, so that every token
        /// that they signed is refused
        #[arg(long)]
        revoke: bool,
    },
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{0}. --database takes that of the server")]
    Store(#[from] StoreError),
    #[error(transparent)]
    NotRotated(#[from] NotRotated),
}

impl Keys {
    /// Ends with 0, with 2 if the next key is not due, and with 1 if the
    /// database cannot be used.
    pub async fn run(self) -> ExitCode {
        match self.done().await {
            Ok(keys) => {
                for key in keys {
                    println!("{}", line(&key));
                }
                ExitCode::SUCCESS
            }
            Err(failure) => {
                eprintln!("latchlet: {failure}");
                match failure {
                    Failure::NotRotated(NotRotated::TooSoon(_)) => ExitCode::from(2),
                    _ => ExitCode::FAILURE,
                }
            }
        }
    }

    async fn done(self) -> Result<Vec<KeyState>, Failure> {
        let store = Store::open(&self.database).await?;
        let now = Clock::default().now();
        match self.what {
            What::List => {}
            What::Rotate { revoke: true } => revoke_signing_keys(&store, now).await?,
            What::Rotate { revoke: false } => rotate_signing_keys(&store, now).await?,
        }
        let keys = signing_key_states(&store).await.map_err(NotRotated::from)?;
        store.close().await;
        Ok(keys)
    }
}

fn line(key: &KeyState) -> String {
    let what = match (key.signs_from, key.ended) {
        (None, _) => format!("next, published since {}", iso(key.created_at)),
        (Some(from), None) => format!("signs since {}", iso(from)),
        (Some(_), Some((end, until))) => {
            format!("signed until {}, published until {}", iso(end), iso(until))
        }
    };
    format!("{}  {what}", key.kid)
}
