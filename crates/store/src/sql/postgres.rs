//! Opening PostgreSQL, and what every connection to it must have.

use std::str::FromStr;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgSslMode};
use sqlx::{Connection, PgConnection, PgPool, Row};

/// A server has a few hundred for all its clients, and a query takes a
/// millisecond.
const CONNECTIONS: u32 = 16;
/// How long a request waits for a connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);

/// Opens a database and brings its tables up to date.
pub async fn open(url: &str) -> Result<PgPool, String> {
    let reason = |error: sqlx::Error| error.to_string();
    let options = options(url).map_err(reason)?;
    // One alone at first: the pool would try again and again, and then not say
    // why it could not.
    let mut first = PgConnection::connect_with(&options).await.map_err(reason)?;
    check(&mut first).await.map_err(reason)?;
    first.close().await.map_err(reason)?;
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .after_connect(|connection, _| Box::pin(check(connection)))
        .connect_with(options)
        .await
        .map_err(reason)?;
    let mut migrator = sqlx::migrate!("migrations/postgres");
    migrator.set_locking(false);
    if !is_up_to_date(&pool, &migrator).await {
        migrate(&pool, &migrator).await?;
    }
    Ok(pool)
}

/// An address that says nothing about TLS is safe: over the network the server
/// has to prove who it is.
fn options(url: &str) -> Result<PgConnectOptions, sqlx::Error> {
    let options = PgConnectOptions::from_str(url)?;
    let says = url.contains("sslmode=")
        || url.contains("ssl-mode=")
        || std::env::var_os("PGSSLMODE").is_some();
    let is_here = options.get_socket().is_some()
        || matches!(
            options.get_host(),
            "localhost" | "127.0.0.1" | "::1" | "[::1]"
        )
        || options.get_host().starts_with('/');
    Ok(match says || is_here {
        true => options,
        false => options.ssl_mode(PgSslMode::VerifyFull),
    })
}

/// Reads the settings: what is acknowledged must be on disk, and every text
/// must fit.
async fn check(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    let row = sqlx::query(
        "SELECT current_setting('synchronous_commit') AS synchronous_commit,
             coalesce(current_setting('fsync', true), 'on') AS fsync,
             coalesce(current_setting('full_page_writes', true), 'on') AS full_page_writes,
             current_setting('server_encoding') AS encoding",
    )
    .fetch_one(connection)
    .await?;
    let setting = |name: &str| row.try_get::<String, _>(name);
    let wrong: Vec<_> = [
        (
            "synchronous_commit",
            setting("synchronous_commit")? == "off",
        ),
        ("fsync", setting("fsync")? == "off"),
        ("full_page_writes", setting("full_page_writes")? == "off"),
    ]
    .into_iter()
    .filter(|(_, is_off)| *is_off)
    .map(|(name, _)| format!("{name} is off, so it may lose what it acknowledged"))
    .chain(match setting("encoding")?.as_str() {
        "UTF8" => None,
        other => Some(format!("its encoding is {other}, and must be UTF8")),
    })
    .collect();
    match wrong.is_empty() {
        true => Ok(()),
        false => Err(sqlx::Error::Configuration(wrong.join("; ").into())),
    }
}

/// Whether there is nothing to migrate. Asked first, so that a server that
/// starts with everything in place needs neither a lock nor the right to make
/// tables.
async fn is_up_to_date(pool: &PgPool, migrator: &Migrator) -> bool {
    let done: Vec<i64> =
        sqlx::query_scalar("SELECT version FROM _sqlx_migrations WHERE success ORDER BY version")
            .fetch_all(pool)
            .await
            .unwrap_or_default();
    migrator.iter().map(|it| it.version).eq(done)
}

/// Migrates while no other process does. The lock is that of a transaction:
/// one of the session, which sqlx would take, stays for ever behind a pooler
/// that gives each transaction another session.
async fn migrate(pool: &PgPool, migrator: &Migrator) -> Result<(), String> {
    let reason = |error: sqlx::Error| error.to_string();
    let mut lock = pool.begin().await.map_err(reason)?;
    sqlx::query("SELECT pg_advisory_xact_lock(hashtext('latchlet ' || current_schema()))")
        .execute(&mut *lock)
        .await
        .map_err(reason)?;
    migrator
        .run(pool)
        .await
        .map_err(|error| error.to_string())?;
    lock.commit().await.map_err(reason)
}

/// An address to show: without the password in it. Too much is left out rather
/// than too little, since what is shown may not even be an address.
pub fn without_password(url: &str) -> String {
    let mut shown = url.to_owned();
    let begin = url.find("://").map_or(0, |at| at + 3);
    let colon = url[begin..].find(':').map(|at| begin + at + 1);
    if let (Some(from), Some(to)) = (colon, url.rfind('@'))
        && from < to
    {
        shown.replace_range(from..to, "***");
    }
    if let Some(from) = shown.find("password=").map(|at| at + "password=".len()) {
        let to = shown[from..].find('&').map_or(shown.len(), |at| from + at);
        shown.replace_range(from..to, "***");
    }
    shown
}

#[cfg(test)]
mod tests {
    use sqlx::postgres::PgSslMode;

    use super::{options, without_password};

    #[test]
    fn a_password_is_never_shown() {
        for (url, shown) in [
            ("postgres://ada@db/x", "postgres://ada@db/x"),
            (
                "postgres://ada:s3cret@db:5432/x",
                "postgres://ada:***@db:5432/x",
            ),
            ("postgres://ada:s3c@re:t@db/x", "postgres://ada:***@db/x"),
            ("postgres://ada:s3/cret@db/x", "postgres://ada:***@db/x"),
            (
                "postgres://db/x?user=ada&password=s3cret&sslmode=require",
                "postgres://db/x?user=ada&password=***&sslmode=require",
            ),
            (
                "postgres://db:5432/x?password=s3cret",
                "postgres://db:5432/x?password=***",
            ),
            ("sqlite:here.db", "sqlite:here.db"),
            ("mysql://ada:s3cret@db/x", "mysql://ada:***@db/x"),
        ] {
            assert_eq!(without_password(url), shown);
        }
    }

    #[test]
    fn over_the_network_the_server_has_to_prove_who_it_is() {
        let mode = |url: &str| options(url).unwrap().get_ssl_mode();
        assert!(matches!(
            mode("postgres://db.example/x"),
            PgSslMode::VerifyFull
        ));
        assert!(matches!(
            mode("postgres://db.example/x?sslmode=require"),
            PgSslMode::Require
        ));
        assert!(matches!(mode("postgres://localhost/x"), PgSslMode::Prefer));
        assert!(matches!(
            mode("postgres:///x?host=/run/postgresql"),
            PgSslMode::Prefer
        ));
    }
}
