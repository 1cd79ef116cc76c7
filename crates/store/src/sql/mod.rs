//! The two databases, and how little they differ.
//!
//! Queries are written once, in the SQL that SQLite and PostgreSQL share, with
//! `$1` for the first value. What differs lies here: how a database is opened
//! and what is read back of its settings, how a writer begins and keeps others
//! from a row, which text PostgreSQL cannot hold, how each of the two names the
//! unique key that was violated.

mod pool;
mod postgres;
mod query;
mod row;
mod sqlite;
mod text;

pub use pool::{Pool, Transaction};
pub use postgres::without_password;
pub use query::{On, Query, query};
pub use row::Row;
pub use sqlite::is_there;

use crate::StoreError;

/// The unique key that somebody else has already, by its table and its last
/// column, as `users_email`.
///
/// PostgreSQL tells the name of the constraint, and its migrations name them
/// so. SQLite tells the columns in its message alone.
pub fn taken(error: &StoreError) -> Option<String> {
    let StoreError::Database(error) = error else {
        return None;
    };
    let error = error
        .as_database_error()
        .filter(|error| error.is_unique_violation())?;
    match error.constraint() {
        Some(name) => Some(name.to_owned()),
        None => Some(error.message().rsplit(' ').next()?.replace('.', "_")),
    }
}
