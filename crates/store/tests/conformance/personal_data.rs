//! What administrators and erased people leave behind.

use latchlet_store::{
    Addressee, Changed, ConsentEvent, Decided, Identity, LoginTicket, OneTimeCode, Session,
    StoreError, UpstreamLogin, User,
};

use crate::fixture::{Fresh, digest, object, said, user};

fn session(id: &str) -> Session {
    Session {
        id: id.to_owned(),
        user_id: "1".to_owned(),
        client_id: "app".to_owned(),
        scope: "openid".to_owned(),
        audience: None,
        signed_in_at: 1,
        expires_at: 1_000,
    }
}

/// Somebody with a session, a browser, a ticket, an identity and a consent.
async fn known() -> Fresh {
    let fresh = Fresh::with_user().await;
    let store = &fresh.store;
    let code = latchlet_store::AuthorizationCode {
        code: digest(1),
        redirect_uri: "https://app.example/".to_owned(),
        code_challenge: "x".to_owned(),
        nonce: None,
        expires_at: 100,
    };
    store
        .begin_session(&session("s"), Some(&code), true)
        .await
        .unwrap();
    let browser = latchlet_store::BrowserSession {
        id: digest(2),
        user_id: "1".to_owned(),
        signed_in_at: 1,
        idle_end: 100,
        expires_at: 1_000,
    };
    store.begin_browser_session(&browser, None).await.unwrap();
    let identity = Identity {
        user_id: "1".to_owned(),
        provider: "oidc".to_owned(),
        connection: "corp".to_owned(),
        subject: "ada".to_owned(),
        is_social: false,
        profile: object(&[("name", "Ada")]),
    };
    store.add_identity(&identity).await.unwrap();
    let consent = ConsentEvent {
        subject: "subject of 1".to_owned(),
        ..said("granted", 1)
    };
    store.add_consents(&[consent]).await.unwrap();
    fresh
}

async fn change(fresh: &Fresh, hash: &str, ends_sessions: bool) {
    let decide = |mut user: User| -> Result<Decided, ()> {
        user.password_hash = Some(hash.to_owned());
        Ok(Decided {
            user,
            consents: Vec::new(),
            reply: String::new(),
            ends_sessions,
            password_history: 2,
        })
    };
    let changed = fresh.store.change_user("1", None, 5, decide).await;
    assert_eq!(changed.unwrap(), Changed::Made(String::new()));
}

#[tokio::test]
async fn a_change_ends_sessions_where_it_says_so() {
    let fresh = known().await;
    let store = &fresh.store;
    change(&fresh, "$argon2id$", false).await;
    assert!(store.live_session("s", 5).await.unwrap().is_some());
    let ticket = LoginTicket {
        ticket: digest(3),
        proof: digest(4),
        client_id: "app".to_owned(),
        user_id: "1".to_owned(),
        created_at: 5,
        expires_at: 100,
    };
    store.add_login_ticket(&ticket).await.unwrap();
    store.add_reset_ticket("1", &digest(5), 100).await.unwrap();
    change(&fresh, "$argon2id$", true).await;
    assert_eq!(store.live_session("s", 5).await.unwrap(), None);
    assert_eq!(
        store.use_browser_session(&digest(2), 50, 5).await.unwrap(),
        None
    );
    assert_eq!(store.take_login_ticket(&digest(3), 5).await.unwrap(), None);
    assert!(
        store
            .user_by_reset_ticket(&digest(5), 5)
            .await
            .unwrap()
            .is_none()
    );
    // The password is the same one: it is not among the former ones.
    assert_eq!(store.password_history("1", 9).await.unwrap(), [""; 0]);
}

#[tokio::test]
async fn so_many_former_passwords_are_kept() {
    let fresh = Fresh::with_user().await;
    for hash in ["second", "third", "fourth", "fourth"] {
        change(&fresh, hash, false).await;
    }
    let former = fresh.store.password_history("1", 9).await.unwrap();
    assert_eq!(former, ["third", "second"]);
}

#[tokio::test]
async fn an_id_belongs_to_one_user() {
    let fresh = Fresh::with_user().await;
    let other = user("1", "eve@x.org");
    let taken = fresh.store.add_user(&other, &[]).await;
    assert!(matches!(taken, Err(StoreError::IdTaken)), "{taken:?}");
}

#[tokio::test]
async fn pages_from_either_end() {
    let fresh = Fresh::new().await;
    for index in 0..5_i64 {
        let mut user = user(&index.to_string(), &format!("{index}@x.org"));
        user.created_at = index / 2;
        fresh.store.add_user(&user, &[]).await.unwrap();
    }
    let ids = |users: Vec<User>| users.into_iter().map(|user| user.id).collect::<String>();
    assert_eq!(ids(fresh.store.newest_users(0, 3).await.unwrap()), "432");
    assert_eq!(ids(fresh.store.newest_users(1, 3).await.unwrap()), "10");
    assert_eq!(ids(fresh.store.users(1, 3).await.unwrap()), "34");
}

#[tokio::test]
async fn everything_that_is_known_and_then_nothing_but_the_consents() {
    let fresh = known().await;
    let store = &fresh.store;
    let data = store.personal_data("1").await.unwrap().unwrap();
    assert_eq!(data.user.id, "1");
    assert_eq!(data.sessions, [session("s")]);
    assert_eq!(
        (
            data.browsers.len(),
            data.identities.len(),
            data.consents.len()
        ),
        (1, 1, 1)
    );

    assert!(store.delete_user("1").await.unwrap());
    store.scrub().await.unwrap();
    assert!(store.personal_data("1").await.unwrap().is_none());
    assert_eq!(store.identities("1").await.unwrap(), []);
    assert_eq!(store.consents("subject of 1").await.unwrap().len(), 1);
    assert_eq!(store.broken_consent().await.unwrap(), None);
    // It goes on as before.
    store.add_user(&user("2", "eve@x.org"), &[]).await.unwrap();
}

#[tokio::test]
async fn what_goes_on_by_the_address_of_a_deleted_user_ends() {
    let fresh = Fresh::with_user().await;
    let store = &fresh.store;
    let people = [(7, "ada@x.org", "ADA@x.org"), (8, "eve@x.org", "eve@x.org")];
    let addressee = |recipient: &str| Addressee {
        connection: "email".to_owned(),
        recipient: recipient.to_owned(),
        client_id: "app".to_owned(),
    };
    for (state, recipient, login_hint) in people {
        let code = OneTimeCode {
            addressee: addressee(recipient),
            code_hash: "$argon2id$".to_owned(),
            expires_at: 100,
        };
        store.add_one_time_code(&code).await.unwrap();
        let login = UpstreamLogin {
            state: digest(state),
            browser: digest(1),
            connection: "corp".to_owned(),
            parameters: object(&[("login_hint", login_hint)]),
            expires_at: 100,
        };
        store.add_upstream_login(&login).await.unwrap();
    }
    assert!(store.delete_user("1").await.unwrap());
    for (state, recipient, _) in people {
        let is_left = recipient != "ada@x.org";
        let code = store.try_one_time_code(&addressee(recipient), 3, 5).await;
        assert_eq!(code.unwrap().is_some(), is_left, "{recipient}");
        let login = store.take_upstream_login(&digest(state), 5).await;
        assert_eq!(login.unwrap().is_some(), is_left, "{recipient}");
    }
}
