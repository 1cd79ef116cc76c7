//! Users, sessions and keys.

use latchlet_store::{
    AuthorizationCode, CodeUse, LoginTicket, RefreshUse, Session, StoreError, User,
};

use crate::fixture::{Fresh, digest, user};

fn session(id: &str) -> Session {
    Session {
        id: id.to_owned(),
        user_id: "1".to_owned(),
        client_id: "app".to_owned(),
        scope: "openid offline_access".to_owned(),
        audience: None,
        signed_in_at: 10,
        expires_at: 1_000,
    }
}

fn code(code: u8) -> AuthorizationCode {
    AuthorizationCode {
        code: digest(code),
        redirect_uri: "https://app.example/".to_owned(),
        code_challenge: "challenge".to_owned(),
        nonce: Some("nonce".to_owned()),
        expires_at: 100,
    }
}

fn ticket(ticket: u8) -> LoginTicket {
    LoginTicket {
        ticket: digest(ticket),
        proof: digest(255),
        client_id: "app".to_owned(),
        user_id: "1".to_owned(),
        created_at: 10,
        expires_at: 100,
    }
}

#[tokio::test]
async fn a_user_is_read_back_byte_for_byte_after_a_restart() {
    let fresh = Fresh::with_user().await.restart().await;
    let read = fresh.store.user("1").await.unwrap().unwrap();
    assert!(read == user("1", "ada@x.org"));
    assert!(fresh.store.user("2").await.unwrap().is_none());
}

#[tokio::test]
async fn a_user_is_found_by_address_and_by_name_within_the_connection() {
    let fresh = Fresh::new().await;
    let mut ada = user("1", "ada@x.org");
    ada.username = Some("ada".to_owned());
    fresh.store.add_user(&ada, &[]).await.unwrap();
    for login in ["ada@x.org", "ada"] {
        let found = fresh.store.user_by_login("users", login).await.unwrap();
        assert!(found.unwrap() == ada, "{login}");
        let other = fresh.store.user_by_login("other", login).await.unwrap();
        assert!(other.is_none(), "{login}");
    }
}

#[tokio::test]
async fn addresses_and_names_are_unique_within_a_connection() {
    let fresh = Fresh::new().await;
    let named = |id, email, connection: &str| User {
        username: Some("ada".to_owned()),
        connection: connection.to_owned(),
        ..user(id, email)
    };
    let add = async |user: User| fresh.store.add_user(&user, &[]).await;
    add(named("1", "ada@x.org", "users")).await.unwrap();
    assert!(matches!(
        add(user("2", "ada@x.org")).await,
        Err(StoreError::EmailTaken)
    ));
    assert!(matches!(
        add(named("3", "other@x.org", "users")).await,
        Err(StoreError::UsernameTaken)
    ));
    add(named("4", "ada@x.org", "other")).await.unwrap();
    // Users without a name do not share one.
    add(user("5", "b@x.org")).await.unwrap();
    add(user("6", "c@x.org")).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn of_200_sign_ups_with_one_address_one_succeeds() {
    let fresh = Fresh::new().await;
    let attempts: Vec<_> = (0..200)
        .map(|id| {
            let store = fresh.store.clone();
            tokio::spawn(async move {
                store
                    .add_user(&user(&id.to_string(), "ada@x.org"), &[])
                    .await
            })
        })
        .collect();
    let (mut added, mut taken) = (0, 0);
    for attempt in attempts {
        match attempt.await.unwrap() {
            Ok(()) => added += 1,
            Err(StoreError::EmailTaken) => taken += 1,
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!((added, taken), (1, 199));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_is_taken_once() {
    let fresh = Fresh::with_user().await;
    fresh.store.add_login_ticket(&ticket(1)).await.unwrap();
    let takers: Vec<_> = (0..20)
        .map(|_| {
            let store = fresh.store.clone();
            tokio::spawn(async move { store.take_login_ticket(&digest(1), 50).await.unwrap() })
        })
        .collect();
    let mut taken = Vec::new();
    for taker in takers {
        taken.extend(taker.await.unwrap());
    }
    assert_eq!(taken, [ticket(1)]);
}

#[tokio::test]
async fn a_ticket_that_is_too_old_is_worth_nothing() {
    let fresh = Fresh::with_user().await;
    fresh.store.add_login_ticket(&ticket(1)).await.unwrap();
    let take = async |now| {
        fresh
            .store
            .take_login_ticket(&digest(1), now)
            .await
            .unwrap()
    };
    assert_eq!(take(100).await, None);
    assert_eq!(take(50).await, None);
}

#[tokio::test]
async fn a_code_is_good_once_and_counts_the_sign_in() {
    let fresh = Fresh::with_user().await;
    let store = &fresh.store;
    store
        .begin_session(&session("s"), Some(&code(1)), true)
        .await
        .unwrap();
    let user = store.user("1").await.unwrap().unwrap();
    assert_eq!((user.last_login, user.logins_count), (Some(10), 1));
    // The session of a browser that is used again is no login.
    let again = Session {
        signed_in_at: 5,
        ..session("again")
    };
    store
        .begin_session(&again, Some(&code(9)), false)
        .await
        .unwrap();
    let user = store.user("1").await.unwrap().unwrap();
    assert_eq!((user.last_login, user.logins_count), (Some(10), 1));
    let used = store.use_code(&digest(1), 50).await.unwrap();
    assert_eq!(used, CodeUse::Good(Box::new((session("s"), code(1)))));
    assert!(store.live_session("s", 50).await.unwrap().is_some());
    assert_eq!(
        store.use_code(&digest(1), 50).await.unwrap(),
        CodeUse::Reused
    );
    assert_eq!(store.live_session("s", 50).await.unwrap(), None);
    assert_eq!(
        store.use_code(&digest(2), 50).await.unwrap(),
        CodeUse::Unknown
    );
}

#[tokio::test]
async fn a_code_that_is_too_old_is_worth_nothing() {
    let fresh = Fresh::with_user().await;
    let store = &fresh.store;
    store
        .begin_session(&session("s"), Some(&code(1)), true)
        .await
        .unwrap();
    assert_eq!(
        store.use_code(&digest(1), 100).await.unwrap(),
        CodeUse::Unknown
    );
}

#[tokio::test]
async fn a_refresh_token_is_good_once_and_reuse_ends_its_family() {
    let fresh = Fresh::with_user().await;
    let store = &fresh.store;
    store
        .begin_session(&session("s"), Some(&code(1)), true)
        .await
        .unwrap();
    store.add_refresh_token("s", &digest(1), 500).await.unwrap();
    let rotate = async |from: u8, to: u8, now| {
        store
            .rotate_refresh_token("app", &digest(from), &digest(to), now + 500, now)
            .await
            .unwrap()
    };
    assert_eq!(rotate(1, 2, 50).await, RefreshUse::Good(session("s")));
    assert_eq!(rotate(2, 3, 60).await, RefreshUse::Good(session("s")));
    assert_eq!(rotate(1, 9, 70).await, RefreshUse::Reused);
    assert_eq!(rotate(3, 4, 80).await, RefreshUse::Unknown);
    assert_eq!(store.live_session("s", 80).await.unwrap(), None);
}

#[tokio::test]
async fn a_refresh_token_ends_by_itself_and_with_its_session() {
    let fresh = Fresh::with_user().await;
    let store = &fresh.store;
    store
        .begin_session(&session("s"), Some(&code(1)), true)
        .await
        .unwrap();
    store.add_refresh_token("s", &digest(1), 500).await.unwrap();
    let rotate = async |client, from: u8, to: u8, until, now| {
        store
            .rotate_refresh_token(client, &digest(from), &digest(to), until, now)
            .await
            .unwrap()
    };
    // Another application's attempt neither works nor harms.
    assert_eq!(rotate("other", 1, 8, 900, 50).await, RefreshUse::Unknown);
    assert_eq!(
        rotate("app", 1, 2, 5_000, 499).await,
        RefreshUse::Good(session("s"))
    );
    assert_eq!(rotate("app", 2, 3, 5_000, 1_000).await, RefreshUse::Unknown);
    store
        .begin_session(&session("t"), Some(&code(2)), true)
        .await
        .unwrap();
    store.add_refresh_token("t", &digest(5), 500).await.unwrap();
    assert_eq!(rotate("app", 5, 6, 5_000, 500).await, RefreshUse::Unknown);
}

#[tokio::test]
async fn what_has_expired_is_forgotten_and_nothing_else() {
    let fresh = Fresh::with_user().await;
    let store = &fresh.store;
    store.add_login_ticket(&ticket(1)).await.unwrap();
    store
        .begin_session(&session("s"), Some(&code(1)), true)
        .await
        .unwrap();
    store.add_refresh_token("s", &digest(1), 500).await.unwrap();
    store.forget_expired(100).await.unwrap();
    assert_eq!(store.take_login_ticket(&digest(1), 0).await.unwrap(), None);
    assert!(store.live_session("s", 100).await.unwrap().is_some());
    store.forget_expired(1_000).await.unwrap();
    assert_eq!(store.live_session("s", 0).await.unwrap(), None);
    assert_eq!(
        store.use_code(&digest(1), 0).await.unwrap(),
        CodeUse::Unknown
    );
    assert!(store.user("1").await.unwrap().is_some());
}

#[tokio::test]
async fn what_an_application_gives_back_ends_its_session() {
    let fresh = Fresh::with_user().await;
    let store = &fresh.store;
    let is_live = async |id| store.live_session(id, 50).await.unwrap().is_some();
    for (id, token) in [("s", 1), ("t", 2)] {
        store.begin_session(&session(id), None, true).await.unwrap();
        let token = digest(token);
        store.add_refresh_token(id, &token, 100).await.unwrap();
    }
    // Nothing is said of what is unknown, and nothing happens to others.
    for (client, token) in [("app", 9), ("other", 1)] {
        let token = digest(token);
        store.revoke_refresh_token(client, &token).await.unwrap();
    }
    store.revoke_session("other", "t").await.unwrap();
    assert!(is_live("s").await && is_live("t").await);
    // A token that was used is of the session as well.
    let rotate = async |token, next| {
        let (token, next) = (digest(token), digest(next));
        let used = store.rotate_refresh_token("app", &token, &next, 100, 50);
        used.await.unwrap()
    };
    assert!(matches!(rotate(1, 3).await, RefreshUse::Good(_)));
    let token = digest(1);
    store.revoke_refresh_token("app", &token).await.unwrap();
    assert!(!is_live("s").await && is_live("t").await);
    assert_eq!(rotate(3, 4).await, RefreshUse::Unknown);
    store.revoke_session("app", "t").await.unwrap();
    assert!(!is_live("t").await);
}
