//! `latchlet user`: what is known of a person, and forgetting it.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use latchlet_core::email;
use latchlet_server::personal_data::export;
use latchlet_store::{Store, StoreError, User};

#[derive(Args)]
pub struct UserCommand {
    #[command(subcommand)]
    action: Action,
    /// The database of the server, which may go on running
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
enum Action {
    /// Print everything that is known of a person, as JSON
    Export(Who),
    /// Erase a person, and everything that is known of them
    Erase(Who),
}

#[derive(Args)]
struct Who {
    /// The id, such as `auth0|4f2c…`, or the e-mail address
    #[arg(value_name = "ID|EMAIL")]
    who: String,
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("nobody is known by `{0}`")]
    Nobody(String),
    #[error("`{0}` has several accounts, so name one by its id: {1}")]
    Several(String, String),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("it cannot be written: {0}")]
    Json(#[from] serde_json::Error),
}

impl UserCommand {
    /// Does it.
    pub async fn run(self) -> ExitCode {
        match self.act().await {
            Ok(said) => {
                println!("{said}");
                ExitCode::SUCCESS
            }
            Err(failure) => {
                eprintln!("latchlet: {failure}");
                match failure {
                    Failure::Nobody(_) | Failure::Several(..) => ExitCode::from(2),
                    Failure::Store(_) | Failure::Json(_) => ExitCode::FAILURE,
                }
            }
        }
    }

    async fn act(self) -> Result<String, Failure> {
        let store = Store::open_existing(&self.database).await?;
        let (Action::Export(Who { who }) | Action::Erase(Who { who })) = &self.action;
        let user = match find(&store, who).await {
            // Whoever could not finish it runs it again.
            Err(Failure::Nobody(who)) if matches!(self.action, Action::Erase(_)) => {
                store.scrub().await?;
                return Err(Failure::Nobody(who));
            }
            found => found?,
        };
        let said = match &self.action {
            Action::Export(_) => {
                let data = store.personal_data(&user.id).await?;
                let data = data.ok_or_else(|| Failure::Nobody(who.clone()))?;
                serde_json::to_string_pretty(&export(&data))?
            }
            Action::Erase(_) => {
                store.delete_user(&user.id).await?;
                store.scrub().await?;
                format!(
                    "Erased {}|{}. What they said to consents stays, under a pseudonym.",
                    user.provider, user.id
                )
            }
        };
        store.close().await;
        Ok(said)
    }
}

async fn find(store: &Store, who: &str) -> Result<User, Failure> {
    let mut users = match who.split_once('|') {
        Some((provider, id)) => {
            let user = store.user(id).await?;
            let user = user.filter(|user| user.provider == provider);
            user.into_iter().collect()
        }
        None => match email::canonical(who) {
            Some(address) => store.users_by_email(&address).await?,
            None => Vec::new(),
        },
    };
    match (users.pop(), users.as_slice()) {
        (None, _) => Err(Failure::Nobody(who.to_owned())),
        (Some(user), []) => Ok(user),
        (Some(last), others) => {
            let ids = others.iter().chain([&last]);
            let ids: Vec<String> = ids
                .map(|it| [&*it.provider, "|", &it.id].concat())
                .collect();
            Err(Failure::Several(who.to_owned(), ids.join(", ")))
        }
    }
}
