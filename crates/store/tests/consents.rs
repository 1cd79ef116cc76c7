//! The chain of consents, and the archive of their words.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod fixture;

use std::fs;

use fixture::{Fresh, url, user};
use latchlet_store::{Changed, ConsentEvent, Decided, Store, User};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};

const SUBJECT: &str = "auth0|1";

fn said(decision: &str, at: i64) -> ConsentEvent {
    ConsentEvent {
        subject: SUBJECT.to_owned(),
        document: "news".to_owned(),
        version: "2026-11".to_owned(),
        text: "Send me news\n日本 <b>".to_owned(),
        locale: "en".to_owned(),
        decision: decision.to_owned(),
        method: "profile".to_owned(),
        at,
        form_version: "a".to_owned(),
        origin: "https://app.example".to_owned(),
        request_id: "the-only-request".to_owned(),
    }
}

async fn with_three() -> Fresh {
    let fresh = Fresh::with_user().await;
    let first = [said("granted", 1), said("withdrawn", 2)];
    fresh.store.add_consents(&first).await.unwrap();
    fresh
        .store
        .add_consents(&[said("granted", 3)])
        .await
        .unwrap();
    fresh
}

/// The database, as somebody sees it who has the file.
async fn open(fresh: &Fresh) -> SqlitePool {
    let options: SqliteConnectOptions = url(&fresh.folder).parse().unwrap();
    SqlitePool::connect_with(options).await.unwrap()
}

#[tokio::test]
async fn each_record_has_the_hash_of_the_one_before() {
    let fresh = with_three().await.restart().await;
    let records = fresh.store.consents(SUBJECT).await.unwrap();
    let events: Vec<_> = records.iter().map(|it| it.event.clone()).collect();
    let all = [said("granted", 1), said("withdrawn", 2), said("granted", 3)];
    assert_eq!(events, all);
    let ids: Vec<_> = records.iter().map(|it| it.id).collect();
    assert_eq!(ids, [1, 2, 3]);
    assert_eq!(records[0].prev_hash, "");
    assert_eq!(records[1].prev_hash, records[0].hash);
    assert_eq!(records[2].prev_hash, records[1].hash);
    assert_eq!(records[0].hash.len(), 43);
    assert_eq!(fresh.store.broken_consent().await.unwrap(), None);
    assert!(fresh.store.consents("auth0|2").await.unwrap().is_empty());
    let text = fresh.store.consent_text(&records[0].text_sha256).await;
    assert_eq!(text.unwrap(), Some(said("", 0).text));
    assert_eq!(fresh.store.consent_text("x").await.unwrap(), None);
}

#[tokio::test]
async fn they_are_stored_with_what_was_decided_or_not_at_all() {
    let fresh = Fresh::new().await;
    let ada = user("1", "ada@x.org");
    fresh
        .store
        .add_user(&ada, &[said("granted", 1)])
        .await
        .unwrap();
    let taken = user("2", "ada@x.org");
    assert!(
        fresh
            .store
            .add_user(&taken, &[said("granted", 2)])
            .await
            .is_err()
    );
    let decide = |user: User| -> Result<Decided, ()> {
        Ok(Decided {
            user,
            consents: vec![said("withdrawn", 3)],
            reply: String::new(),
        })
    };
    let changed = fresh.store.change_user("1", None, 3, decide).await.unwrap();
    assert_eq!(changed, Changed::Made(String::new()));
    let records = fresh.store.consents(SUBJECT).await.unwrap();
    let times: Vec<_> = records.iter().map(|it| it.event.at).collect();
    assert_eq!(times, [1, 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn records_at_the_same_time_make_one_chain() {
    let fresh = Fresh::new().await;
    let writers: Vec<_> = (0..30)
        .map(|at| {
            let store = fresh.store.clone();
            tokio::spawn(async move { store.add_consents(&[said("granted", at)]).await })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap().unwrap();
    }
    assert_eq!(fresh.store.consents(SUBJECT).await.unwrap().len(), 30);
    assert_eq!(fresh.store.broken_consent().await.unwrap(), None);
}

#[tokio::test]
async fn what_is_recorded_can_neither_be_changed_nor_deleted() {
    let fresh = with_three().await;
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
        let fresh = with_three().await;
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
        let store = Store::open(&url(&fresh.folder)).await.unwrap();
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
        let fresh = with_three().await;
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
