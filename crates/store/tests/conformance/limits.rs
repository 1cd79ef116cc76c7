//! How often something may happen.

use latchlet_store::{Allowance, Store};

use crate::fixture::Fresh;

#[tokio::test]
async fn so_often_in_a_while_and_each_for_itself() {
    let fresh = Fresh::new().await;
    let count = async |key: &str, now| fresh.store.count(key, 100, 3, now).await.unwrap();
    let allowance = |allowed, remaining, reset_at| Allowance {
        allowed,
        remaining,
        reset_at,
    };
    for (at, remaining) in [(10, 2), (20, 1), (30, 0)] {
        assert_eq!(count("a", at).await, allowance(true, remaining, 110));
    }
    for at in [40, 109] {
        assert_eq!(count("a", at).await, allowance(false, 0, 110));
    }
    assert_eq!(count("b", 109).await, allowance(true, 2, 209));
    assert_eq!(count("a", 110).await, allowance(true, 2, 210));
}

#[tokio::test]
async fn a_limit_that_was_lowered_holds_at_once() {
    let fresh = Fresh::new().await;
    let count = async |most| fresh.store.count("a", 100, most, 1).await.unwrap();
    assert!(count(3).await.allowed && count(3).await.allowed);
    assert!(!count(1).await.allowed);
    assert!(count(3).await.allowed);
    assert!(!fresh.store.count("b", 100, 0, 1).await.unwrap().allowed);
}

#[tokio::test]
async fn what_is_over_is_forgotten_and_outlives_the_process_until_then() {
    let fresh = Fresh::new().await;
    fresh.store.count("a", 100, 1, 1).await.unwrap();
    let fresh = fresh.restart().await;
    fresh.store.forget_expired(100).await.unwrap();
    assert!(!fresh.store.count("a", 100, 1, 50).await.unwrap().allowed);
    fresh.store.forget_expired(101).await.unwrap();
    assert!(fresh.store.count("a", 100, 1, 50).await.unwrap().allowed);
}

/// From two processes, in a first window and in the one after it.
#[tokio::test(flavor = "multi_thread")]
async fn of_100_at_once_as_many_are_allowed_as_may_be() {
    let fresh = Fresh::new().await;
    let other = Store::open(fresh.database.url()).await.unwrap();
    for now in [1, 101] {
        let counting: Vec<_> = (0..100)
            .map(|number| {
                let stores = [&fresh.store, &other];
                let store = stores[number % 2].clone();
                tokio::spawn(async move { store.count("a", 100, 7, now).await.unwrap() })
            })
            .collect();
        let mut allowances = Vec::new();
        for counting in counting {
            allowances.push(counting.await.unwrap());
        }
        let allowed = allowances.iter().filter(|it| it.allowed);
        let mut remaining: Vec<_> = allowed.map(|it| it.remaining).collect();
        remaining.sort_unstable();
        assert_eq!(remaining, [0, 1, 2, 3, 4, 5, 6]);
        assert!(allowances.iter().all(|it| it.reset_at == now + 100));
    }
    assert!(fresh.store.count("a", 100, 7, 201).await.unwrap().allowed);
    other.close().await;
}
