//! A flood of logins: hashing is bounded, so that everything that hashes nothing
//! is answered meanwhile.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use latchlet_wire::authenticate::PASSWORD_REALM;
use reqwest::{Client, Method};
use serde_json::json;

use crate::harness::{ORIGIN, Server};
use crate::limits::unlimited;

/// More than may wait to be hashed.
const ATTACKERS: usize = 300;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_rest_is_answered_while_logins_wait() {
    let server = Server::start_with(unlimited()).await;
    server.sign_up(json!({})).await;
    let wish = json!({ "scope": "openid profile email offline_access" });
    let mut tokens = server.tokens(wish).await;

    let over = Arc::new(AtomicBool::new(false));
    let answers: Arc<Mutex<BTreeMap<u16, usize>>> = Arc::default();
    let attack: Vec<_> = (0..ATTACKERS)
        .map(|number| {
            let (over, answers) = (Arc::clone(&over), Arc::clone(&answers));
            let url = format!("{}/co/authenticate", server.url);
            tokio::spawn(async move {
                let http = Client::new();
                let body = json!({
                    "client_id": "app", "realm": "users", "credential_type": PASSWORD_REALM,
                    "username": format!("{number}@example.com"), "password": "a wrong password",
                });
                while !over.load(Ordering::Relaxed) {
                    let request = http.post(&url).header("origin", ORIGIN).json(&body);
                    let status = request.send().await.unwrap().status().as_u16();
                    *answers.lock().unwrap().entry(status).or_default() += 1;
                }
            })
        })
        .collect();
    // The queue is full when the first is sent away.
    while !answers.lock().unwrap().contains_key(&503) {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    for _ in 0..10 {
        assert_eq!(server.get("/health").await.status, 200);
        let info = server
            .with_token(Method::GET, "/userinfo", &tokens["access_token"], None)
            .await;
        assert_eq!(info.status, 200, "{}", info.text);
        let refreshed = server.refresh(&tokens["refresh_token"]).await;
        assert_eq!(refreshed.status, 200, "{}", refreshed.text);
        tokens = refreshed.json();
    }
    over.store(true, Ordering::Relaxed);
    for attacker in attack {
        attacker.await.unwrap();
    }
    // Some were hashed and found wrong, the others heard that it is too much.
    let answers = answers.lock().unwrap().clone();
    assert!(
        answers.keys().all(|it| matches!(it, 403 | 503)),
        "{answers:?}"
    );
    assert!(server.authenticate(json!({})).await.status == 200);
}
