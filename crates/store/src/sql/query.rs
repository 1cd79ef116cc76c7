//! One statement, for either database.

use sqlx::{AssertSqlSafe, Database, Encode, Postgres, Sqlite, Type};

use super::{Pool, Row, Transaction, text};
use crate::{Digest, StoreError};

/// A statement. Its text is part of the program; what comes from elsewhere can
/// only be bound.
pub fn query(sql: &'static str) -> Query {
    Query {
        sql,
        is_locking: false,
        values: Vec::new(),
    }
}

/// A statement with its values.
#[must_use = "nothing happens until it is executed"]
pub struct Query {
    sql: &'static str,
    is_locking: bool,
    values: Vec<Value>,
}

/// A value that both databases know.
pub enum Value {
    Text(Option<String>),
    Integer(Option<i64>),
    Bool(bool),
    Bytes(Option<Vec<u8>>),
}

/// Where a statement is executed.
pub enum On<'a> {
    Pool(&'a Pool),
    Transaction(&'a mut Transaction),
}

/// Executes a query by a method of sqlx, wherever it is to happen.
macro_rules! run {
    ($query:ident.$method:ident($on:ident)) => {
        match $on.into() {
            On::Pool(Pool::Sqlite(pools)) => {
                let pool = match $query.reads() {
                    true => &pools.readers,
                    false => &pools.writer,
                };
                $query.bound::<Sqlite>().$method(pool).await?.into_ours()
            }
            On::Pool(Pool::Postgres(pool)) => {
                $query.bound::<Postgres>().$method(pool).await?.into_ours()
            }
            On::Transaction(Transaction::Sqlite(transaction)) => $query
                .bound::<Sqlite>()
                .$method(&mut **transaction)
                .await?
                .into_ours(),
            On::Transaction(Transaction::Postgres(transaction)) => $query
                .bound::<Postgres>()
                .$method(&mut **transaction)
                .await?
                .into_ours(),
        }
    };
}

impl Query {
    /// Binds the next value, `$1` first.
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Keeps others from changing the rows that it finds until the end of the
    /// transaction, and finds them as the last who did left them. In SQLite
    /// nobody else writes meanwhile anyway.
    pub fn for_update(mut self) -> Self {
        self.is_locking = true;
        self
    }

    /// How many rows it changed.
    pub async fn execute<'a>(self, on: impl Into<On<'a>>) -> Result<u64, StoreError> {
        Ok(run!(self.execute(on)))
    }

    /// The first row, if there is one.
    pub async fn optional<'a>(self, on: impl Into<On<'a>>) -> Result<Option<Row>, StoreError> {
        Ok(run!(self.fetch_optional(on)))
    }

    /// The first row.
    pub async fn one<'a>(self, on: impl Into<On<'a>>) -> Result<Row, StoreError> {
        Ok(run!(self.fetch_one(on)))
    }

    /// All rows.
    pub async fn all<'a>(self, on: impl Into<On<'a>>) -> Result<Vec<Row>, StoreError> {
        Ok(run!(self.fetch_all(on)))
    }

    /// Whether it changes nothing.
    fn reads(&self) -> bool {
        self.sql.starts_with("SELECT")
    }

    fn bound<DB: Dialect>(self) -> sqlx::query::Query<'static, DB, DB::Arguments>
    where
        Option<String>: Encode<'static, DB> + Type<DB>,
        Option<i64>: Encode<'static, DB> + Type<DB>,
        bool: Encode<'static, DB> + Type<DB>,
        Option<Vec<u8>>: Encode<'static, DB> + Type<DB>,
    {
        let mut query = match self.is_locking {
            true => sqlx::query(AssertSqlSafe([self.sql, DB::LOCK].concat())),
            false => sqlx::query(self.sql),
        };
        for value in self.values {
            query = match value {
                Value::Text(text) => query.bind(text.map(DB::text)),
                Value::Integer(integer) => query.bind(integer),
                Value::Bool(bool) => query.bind(bool),
                Value::Bytes(bytes) => query.bind(bytes),
            };
        }
        query
    }
}

/// What a statement needs to know of its database.
trait Dialect: Database {
    /// What makes a reading statement keep others from its rows.
    const LOCK: &'static str;
    /// A text as the database can hold it.
    fn text(text: String) -> String;
}

impl Dialect for Sqlite {
    const LOCK: &'static str = "";
    fn text(text: String) -> String {
        text
    }
}

impl Dialect for Postgres {
    // The weaker of its two locks: rows that refer to this one may still be
    // added, so those who add them and then wait for this lock block nobody.
    const LOCK: &'static str = " FOR NO KEY UPDATE";
    fn text(text: String) -> String {
        text::escape(text)
    }
}

/// What sqlx returns, as this layer does.
trait IntoOurs {
    type Ours;
    fn into_ours(self) -> Self::Ours;
}

macro_rules! ours {
    ($theirs:ty => $ours:ty, $it:ident: $conversion:expr) => {
        impl IntoOurs for $theirs {
            type Ours = $ours;
            fn into_ours(self) -> $ours {
                let $it = self;
                $conversion
            }
        }
    };
}

ours!(sqlx::sqlite::SqliteQueryResult => u64, it: it.rows_affected());
ours!(sqlx::postgres::PgQueryResult => u64, it: it.rows_affected());
ours!(sqlx::sqlite::SqliteRow => Row, it: Row::Sqlite(it));
ours!(sqlx::postgres::PgRow => Row, it: Row::Postgres(it));

impl<T: IntoOurs> IntoOurs for Option<T> {
    type Ours = Option<T::Ours>;
    fn into_ours(self) -> Self::Ours {
        self.map(T::into_ours)
    }
}

impl<T: IntoOurs> IntoOurs for Vec<T> {
    type Ours = Vec<T::Ours>;
    fn into_ours(self) -> Self::Ours {
        self.into_iter().map(T::into_ours).collect()
    }
}

impl<'a> From<&'a Pool> for On<'a> {
    fn from(pool: &'a Pool) -> Self {
        Self::Pool(pool)
    }
}

impl<'a> From<&'a mut Transaction> for On<'a> {
    fn from(transaction: &'a mut Transaction) -> Self {
        Self::Transaction(transaction)
    }
}

macro_rules! values {
    ($($from:ty => $value:ident($it:ident): $conversion:expr;)*) => {$(
        impl From<$from> for Value {
            fn from($it: $from) -> Self {
                Self::$value($conversion)
            }
        }
    )*};
}

values! {
    &str => Text(it): Some(it.to_owned());
    &String => Text(it): Some(it.clone());
    String => Text(it): Some(it);
    Option<&str> => Text(it): it.map(str::to_owned);
    &Option<String> => Text(it): it.clone();
    i64 => Integer(it): Some(it);
    u32 => Integer(it): Some(it.into());
    Option<i64> => Integer(it): it;
    bool => Bool(it): it;
    &Digest => Bytes(it): Some(it.to_vec());
    &Vec<u8> => Bytes(it): Some(it.clone());
    &Option<Vec<u8>> => Bytes(it): it.clone();
}
