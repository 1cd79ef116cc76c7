//! Who users are elsewhere.

use latchlet_store::{Identity, StoreError};

use crate::fixture::{Fresh, object, user};

fn identity(user_id: &str, connection: &str, subject: &str) -> Identity {
    Identity {
        user_id: user_id.to_owned(),
        provider: "oidc".to_owned(),
        connection: connection.to_owned(),
        subject: subject.to_owned(),
        is_social: connection == "social",
        profile: object(&[("given_name", "Ada \0 日本")]),
    }
}

#[tokio::test]
async fn an_identity_belongs_to_one_user() {
    let fresh = Fresh::with_user().await;
    let store = &fresh.store;
    store.add_user(&user("2", "bob@x.org"), &[]).await.unwrap();
    let company = identity("1", "company", "ada");
    let social = identity("1", "social", "ada");
    store.add_identity(&social).await.unwrap();
    store.add_identity(&company).await.unwrap();
    let taken = store.add_identity(&identity("2", "company", "ada")).await;
    assert!(matches!(taken, Err(StoreError::IdentityTaken)));
    assert_eq!(store.identities("1").await.unwrap(), [social, company]);
    assert!(store.identities("2").await.unwrap().is_empty());
    let whose = async |connection, subject| {
        let user = store.user_by_identity(connection, subject).await.unwrap();
        user.map(|user| user.id)
    };
    assert_eq!(whose("company", "ada").await.as_deref(), Some("1"));
    assert_eq!(whose("company", "bob").await, None);
    assert_eq!(whose("other", "ada").await, None);
    store.delete_user("1").await.unwrap();
    assert_eq!(whose("company", "ada").await, None);
}

#[tokio::test]
async fn a_user_comes_with_their_identity_or_not_at_all() {
    let fresh = Fresh::new().await;
    let store = &fresh.store;
    let add = async |id: &str, email: &str| {
        let identity = identity(id, "company", "ada");
        store
            .add_user_with_identity(&user(id, email), &identity)
            .await
    };
    add("1", "ada@x.org").await.unwrap();
    let taken = add("2", "other@x.org").await;
    assert!(matches!(taken, Err(StoreError::IdentityTaken)));
    assert!(store.user("2").await.unwrap().is_none());
    assert!(matches!(
        add("3", "ada@x.org").await,
        Err(StoreError::EmailTaken)
    ));
}

#[tokio::test]
async fn what_the_provider_says_last_counts() {
    let fresh = Fresh::with_user().await;
    let store = &fresh.store;
    let mut company = identity("1", "company", "ada");
    store.add_identity(&company).await.unwrap();
    company.profile = object(&[("name", "Ada")]);
    store
        .update_identity_profile("company", "ada", &company.profile)
        .await
        .unwrap();
    assert_eq!(store.identities("1").await.unwrap(), [company]);
}
