//! Links by which people show that an address is theirs.

use latchlet_store::EmailVerification;

use crate::fixture::{Fresh, digest};

fn verification(ticket: u8, email: &str) -> EmailVerification {
    EmailVerification {
        ticket: digest(ticket),
        user_id: "1".to_owned(),
        email: email.to_owned(),
        result_url: Some("https://app.example/?a=b".to_owned()),
        expires_at: 100,
    }
}

/// Somebody, and links for their address and another one.
async fn started() -> Fresh {
    let fresh = Fresh::with_user().await;
    for it in [
        verification(1, "ada@x.org"),
        verification(2, "ada@x.org"),
        verification(3, "former@x.org"),
    ] {
        fresh.store.add_email_verification(&it).await.unwrap();
    }
    fresh
}

async fn is_verified(fresh: &Fresh) -> bool {
    let user = fresh.store.user("1").await.unwrap().unwrap();
    user.email_verified
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_good_once_and_ends_the_others() {
    let fresh = started().await;
    let shown = fresh
        .store
        .email_verification(&digest(1), 50)
        .await
        .unwrap();
    assert_eq!(shown, Some(verification(1, "ada@x.org")));
    assert!(!is_verified(&fresh).await);
    let takers: Vec<_> = (0..10)
        .map(|_| {
            let store = fresh.store.clone();
            tokio::spawn(async move { store.verify_email(&digest(1), 50).await.unwrap() })
        })
        .collect();
    let mut taken = Vec::new();
    for taker in takers {
        taken.extend(taker.await.unwrap());
    }
    assert_eq!(taken, [verification(1, "ada@x.org")]);
    let user = fresh.store.user("1").await.unwrap().unwrap();
    assert_eq!((user.email_verified, user.updated_at), (true, 50));
    for ticket in [1, 2] {
        let left = fresh.store.email_verification(&digest(ticket), 50).await;
        assert_eq!(left.unwrap(), None, "{ticket}");
    }
}

#[tokio::test]
async fn a_link_that_is_too_old_or_for_another_address_is_worth_nothing() {
    let fresh = started().await;
    let store = &fresh.store;
    for (ticket, now) in [(1, 100), (3, 50), (9, 50)] {
        let shown = store.email_verification(&digest(ticket), now).await;
        assert_eq!(shown.unwrap(), None, "{ticket}");
        let taken = store.verify_email(&digest(ticket), now).await;
        assert_eq!(taken.unwrap(), None, "{ticket}");
    }
    assert!(!is_verified(&fresh).await);
    store.forget_expired(100).await.unwrap();
    let forgotten = store.email_verification(&digest(2), 50).await.unwrap();
    assert_eq!(forgotten, None);
}
