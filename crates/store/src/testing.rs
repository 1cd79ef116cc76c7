//! Databases for tests: a file of SQLite, or a schema of the PostgreSQL that
//! `LATCHLET_TEST_POSTGRES` names.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::path::Path;
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use sqlx::{AssertSqlSafe, Connection, PgConnection, Row, SqliteConnection};

pub use crate::store::copy_name;

/// Where the variable is set, tests run on PostgreSQL.
const VARIABLE: &str = "LATCHLET_TEST_POSTGRES";

/// An empty database, until this is dropped.
pub struct Database {
    url: String,
    /// Only dropped.
    _schema: Option<Schema>,
}

struct Schema {
    postgres: String,
    name: String,
}

impl Database {
    /// A file in this folder, which the caller takes away again, or a schema.
    pub async fn new(folder: &Path) -> Self {
        match std::env::var(VARIABLE) {
            Ok(postgres) => Self::on(postgres).await,
            Err(_) => Self::sqlite(folder),
        }
    }

    /// A file in this folder, whatever else.
    pub fn sqlite(folder: &Path) -> Self {
        Self {
            url: format!("sqlite:{}", folder.join("test.db").display()),
            _schema: None,
        }
    }

    /// A schema of the PostgreSQL, whatever else.
    pub async fn postgres() -> Self {
        Self::on(std::env::var(VARIABLE).unwrap()).await
    }

    async fn on(postgres: String) -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let thread = format!("{:?}", thread::current().id());
        let number: String = thread.chars().filter(char::is_ascii_digit).collect();
        let name = format!("test_{}_{number}_{}", std::process::id(), now.as_nanos());
        execute(&postgres, format!("CREATE SCHEMA {name}"))
            .await
            .unwrap();
        let sign = if postgres.contains('?') { '&' } else { '?' };
        Self {
            url: format!("{postgres}{sign}options[search_path]={name}&application_name={name}"),
            _schema: Some(Schema { postgres, name }),
        }
    }

    /// Its address, as `--database` takes it.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Schema {
    /// On a thread of its own, since a test has a runtime already. What the test
    /// left open there ends first.
    fn drop(&mut self) {
        let drop = format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE application_name = '{0}'; DROP SCHEMA {0} CASCADE",
            self.name
        );
        let postgres = std::mem::take(&mut self.postgres);
        let dropping = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime
                .block_on(execute(&postgres, drop))
                .map_err(std::io::Error::other)
        });
        if !matches!(dropping.join(), Ok(Ok(()))) {
            eprintln!("the schema {} is left", self.name);
        }
    }
}

async fn execute(url: &str, statements: String) -> Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect(url).await?;
    sqlx::raw_sql(AssertSqlSafe(statements))
        .execute(&mut connection)
        .await?;
    connection.close().await
}

/// Fails unless SQLite finds the file of a database as it should be.
pub async fn is_whole(url: &str) {
    let mut connection = SqliteConnection::connect(url).await.unwrap();
    for check in ["PRAGMA integrity_check", "PRAGMA foreign_key_check"] {
        let found: Vec<String> = sqlx::query(check)
            .fetch_all(&mut connection)
            .await
            .unwrap()
            .iter()
            .map(|row| row.get(0))
            .collect();
        assert!(found.is_empty() || found == ["ok"], "{check}: {found:?}");
    }
    connection.close().await.unwrap();
}
