//! Signing keys, which all processes share.

use latchlet_store::SigningKey;

use crate::fixture::Fresh;

fn key(kid: &str, signs_from: Option<i64>) -> SigningKey {
    SigningKey {
        kid: kid.to_owned(),
        pkcs8: vec![1, 2, 3],
        certificate: (kid != "a").then(|| vec![4, 0, 6]),
        created_at: 1,
        signs_from,
    }
}

#[tokio::test]
async fn they_are_replaced_by_whoever_knows_what_they_are() {
    let fresh = Fresh::new().await;
    let replace = async |seen: &[SigningKey], keys: &[SigningKey]| {
        let replaced = fresh.store.replace_signing_keys(seen, keys).await;
        replaced.unwrap()
    };
    let first = [key("a", Some(1))];
    let both = [key("a", Some(1)), key("b", None)];
    let rotated = [key("a", Some(1)), key("b", Some(2))];
    assert!(replace(&[], &first).await);
    assert!(!replace(&[], &[key("c", Some(1))]).await);
    assert!(replace(&first, &both).await);
    assert!(!replace(&first, &[]).await);
    assert!(replace(&both, &rotated).await);
    assert!(!replace(&both, &rotated).await);
    let fresh = fresh.restart().await;
    assert!(fresh.store.signing_keys().await.unwrap() == rotated);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_at_once_one_is_the_first() {
    let fresh = Fresh::new().await;
    let adding: Vec<_> = (0..16)
        .map(|number| {
            let store = fresh.store.clone();
            let key = key(&number.to_string(), Some(1));
            tokio::spawn(async move { store.replace_signing_keys(&[], &[key]).await })
        })
        .collect();
    let mut first = Vec::new();
    for (number, adding) in adding.into_iter().enumerate() {
        first.extend(adding.await.unwrap().unwrap().then_some(number));
    }
    assert_eq!(first.len(), 1, "{first:?}");
    let keys = fresh.store.signing_keys().await.unwrap();
    assert!(keys == [key(&first[0].to_string(), Some(1))]);
}
