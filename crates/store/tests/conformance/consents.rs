//! The chain of consents, and the archive of their words.

use crate::fixture::{Fresh, SUBJECT, said, user};
use latchlet_store::{Changed, Decided, User};

#[tokio::test]
async fn each_record_has_the_hash_of_the_one_before() {
    let fresh = Fresh::with_consents().await.restart().await;
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
            ends_sessions: false,
            password_history: 0,
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
