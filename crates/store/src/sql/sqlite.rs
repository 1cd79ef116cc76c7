//! Opening SQLite, and what every connection to it must have.

use std::fs::OpenOptions;
use std::io;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, Row, SqliteConnection, SqlitePool};

use crate::StoreError;

/// How many read at once.
const READERS: u32 = 8;
/// How long a writer waits for those before it, of this process and of others.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// The connections to a file. SQLite has one writer at a time, and lets others
/// sleep and try again, whoever comes first: so the writers of this process
/// stand in line for one connection.
#[derive(Clone, Debug)]
pub struct SqlitePools {
    pub readers: SqlitePool,
    pub writer: SqlitePool,
}

/// Opens the database at an address such as `sqlite:latchlet.db`, makes the
/// file if there is none, and brings its tables up to date.
pub async fn open(url: &str) -> Result<SqlitePools, String> {
    let options = SqliteConnectOptions::from_str(url)
        .map_err(|error| error.to_string())?
        .journal_mode(SqliteJournalMode::Wal)
        // WAL with less may lose what was acknowledged when power fails.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // What is deleted is overwritten, and not only forgotten.
        .pragma("secure_delete", "ON")
        .busy_timeout(BUSY_TIMEOUT);
    create_private(options.get_filename()).map_err(|error| error.to_string())?;
    let writer = pool(1, &options).await?;
    sqlx::migrate!("migrations/sqlite")
        .run(&writer)
        .await
        .map_err(|error| error.to_string())?;
    let readers = pool(READERS, &options).await?;
    Ok(SqlitePools { readers, writer })
}

async fn pool(connections: u32, options: &SqliteConnectOptions) -> Result<SqlitePool, String> {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(BUSY_TIMEOUT)
        .after_connect(|connection, _| Box::pin(check(connection)))
        // A transaction that SQLite itself gave up, on a full disk for instance, is
        // never over for sqlx: such a connection is closed, and another one opened.
        .before_acquire(|connection, _| {
            let is_free = !connection.is_in_transaction();
            Box::pin(async move { Ok(is_free) })
        })
        .connect_with(options.clone())
        .await
        .map_err(|error| error.to_string())
}

/// Whether the file of an address is there. Other addresses have none.
pub fn is_there(url: &str) -> bool {
    match SqliteConnectOptions::from_str(url) {
        Ok(options) if url.starts_with("sqlite:") => options.get_filename().exists(),
        _ => true,
    }
}

/// Writes the whole database anew, so that no byte is left of what was deleted,
/// moves it from the log into the file, and empties the log.
pub async fn scrub(pool: &SqlitePool) -> Result<(), StoreError> {
    sqlx::query("VACUUM").execute(pool).await?;
    let row = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
        .fetch_one(pool)
        .await?;
    match row.try_get::<i64, _>("busy")? {
        0 => Ok(()),
        _ => Err(StoreError::InUse),
    }
}

/// Makes the file, if there is none, for its owner alone: it will have password
/// hashes and private keys. SQLite gives its other files the same permissions.
fn create_private(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?;
    Ok(())
}

/// Reads the settings back: SQLite ignores what it cannot do without a word,
/// and a connection that may lose what it acknowledged must not be used.
async fn check(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    let journal: String = sqlx::query_scalar("PRAGMA journal_mode")
        .fetch_one(&mut *connection)
        .await?;
    let synchronous: i64 = sqlx::query_scalar("PRAGMA synchronous")
        .fetch_one(&mut *connection)
        .await?;
    let foreign_keys: i64 = sqlx::query_scalar("PRAGMA foreign_keys")
        .fetch_one(&mut *connection)
        .await?;
    let busy_timeout: i64 = sqlx::query_scalar("PRAGMA busy_timeout")
        .fetch_one(&mut *connection)
        .await?;
    const FULL: i64 = 2;
    if (journal.as_str(), synchronous, foreign_keys) == ("wal", FULL, 1) && busy_timeout > 0 {
        return Ok(());
    }
    Err(sqlx::Error::Configuration(
        format!(
            "SQLite did not take its settings: journal_mode={journal}, \
             synchronous={synchronous}, foreign_keys={foreign_keys}, busy_timeout={busy_timeout}"
        )
        .into(),
    ))
}

#[cfg(test)]
mod tests {
    use sqlx::{Connection, SqliteConnection};

    use super::{READERS, check, open};

    #[tokio::test]
    async fn every_connection_is_durable() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("test.db").display());
        let pools = open(&url).await.unwrap();
        for (pool, most) in [(&pools.readers, READERS), (&pools.writer, 1)] {
            let mut connections = Vec::new();
            for _ in 0..most {
                let mut connection = pool.acquire().await.unwrap();
                check(&mut connection).await.unwrap();
                connections.push(connection);
            }
            assert!(pool.try_acquire().is_none());
        }
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn the_files_are_for_their_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("test.db").display());
        let _pools = open(&url).await.unwrap();
        for file in ["test.db", "test.db-wal", "test.db-shm"] {
            let mode = folder
                .path()
                .join(file)
                .metadata()
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600, "{file}");
        }
    }

    #[tokio::test]
    async fn a_connection_with_other_settings_is_refused() {
        let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        let error = check(&mut connection).await.unwrap_err().to_string();
        assert!(error.contains("journal_mode=memory"), "{error}");
    }
}
