//! Users, as administrators see them.

use latchlet_core::Object;
use latchlet_store::{Addressee, Changed, Decided, MagicLink, OneTimeCode, StoreError, User};

use crate::fixture::{Fresh, digest, object, said, user};

/// Texts that a database may have its own ideas about.
const TEXTS: [&str; 9] = [
    "",
    "\0",
    "\u{1}0\0\u{1}",
    "'; DROP TABLE users; --",
    "$1 ?1 :a @b",
    "%_\\",
    "日本 \u{202e}\u{feff}\u{10ffff}",
    "ſ ß İ e\u{301}",
    " \r\n\t ",
];

async fn change(fresh: &Fresh, change: impl FnOnce(&mut User)) -> Result<(), StoreError> {
    let decide = |mut user: User| -> Result<Decided, ()> {
        change(&mut user);
        Ok(Decided {
            user,
            consents: Vec::new(),
            reply: String::new(),
            ends_sessions: false,
            password_history: 0,
        })
    };
    let changed = fresh.store.change_user("1", None, 5, decide).await?;
    assert_eq!(changed, Changed::Made(String::new()));
    Ok(())
}

#[tokio::test]
async fn everything_that_may_change_is_stored() {
    let fresh = Fresh::with_user().await;
    let mut wanted = user("1", "ada@x.org");
    wanted.email = Some("new@x.org".to_owned());
    wanted.email_verified = true;
    wanted.phone_number = Some("+491".to_owned());
    wanted.phone_verified = true;
    wanted.username = Some("ada".to_owned());
    wanted.password_hash = None;
    wanted.last_password_reset = Some(4);
    wanted.blocked = true;
    wanted.attributes = object(&[("name", "Ada")]);
    wanted.user_metadata = Object::new();
    wanted.app_metadata = object(&[("plan", "gold")]);
    wanted.updated_at = 5;
    let new = wanted.clone();
    change(&fresh, |user| *user = new).await.unwrap();
    let fresh = fresh.restart().await;
    let stored = fresh.store.user("1").await.unwrap().unwrap();
    assert!(stored == wanted);
    change(&fresh, |user| user.email = None).await.unwrap();
    let stored = fresh.store.user("1").await.unwrap().unwrap();
    assert_eq!(stored.email, None);
}

#[tokio::test]
async fn a_change_cannot_take_what_is_anothers() {
    let fresh = Fresh::with_user().await;
    let mut bob = user("2", "bob@x.org");
    bob.username = Some("bob".to_owned());
    bob.phone_number = Some("+492".to_owned());
    fresh.store.add_user(&bob, &[]).await.unwrap();
    let email = change(&fresh, |user| user.email.clone_from(&bob.email)).await;
    assert!(matches!(email, Err(StoreError::EmailTaken)));
    let name = change(&fresh, |user| user.username.clone_from(&bob.username)).await;
    assert!(matches!(name, Err(StoreError::UsernameTaken)));
    let phone = change(&fresh, |user| {
        user.phone_number.clone_from(&bob.phone_number)
    })
    .await;
    assert!(matches!(phone, Err(StoreError::PhoneNumberTaken)));
    let stored = fresh.store.user("1").await.unwrap().unwrap();
    assert!(stored == user("1", "ada@x.org"));
}

#[tokio::test]
async fn every_text_is_stored_as_it_is() {
    let fresh = Fresh::new().await;
    for (index, text) in TEXTS.into_iter().enumerate() {
        let mut odd = user(&index.to_string(), text);
        odd.username = Some(text.to_owned());
        odd.user_metadata = object(&[(text, text)]);
        fresh.store.add_user(&odd, &[]).await.unwrap();
        let stored = fresh.store.user(&odd.id).await.unwrap().unwrap();
        assert!(stored == odd, "{text:?}");
        let found = fresh.store.user_by_login("users", text).await.unwrap();
        assert!(found.unwrap() == odd, "{text:?}");
        let found = fresh.store.users_by_email(text).await.unwrap();
        assert!(found == [odd], "{text:?}");
    }
    assert_eq!(fresh.store.user_count().await.unwrap(), TEXTS.len() as i64);
}

#[tokio::test]
async fn users_are_found_by_address_over_all_connections() {
    let fresh = Fresh::with_user().await;
    let mut elsewhere = user("0", "ada@x.org");
    elsewhere.connection = "email".to_owned();
    elsewhere.created_at = 2;
    fresh.store.add_user(&elsewhere, &[]).await.unwrap();
    fresh
        .store
        .add_user(&user("3", "bob@x.org"), &[])
        .await
        .unwrap();
    let found = fresh.store.users_by_email("ada@x.org").await.unwrap();
    let ids: Vec<_> = found.iter().map(|user| user.id.as_str()).collect();
    assert_eq!(ids, ["1", "0"]);
    assert!(
        fresh
            .store
            .users_by_email("x@x.org")
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn users_come_in_pages() {
    let fresh = Fresh::new().await;
    for index in 0..5 {
        let mut user = user(&index.to_string(), &format!("{index}@x.org"));
        user.created_at = 10 - index;
        fresh.store.add_user(&user, &[]).await.unwrap();
    }
    let page = async |page| {
        let users = fresh.store.users(page, 2).await.unwrap();
        users.into_iter().map(|user| user.id).collect::<Vec<_>>()
    };
    assert_eq!(page(0).await, ["4", "3"]);
    assert_eq!(page(2).await, ["0"]);
    assert!(page(3).await.is_empty() && page(u32::MAX).await.is_empty());
    assert_eq!(fresh.store.user_count().await.unwrap(), 5);
}

#[tokio::test]
async fn with_a_user_goes_everything_but_their_consents() {
    let fresh = Fresh::with_consents().await;
    let store = &fresh.store;
    let to = |recipient: &str| Addressee {
        connection: "users".to_owned(),
        recipient: recipient.to_owned(),
        client_id: "app".to_owned(),
    };
    for recipient in ["ada@x.org", "bob@x.org"] {
        let code = OneTimeCode {
            addressee: to(recipient),
            code_hash: "hash".to_owned(),
            expires_at: 100,
        };
        store.add_one_time_code(&code).await.unwrap();
    }
    let link = MagicLink {
        ticket: digest(1),
        addressee: to("ada@x.org"),
        parameters: Object::new(),
        expires_at: 100,
    };
    store.add_magic_link(&link).await.unwrap();
    store.add_reset_ticket("1", &digest(2), 100).await.unwrap();

    assert!(store.delete_user("1").await.unwrap());
    assert!(!store.delete_user("1").await.unwrap());
    assert!(store.user("1").await.unwrap().is_none());
    assert!(store.magic_link(&digest(1), 1).await.unwrap().is_none());
    let tried = async |to: Addressee| store.try_one_time_code(&to, 3, 1).await.unwrap();
    assert_eq!(tried(to("ada@x.org")).await, None);
    assert!(tried(to("bob@x.org")).await.is_some());
    let whose = store.user_by_reset_ticket(&digest(2), 1).await.unwrap();
    assert!(whose.is_none());
    let subject = said("", 0).subject;
    assert_eq!(store.consents(&subject).await.unwrap().len(), 3);
    assert_eq!(store.broken_consent().await.unwrap(), None);
    // The address is free again.
    let again = user("9", "ada@x.org");
    store.add_user(&again, &[]).await.unwrap();
}
