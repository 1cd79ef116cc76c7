//! What PostgreSQL alone must do, and what is done behind the store's back.
//! `cargo xtask test` starts one and runs these too.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod fixture;

use fixture::Fresh;
use latchlet_store::Store;
use latchlet_store::testing::Database;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

async fn connect(fresh: &Fresh) -> PgConnection {
    PgConnection::connect(fresh.database.url()).await.unwrap()
}

async fn execute(connection: &mut PgConnection, statement: &str) -> Result<u64, sqlx::Error> {
    let done = sqlx::query(AssertSqlSafe(statement))
        .execute(connection)
        .await?;
    Ok(done.rows_affected())
}

#[tokio::test]
#[ignore = "needs PostgreSQL"]
async fn what_is_recorded_can_neither_be_changed_nor_deleted() {
    let fresh = Fresh::postgres().await.consenting().await;
    let mut connection = connect(&fresh).await;
    for statement in [
        "UPDATE consent_events SET decision = 'denied' WHERE id = 1",
        "DELETE FROM consent_events WHERE id = 3",
        "TRUNCATE consent_events",
        "INSERT INTO consent_events SELECT * FROM consent_events WHERE id = 1
             ON CONFLICT (id) DO UPDATE SET decision = 'denied'",
        "UPDATE consent_texts SET text = 'x'",
        "DELETE FROM consent_texts",
        "TRUNCATE consent_texts CASCADE",
        "INSERT INTO consent_texts SELECT sha256, 'x' FROM consent_texts
             ON CONFLICT (sha256) DO UPDATE SET text = 'x'",
    ] {
        let refused = execute(&mut connection, statement).await.unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
    assert_eq!(fresh.store.broken_consent().await.unwrap(), None);
}

#[tokio::test]
#[ignore = "needs PostgreSQL"]
async fn a_record_that_is_missing_or_made_up_is_found() {
    for (statement, broken) in [
        ("DELETE FROM consent_events WHERE id = 2", Some(2)),
        ("DELETE FROM consent_events WHERE id = 1", Some(1)),
        ("UPDATE consent_events SET id = 9 WHERE id = 3", Some(3)),
        ("UPDATE consent_events SET at = 7 WHERE id = 3", Some(3)),
        ("UPDATE consent_texts SET text = 'x'", Some(1)),
        ("UPDATE consent_events SET subject = subject", None),
    ] {
        let fresh = Fresh::postgres().await.consenting().await;
        let mut connection = connect(&fresh).await;
        for table in ["consent_events", "consent_texts"] {
            let off = format!("ALTER TABLE {table} DISABLE TRIGGER USER");
            execute(&mut connection, &off).await.unwrap();
        }
        execute(&mut connection, statement).await.unwrap();
        assert_eq!(
            fresh.store.broken_consent().await.unwrap(),
            broken,
            "{statement}"
        );
    }
}

#[tokio::test]
#[ignore = "needs PostgreSQL"]
async fn one_that_may_lose_what_it_acknowledged_is_refused() {
    let fresh = Fresh::postgres().await;
    let url = format!("{}&options[synchronous_commit]=off", fresh.database.url());
    let error = Store::open(&url).await.unwrap_err().to_string();
    assert!(error.contains("synchronous_commit is off"), "{error}");
}

/// Where the tables are up to date, the server needs no right to make any, and
/// can be kept from the record of consents altogether.
#[tokio::test]
#[ignore = "needs PostgreSQL"]
async fn it_runs_with_rights_to_rows_alone() {
    let fresh = Fresh::postgres().await.consenting().await;
    let mut connection = connect(&fresh).await;
    let schema: String = sqlx::query_scalar("SELECT current_schema()")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    for statement in [
        format!("CREATE ROLE {schema} LOGIN"),
        format!("GRANT USAGE ON SCHEMA {schema} TO {schema}"),
        format!(
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {schema}"
        ),
        format!("REVOKE UPDATE, DELETE ON consent_events, consent_texts FROM {schema}"),
    ] {
        execute(&mut connection, &statement).await.unwrap();
    }
    let url = fresh
        .database
        .url()
        .replacen("postgres@", &format!("{schema}@"), 1);
    let store = Store::open(&url).await.unwrap();
    store
        .add_user(
            &fixture::user("1", "ada@x.org"),
            &[fixture::said("denied", 9)],
        )
        .await
        .unwrap();
    assert!(store.delete_user("1").await.unwrap());
    assert_eq!(store.consents(fixture::SUBJECT).await.unwrap().len(), 4);
    store.close().await;
    execute(&mut connection, &format!("DROP OWNED BY {schema}"))
        .await
        .unwrap();
    execute(&mut connection, &format!("DROP ROLE {schema}"))
        .await
        .unwrap();
}

/// Several servers may start at once over one empty database.
#[ignore = "needs PostgreSQL"]
#[tokio::test(flavor = "multi_thread")]
async fn it_is_opened_by_several_at_once() {
    let database = Database::postgres().await;
    let opening: Vec<_> = (0..4)
        .map(|_| {
            let url = database.url().to_owned();
            tokio::spawn(async move { Store::open(&url).await })
        })
        .collect();
    for opening in opening {
        let store = opening.await.unwrap().unwrap();
        assert_eq!(store.user_count().await.unwrap(), 0);
        store.close().await;
    }
}
