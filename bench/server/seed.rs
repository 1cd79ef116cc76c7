//! A database with so many users, some of whom have just come back from
//! `/authorize`.

use std::fs;
use std::io;

use latchlet_core::Object;
use latchlet_server::auth::secret;
use latchlet_store::testing::{Database, copy_name};
use latchlet_store::{AuthorizationCode, Session, Store, StoreError, User};
use tempfile::TempDir;

use crate::program::{API, CALLBACK, CLIENT, CONNECTION};

/// The verifier of every code (PKCE).
pub const VERIFIER: &str = "a-verifier-that-is-long-enough-for-the-43-characters-of-rfc-7636";
/// Until when codes and sessions are good: whatever the clock says, they are.
const LATER: i64 = 4_000_000_000_000;
/// The hash of a password, which is not asked for.
const HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$bGF0Y2hsZXQgYmVuY2ghIQ$\
                    8Qk2m4Fzq3o0v0R9w3u0k1m3l6o7j4v5a8x1f2g3h4I";

/// Which of the two databases.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// A database with users.
pub struct Seeded {
    pub kind: Kind,
    /// Codes, each with whose it is.
    pub codes: Vec<(String, String)>,
    database: Database,
    folder: TempDir,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }

    /// A new database with so many users and codes.
    pub async fn seeded(self, users: u32, codes: u32) -> io::Result<Seeded> {
        let folder = tempfile::tempdir()?;
        let database = match self {
            Self::Sqlite => Database::sqlite(folder.path()),
            Self::Postgres => Database::postgres().await,
        };
        let store = Store::open(database.url())
            .await
            .map_err(io::Error::other)?;
        let codes = fill(&store, users, codes).await.map_err(io::Error::other)?;
        store.close().await;
        Ok(Seeded {
            kind: self,
            codes,
            database,
            folder,
        })
    }
}

impl Seeded {
    /// Its address, as `--database` takes it.
    pub fn url(&self) -> &str {
        self.database.url()
    }

    /// How many MiB of the disk it takes, if it is in files of its own.
    pub fn size(&self) -> io::Result<Option<f64>> {
        if self.kind == Kind::Postgres {
            return Ok(None);
        }
        let mut bytes = 0;
        for file in fs::read_dir(self.folder.path())? {
            bytes += file?.metadata()?.len();
        }
        Ok(Some(bytes as f64 / 1024.0 / 1024.0))
    }
}

/// Adds users, and gives people from all over the table a code each.
async fn fill(store: &Store, users: u32, codes: u32) -> Result<Vec<(String, String)>, StoreError> {
    if users == 0 {
        return Ok(Vec::new());
    }
    store.add_copies(&somebody(), users.into()).await?;
    let mut added = Vec::new();
    for number in 0..i64::from(codes) {
        let person = (number * i64::from(users) / i64::from(codes)) + 1;
        let session = Session {
            id: format!("session-{number}"),
            user_id: copy_name(person),
            client_id: CLIENT.to_owned(),
            scope: "openid profile email offline_access read:current_user \
                    update:current_user_metadata"
                .to_owned(),
            audience: Some(API.to_owned()),
            signed_in_at: 0,
            expires_at: LATER,
        };
        let secret = format!("code-{number}");
        let code = AuthorizationCode {
            code: secret::digest(&secret),
            redirect_uri: CALLBACK.to_owned(),
            code_challenge: secret::challenge(VERIFIER),
            nonce: None,
            expires_at: LATER,
        };
        store.begin_session(&session, Some(&code), false).await?;
        added.push((secret, session.user_id));
    }
    Ok(added)
}

fn somebody() -> User {
    let mut attributes = Object::new();
    attributes.insert("name", "Ada Lovelace");
    let mut user_metadata = Object::new();
    user_metadata.insert("company", "Analytical Engines Ltd");
    user_metadata.insert("title", "Countess of Lovelace");
    User {
        id: String::new(),
        provider: "auth0".to_owned(),
        connection: CONNECTION.to_owned(),
        email: Some("ada@example.com".to_owned()),
        email_verified: true,
        phone_number: None,
        phone_verified: false,
        username: None,
        password_hash: Some(HASH.to_owned()),
        last_password_reset: None,
        blocked: false,
        consent_subject: String::new(),
        attributes,
        user_metadata,
        app_metadata: Object::new(),
        created_at: 0,
        updated_at: 0,
        last_login: None,
        logins_count: 0,
    }
}
