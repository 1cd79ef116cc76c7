//! Codes, links, forgotten passwords and the sessions of browsers.

use crate::fixture::{Fresh, digest, object, user};
use latchlet_store::{
    Addressee, AuthorizationCode, BrowserSession, CodeUse, LoginTicket, MagicLink, OneTimeCode,
    RefreshUse, Session, User,
};

fn to(recipient: &str) -> Addressee {
    Addressee {
        connection: "email".to_owned(),
        recipient: recipient.to_owned(),
        client_id: "app".to_owned(),
    }
}

fn code(hash: &str) -> OneTimeCode {
    OneTimeCode {
        addressee: to("ada@x.org"),
        code_hash: hash.to_owned(),
        expires_at: 100,
    }
}

fn link(ticket: u8) -> MagicLink {
    MagicLink {
        ticket: digest(ticket),
        addressee: to("ada@x.org"),
        parameters: object(&[("state", "a & b <c>")]),
        expires_at: 100,
    }
}

fn browser(id: u8) -> BrowserSession {
    BrowserSession {
        id: digest(id),
        user_id: "1".to_owned(),
        signed_in_at: 10,
        idle_end: 100,
        expires_at: 1_000,
    }
}

#[tokio::test]
async fn a_code_is_good_for_one_person_a_few_times_and_once() {
    let fresh = Fresh::new().await;
    let store = &fresh.store;
    store.add_one_time_code(&code("hash")).await.unwrap();
    let ada = to("ada@x.org");
    let attempt = async |to: &Addressee, now| store.try_one_time_code(to, 2, now).await.unwrap();
    for other in [
        to("bob@x.org"),
        Addressee {
            client_id: "other".to_owned(),
            ..ada.clone()
        },
        Addressee {
            connection: "sms".to_owned(),
            ..ada.clone()
        },
    ] {
        assert_eq!(attempt(&other, 50).await, None, "{other:?}");
    }
    assert_eq!(attempt(&ada, 100).await, None, "too old");
    assert_eq!(attempt(&ada, 50).await.as_deref(), Some("hash"));
    assert_eq!(attempt(&ada, 50).await.as_deref(), Some("hash"));
    assert_eq!(attempt(&ada, 50).await, None, "too often");
    // The next one counts anew, and is the only one.
    store.add_one_time_code(&code("next")).await.unwrap();
    assert_eq!(attempt(&ada, 50).await.as_deref(), Some("next"));
    assert!(!store.use_one_time_code(&ada, "hash").await.unwrap());
    assert!(store.use_one_time_code(&ada, "next").await.unwrap());
    assert!(!store.use_one_time_code(&ada, "next").await.unwrap());
    assert_eq!(attempt(&ada, 50).await, None);
}

#[tokio::test]
async fn a_link_is_taken_once_and_the_newest_counts() {
    let fresh = Fresh::new().await;
    let store = &fresh.store;
    for ticket in [1, 2] {
        store.add_magic_link(&link(ticket)).await.unwrap();
    }
    assert_eq!(store.magic_link(&digest(1), 50).await.unwrap(), None);
    assert_eq!(
        store.magic_link(&digest(2), 50).await.unwrap(),
        Some(link(2))
    );
    assert_eq!(store.magic_link(&digest(2), 100).await.unwrap(), None);
    assert_eq!(
        store.take_magic_link(&digest(2), 50).await.unwrap(),
        Some(link(2))
    );
    assert_eq!(store.take_magic_link(&digest(2), 50).await.unwrap(), None);
    store.add_magic_link(&link(3)).await.unwrap();
    assert_eq!(store.take_magic_link(&digest(3), 100).await.unwrap(), None);
}

#[tokio::test]
async fn a_session_of_a_browser_ends_when_it_is_idle_and_in_any_case() {
    let fresh = Fresh::with_user().await;
    let store = &fresh.store;
    store
        .begin_browser_session(&browser(1), None)
        .await
        .unwrap();
    let used = async |id, idle_end, now| {
        store
            .use_browser_session(&digest(id), idle_end, now)
            .await
            .unwrap()
    };
    assert_eq!(used(1, 150, 100).await, None, "idle too long");
    let kept = used(1, 150, 99).await.unwrap();
    assert_eq!((kept.idle_end, kept.signed_in_at), (150, 10));
    assert_eq!(used(1, 5_000, 149).await.unwrap().idle_end, 1_000);
    assert_eq!(used(1, 5_000, 1_000).await, None, "too old");
    store
        .begin_browser_session(&browser(2), Some(&digest(1)))
        .await
        .unwrap();
    assert_eq!(used(1, 150, 50).await, None, "another took its place");
    assert!(used(2, 150, 50).await.is_some());
    store.end_browser_session(&digest(2)).await.unwrap();
    assert_eq!(used(2, 150, 50).await, None);
}

#[tokio::test]
async fn a_new_password_ends_everything_that_the_old_one_opened() {
    let fresh = Fresh::with_user().await;
    let store = &fresh.store;
    let mut session = session();
    store
        .begin_session(&session, Some(&authorization_code()), true)
        .await
        .unwrap();
    store
        .add_refresh_token(&session.id, &digest(2), 900)
        .await
        .unwrap();
    store
        .begin_browser_session(&browser(3), None)
        .await
        .unwrap();
    store.add_login_ticket(&login_ticket()).await.unwrap();
    store.add_user(&user("2", "bob@x.org"), &[]).await.unwrap();
    session.id = "of bob".to_owned();
    session.user_id = "2".to_owned();
    let bobs = AuthorizationCode {
        code: digest(9),
        ..authorization_code()
    };
    store
        .begin_session(&session, Some(&bobs), true)
        .await
        .unwrap();

    store.add_reset_ticket("1", &digest(5), 100).await.unwrap();
    store.add_reset_ticket("1", &digest(6), 100).await.unwrap();
    let whose = async |ticket, now| {
        store
            .user_by_reset_ticket(&digest(ticket), now)
            .await
            .unwrap()
    };
    assert!(whose(5, 50).await.is_none(), "a newer one was asked for");
    assert!(whose(6, 100).await.is_none(), "too old");
    assert_eq!(whose(6, 50).await.unwrap().id, "1");
    let reset = async |ticket, hash, now| {
        store
            .reset_password(&digest(ticket), hash, 1, now)
            .await
            .unwrap()
    };
    assert_eq!(reset(5, "new", 50).await, None);
    assert_eq!(reset(6, "new", 50).await.as_deref(), Some("1"));
    assert_eq!(reset(6, "newer", 50).await, None, "good once");

    let ada = store.user("1").await.unwrap().unwrap();
    assert_eq!(ada.password_hash.as_deref(), Some("new"));
    assert_eq!(
        (ada.email_verified, ada.last_password_reset),
        (true, Some(50))
    );
    assert_eq!(store.live_session("session", 50).await.unwrap(), None);
    assert_eq!(
        store.use_code(&digest(1), 50).await.unwrap(),
        CodeUse::Unknown
    );
    let refreshed = store
        .rotate_refresh_token("app", &digest(2), &digest(7), 900, 50)
        .await;
    assert_eq!(refreshed.unwrap(), RefreshUse::Unknown);
    assert_eq!(
        store
            .use_browser_session(&digest(3), 150, 50)
            .await
            .unwrap(),
        None
    );
    assert_eq!(store.take_login_ticket(&digest(4), 50).await.unwrap(), None);
    assert!(store.live_session("of bob", 50).await.unwrap().is_some());
}

#[tokio::test]
async fn former_passwords_are_kept_the_newest_first_and_not_for_ever() {
    let fresh = Fresh::with_user().await;
    let store = &fresh.store;
    for (index, hash) in ["a", "b", "c", "d"].into_iter().enumerate() {
        store.add_reset_ticket("1", &digest(1), 100).await.unwrap();
        store
            .reset_password(&digest(1), hash, 2, index as i64)
            .await
            .unwrap();
    }
    assert_eq!(store.password_history("1", 5).await.unwrap(), ["c", "b"]);
    assert_eq!(store.password_history("1", 1).await.unwrap(), ["c"]);
}

#[tokio::test]
async fn a_ticket_that_is_too_old_changes_nothing() {
    let fresh = Fresh::with_user().await;
    fresh
        .store
        .add_reset_ticket("1", &digest(1), 100)
        .await
        .unwrap();
    let reset = fresh.store.reset_password(&digest(1), "new", 1, 100).await;
    assert_eq!(reset.unwrap(), None);
    assert!(fresh.store.user("1").await.unwrap().unwrap() == user("1", "ada@x.org"));
}

#[tokio::test]
async fn what_is_over_is_forgotten() {
    let fresh = Fresh::with_user().await;
    let store = &fresh.store;
    store.add_one_time_code(&code("hash")).await.unwrap();
    store.add_magic_link(&link(1)).await.unwrap();
    store
        .begin_browser_session(&browser(2), None)
        .await
        .unwrap();
    store.add_reset_ticket("1", &digest(3), 100).await.unwrap();
    store.forget_expired(100).await.unwrap();
    // Asked at a time at which they would still have been good.
    assert_eq!(
        store
            .try_one_time_code(&to("ada@x.org"), 9, 1)
            .await
            .unwrap(),
        None
    );
    assert_eq!(store.magic_link(&digest(1), 1).await.unwrap(), None);
    assert_eq!(
        store.use_browser_session(&digest(2), 50, 1).await.unwrap(),
        None
    );
    assert!(
        store
            .user_by_reset_ticket(&digest(3), 1)
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn people_without_an_address_do_not_share_one() {
    let fresh = Fresh::new().await;
    let texted = |id: &str, number: &str| User {
        provider: "sms".to_owned(),
        connection: "sms".to_owned(),
        email: None,
        phone_number: Some(number.to_owned()),
        phone_verified: true,
        password_hash: None,
        ..user(id, "")
    };
    let (one, other) = (texted("1", "+491"), texted("2", "+492"));
    fresh.store.add_user(&one, &[]).await.unwrap();
    fresh.store.add_user(&other, &[]).await.unwrap();
    let found = fresh.store.user_by_login("sms", "+492").await.unwrap();
    assert!(found.unwrap() == other);
    let taken = fresh.store.add_user(&texted("3", "+491"), &[]).await;
    assert!(matches!(
        taken,
        Err(latchlet_store::StoreError::PhoneNumberTaken)
    ));
}

fn session() -> Session {
    Session {
        id: "session".to_owned(),
        user_id: "1".to_owned(),
        client_id: "app".to_owned(),
        scope: "openid offline_access".to_owned(),
        audience: None,
        signed_in_at: 10,
        expires_at: 1_000,
    }
}

fn authorization_code() -> AuthorizationCode {
    AuthorizationCode {
        code: digest(1),
        redirect_uri: "https://app.example/".to_owned(),
        code_challenge: "challenge".to_owned(),
        nonce: None,
        expires_at: 100,
    }
}

fn login_ticket() -> LoginTicket {
    LoginTicket {
        ticket: digest(4),
        proof: digest(255),
        client_id: "app".to_owned(),
        user_id: "1".to_owned(),
        created_at: 10,
        expires_at: 100,
    }
}
