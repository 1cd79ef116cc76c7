//! Connections, and transactions over them.

use sqlx::{PgPool, Postgres, Sqlite};

use super::sqlite::SqlitePools;
use super::{postgres, query, sqlite};
use crate::StoreError;

/// The connections to a database.
#[derive(Clone, Debug)]
pub enum Pool {
    Sqlite(SqlitePools),
    Postgres(PgPool),
}

/// Several statements that happen together or not at all: what was not
/// committed when this is dropped is undone.
pub enum Transaction {
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

impl Pool {
    /// Opens the database at an address and brings its tables up to date.
    pub async fn open(url: &str) -> Result<Self, String> {
        match url.split_once(':') {
            Some(("sqlite", _)) => Ok(Self::Sqlite(sqlite::open(url).await?)),
            Some(("postgres" | "postgresql", _)) => Ok(Self::Postgres(postgres::open(url).await?)),
            _ => Err(
                "give `sqlite:` and the path of a file, or the address of a \
                      PostgreSQL such as `postgres://user@host/database`"
                    .to_owned(),
            ),
        }
    }

    /// Begins a transaction that writes.
    ///
    /// SQLite has one writer at a time: one that turned into a writer halfway
    /// would be refused when another was faster, so it begins as one. On
    /// PostgreSQL a statement sees what was committed before it began, whatever
    /// the database's default is, and whoever decides by a row locks it first.
    pub async fn begin(&self) -> Result<Transaction, StoreError> {
        Ok(match self {
            Self::Sqlite(pools) => {
                Transaction::Sqlite(pools.writer.begin_with("BEGIN IMMEDIATE").await?)
            }
            Self::Postgres(pool) => Transaction::Postgres(
                pool.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED")
                    .await?,
            ),
        })
    }

    /// Overwrites what is left of deleted rows in files of SQLite. PostgreSQL has
    /// its own ways, and keeps its log.
    pub async fn scrub(&self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(pools) => sqlite::scrub(&pools.writer).await,
            Self::Postgres(_) => Ok(()),
        }
    }

    /// Ends all connections, after what they are doing.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(pools) => {
                pools.writer.close().await;
                pools.readers.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Transaction {
    /// Waits until no other transaction has this lock, and keeps it until the
    /// end. The only writer of SQLite has every lock.
    ///
    /// On PostgreSQL it is a row of the table `locks`: a row is locked in every
    /// database that speaks its protocol, and behind every pooler.
    pub async fn lock(&mut self, name: &'static str) -> Result<(), StoreError> {
        if let Self::Postgres(_) = self {
            query("SELECT name FROM locks WHERE name = $1")
                .bind(name)
                .for_update()
                .one(self)
                .await?;
        }
        Ok(())
    }

    /// Makes it all happen.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(transaction) => transaction.commit().await?,
            Self::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }
}
