//! What a statement found.

use latchlet_core::Object;
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;

use super::text;
use crate::{Digest, StoreError};

/// A row.
pub enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    /// What stands in a column.
    pub fn get<T: Column>(&self, column: &str) -> Result<T, StoreError> {
        T::read(self, column)
    }
}

/// A type that columns are read as.
pub trait Column: Sized {
    fn read(row: &Row, column: &str) -> Result<Self, StoreError>;
}

macro_rules! columns {
    ($($type:ty),*) => {$(
        impl Column for $type {
            fn read(row: &Row, column: &str) -> Result<Self, StoreError> {
                Ok(match row {
                    Row::Sqlite(row) => row.try_get(column)?,
                    Row::Postgres(row) => row.try_get(column)?,
                })
            }
        }
    )*};
}

columns!(i64, Option<i64>, bool, Vec<u8>, Option<Vec<u8>>);

impl Column for Option<String> {
    fn read(row: &Row, column: &str) -> Result<Self, StoreError> {
        Ok(match row {
            Row::Sqlite(row) => row.try_get(column)?,
            Row::Postgres(row) => row.try_get::<Self, _>(column)?.map(text::unescape),
        })
    }
}

impl Column for String {
    fn read(row: &Row, column: &str) -> Result<Self, StoreError> {
        Ok(match row {
            Row::Sqlite(row) => row.try_get(column)?,
            Row::Postgres(row) => text::unescape(row.try_get(column)?),
        })
    }
}

impl Column for u32 {
    fn read(row: &Row, column: &str) -> Result<Self, StoreError> {
        Ok(Self::try_from(i64::read(row, column)?).unwrap_or(Self::MAX))
    }
}

impl Column for Digest {
    fn read(row: &Row, column: &str) -> Result<Self, StoreError> {
        Ok(Vec::read(row, column)?.try_into().unwrap_or_default())
    }
}

/// Stored as JSON.
impl Column for Object {
    fn read(row: &Row, column: &str) -> Result<Self, StoreError> {
        Ok(serde_json::from_str(&String::read(row, column)?)?)
    }
}
