//! What SQLite alone must do, and what is done behind the store's back.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod fixture;

use std::fs;
use std::path::Path;

use fixture::{Fresh, digest};
use latchlet_store::testing::Database;
use latchlet_store::{CodeUse, RefreshUse, Store};
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};

/// The database, as somebody sees it who has the file.
async fn open(fresh: &Fresh) -> SqlitePool {
    let options: SqliteConnectOptions = fresh.database.url().parse().unwrap();
    SqlitePool::connect_with(options).await.unwrap()
}

#[tokio::test]
async fn what_is_recorded_can_neither_be_changed_nor_deleted() {
    let fresh = Fresh::sqlite().await.consenting().await;
    let pool = open(&fresh).await;
    let replace = "INSERT OR REPLACE INTO consent_events SELECT id, subject, document, version,
         text_sha256, locale, 'denied', method, at, form_version, origin, request_id, prev_hash,
         hash FROM consent_events WHERE id = 1";
    for statement in [
        "UPDATE consent_events SET decision = 'denied' WHERE id = 1",
        "DELETE FROM consent_events WHERE id = 3",
        replace,
        "UPDATE consent_texts SET text = 'x'",
        "DELETE FROM consent_texts",
    ] {
        let refused = sqlx::query(statement).execute(&pool).await.unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
    let again = "INSERT OR REPLACE INTO consent_texts SELECT sha256, 'x' FROM consent_texts";
    sqlx::query(again).execute(&pool).await.unwrap();
    pool.close().await;
    assert_eq!(fresh.store.broken_consent().await.unwrap(), None);
}

#[tokio::test]
async fn one_byte_that_is_another_is_found() {
    for (of, broken) in [("the-only-request", 1), ("Send me news", 1)] {
        let fresh = Fresh::sqlite().await.consenting().await;
        fresh.store.close().await;
        let file = fresh.folder.path().join("test.db");
        let mut bytes = fs::read(&file).unwrap();
        let found: Vec<_> = bytes
            .windows(of.len())
            .enumerate()
            .filter(|(_, window)| *window == of.as_bytes())
            .map(|(place, _)| place)
            .collect();
        assert!(!found.is_empty(), "{of}");
        for place in found {
            bytes[place] ^= 1;
        }
        fs::write(&file, bytes).unwrap();
        let store = Store::open(fresh.database.url()).await.unwrap();
        assert_eq!(store.broken_consent().await.unwrap(), Some(broken), "{of}");
    }
}

#[tokio::test]
async fn a_record_that_is_missing_or_made_up_is_found() {
    for (statement, broken) in [
        ("DELETE FROM consent_events WHERE id = 2", Some(2)),
        ("DELETE FROM consent_events WHERE id = 1", Some(1)),
        ("UPDATE consent_events SET id = 9 WHERE id = 3", Some(3)),
        ("UPDATE consent_events SET at = 7 WHERE id = 3", Some(3)),
        (
            "UPDATE consent_events SET prev_hash = '' WHERE id = 2",
            Some(2),
        ),
        ("DELETE FROM consent_texts", Some(1)),
        ("UPDATE consent_events SET subject = subject", None),
    ] {
        let fresh = Fresh::sqlite().await.consenting().await;
        let pool = open(&fresh).await;
        for trigger in [
            "consent_events_stay_as_they_are",
            "consent_events_stay",
            "consent_texts_stay",
        ] {
            let drop = format!("DROP TRIGGER {trigger}");
            sqlx::query(sqlx::AssertSqlSafe(drop))
                .execute(&pool)
                .await
                .unwrap();
        }
        let off = "PRAGMA foreign_keys = OFF";
        let mut connection = pool.acquire().await.unwrap();
        sqlx::query(off).execute(&mut *connection).await.unwrap();
        sqlx::query(statement)
            .execute(&mut *connection)
            .await
            .unwrap();
        drop(connection);
        pool.close().await;
        assert_eq!(
            fresh.store.broken_consent().await.unwrap(),
            broken,
            "{statement}"
        );
    }
}

/// What the first release of the tables held is there afterwards, the sessions
/// that refer to a user too.
#[tokio::test]
async fn an_older_database_is_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::sqlite(folder.path());
    let migrations = folder.path().join("migrations");
    fs::create_dir(&migrations).unwrap();
    let first = "0001_users_and_sessions.sql";
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    fs::copy(here.join(first), migrations.join(first)).unwrap();
    let options: SqliteConnectOptions = database.url().parse().unwrap();
    let options = options.create_if_missing(true).foreign_keys(true);
    let pool = SqlitePool::connect_with(options).await.unwrap();
    Migrator::new(migrations)
        .await
        .unwrap()
        .run(&pool)
        .await
        .unwrap();
    for statement in [
        "INSERT INTO users VALUES ('1', 'users', 'ada@x.org', 1, 'ada', 'hash', '{}', '{\"a\":1}', '{}', 1, 2, 3, 4)",
        "INSERT INTO sessions VALUES ('session', '1', 'app', 'openid', NULL, 10, 1000, 0)",
        "INSERT INTO authorization_codes VALUES (zeroblob(32), 'session', 'https://a.b/', 'c', NULL, 100, 0)",
        "INSERT INTO refresh_tokens VALUES (zeroblob(32), 'session', 900, 0)",
    ] {
        sqlx::query(statement).execute(&pool).await.unwrap();
    }
    pool.close().await;

    let store = Store::open(database.url()).await.unwrap();
    let ada = store.user_by_login("users", "ada").await.unwrap().unwrap();
    assert_eq!((ada.provider.as_str(), ada.logins_count), ("auth0", 4));
    assert_eq!(ada.password_hash.as_deref(), Some("hash"));
    assert!(store.live_session("session", 50).await.unwrap().is_some());
    let refreshed = store
        .rotate_refresh_token("app", &digest(0), &digest(1), 900, 50)
        .await;
    assert!(matches!(refreshed.unwrap(), RefreshUse::Good(_)));
    assert!(matches!(
        store.use_code(&digest(0), 50).await.unwrap(),
        CodeUse::Good(_)
    ));
}
