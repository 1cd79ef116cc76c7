//! Changes of profiles, and submissions that are sent again.

use crate::fixture::{Fresh, digest, object, user};
use latchlet_store::{Changed, Decided, Store, Submission, User};

fn submission(key: &str, fingerprint: u8) -> Submission {
    Submission {
        key: key.to_owned(),
        fingerprint: digest(fingerprint),
        expires_at: 100,
    }
}

/// Adds one entry to the metadata.
async fn put(store: &Store, key: &str, once: Option<&Submission>, now: i64) -> Changed<()> {
    let decide = |mut user: User| {
        user.user_metadata.insert(key, "value");
        user.updated_at = now;
        let reply = user.user_metadata.len().to_string();
        Ok(Decided {
            user,
            consents: Vec::new(),
            reply,
            ends_sessions: false,
            password_history: 0,
        })
    };
    store.change_user("1", once, now, decide).await.unwrap()
}

#[tokio::test]
async fn what_is_decided_is_stored() {
    let fresh = Fresh::with_user().await;
    let made = put(&fresh.store, "size", None, 7).await;
    assert_eq!(made, Changed::Made("2".to_owned()));
    let fresh = fresh.restart().await;
    let ada = fresh.store.user("1").await.unwrap().unwrap();
    assert_eq!(ada.user_metadata.text("size"), Some("value"));
    assert_eq!(ada.updated_at, 7);
    let before = user("1", "ada@x.org");
    assert_eq!(
        ada.user_metadata.text("company"),
        before.user_metadata.text("company")
    );
}

#[tokio::test]
async fn what_is_refused_changes_nothing() {
    let fresh = Fresh::with_user().await;
    let once = submission("a", 1);
    let refuse = |user: User| -> Result<Decided, String> { Err(user.id) };
    let refused = fresh.store.change_user("1", Some(&once), 7, refuse).await;
    assert_eq!(refused.unwrap(), Changed::Refused("1".to_owned()));
    assert!(fresh.store.user("1").await.unwrap().unwrap() == user("1", "ada@x.org"));
    let nobody = fresh.store.change_user("2", None, 7, refuse).await;
    assert_eq!(nobody.unwrap(), Changed::NoUser);
    // The key was not used up.
    let made = put(&fresh.store, "size", Some(&submission("a", 2)), 8).await;
    assert_eq!(made, Changed::Made("2".to_owned()));
}

#[tokio::test]
async fn a_submission_is_made_once() {
    let fresh = Fresh::with_user().await;
    let once = submission("a", 1);
    let put_it =
        async |store: &Store, once: Submission, now| put(store, "size", Some(&once), now).await;
    assert_eq!(
        put_it(&fresh.store, once.clone(), 7).await,
        Changed::Made("2".to_owned())
    );
    let fresh = fresh.restart().await;
    let store = &fresh.store;
    put(store, "more", None, 8).await;
    assert_eq!(
        put_it(store, once.clone(), 9).await,
        Changed::Replayed("2".to_owned())
    );
    assert_eq!(
        put_it(store, submission("a", 2), 9).await,
        Changed::KeyReused
    );
    assert_eq!(
        put_it(store, submission("b", 1), 9).await,
        Changed::Made("3".to_owned())
    );
    store.forget_expired(99).await.unwrap();
    assert_eq!(
        put_it(store, once.clone(), 99).await,
        Changed::Replayed("2".to_owned())
    );
    // Its time is over, whether somebody has cleaned up or not.
    assert_eq!(
        put_it(store, submission("a", 2), 100).await,
        Changed::Made("3".to_owned())
    );
    store.forget_expired(100).await.unwrap();
    assert_eq!(
        put_it(store, once.clone(), 50).await,
        Changed::Made("3".to_owned())
    );
}

#[tokio::test]
async fn the_key_of_one_is_not_that_of_another() {
    let fresh = Fresh::with_user().await;
    let bob = user("2", "bob@x.org");
    fresh.store.add_user(&bob, &[]).await.unwrap();
    let once = submission("a", 1);
    put(&fresh.store, "size", Some(&once), 7).await;
    let decide = |user: User| -> Result<Decided, ()> {
        Ok(Decided {
            reply: user.id.clone(),
            consents: Vec::new(),
            user,
            ends_sessions: false,
            password_history: 0,
        })
    };
    let made = fresh.store.change_user("2", Some(&once), 7, decide).await;
    assert_eq!(made.unwrap(), Changed::Made("2".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_at_the_same_time_lose_nothing() {
    let fresh = Fresh::with_user().await;
    let changes: Vec<_> = (0..50)
        .map(|index| {
            let store = fresh.store.clone();
            tokio::spawn(async move { put(&store, &format!("key{index}"), None, 7).await })
        })
        .collect();
    for change in changes {
        assert!(matches!(change.await.unwrap(), Changed::Made(_)));
    }
    let ada = fresh.store.user("1").await.unwrap().unwrap();
    assert_eq!(
        ada.user_metadata.len(),
        object(&[("company", "")]).len() + 50
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn of_50_at_the_same_time_with_one_key_one_is_made() {
    let fresh = Fresh::with_user().await;
    let changes: Vec<_> = (0..50)
        .map(|index| {
            let store = fresh.store.clone();
            let key = format!("key{index}");
            tokio::spawn(async move { put(&store, &key, Some(&submission("a", 1)), 7).await })
        })
        .collect();
    let mut made = 0;
    for change in changes {
        match change.await.unwrap() {
            Changed::Made(reply) => {
                made += 1;
                assert_eq!(reply, "2");
            }
            changed => assert_eq!(changed, Changed::Replayed("2".to_owned())),
        }
    }
    assert_eq!(made, 1);
    let ada = fresh.store.user("1").await.unwrap().unwrap();
    assert_eq!(ada.user_metadata.len(), 2);
}
