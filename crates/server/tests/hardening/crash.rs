//! `kill -9` under load: whoever was told that they have an account has one.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use latchlet_store::Store;
use latchlet_store::testing::{Database, is_whole};
use reqwest::Client;
use serde_json::json;

use crate::harness::{ORIGIN, PASSWORD};
use crate::limits::unlimited;
use crate::process::{Folder, Process};

/// Clients at once.
const CLIENTS: usize = 6;

fn rounds() -> u64 {
    match std::env::var_os("LATCHLET_TEST_LONG") {
        Some(_) => 200,
        None => 8,
    }
}

/// Signs people up until the server is gone; those who were told so.
async fn load(http: Client, url: String, who: String, acknowledged: Arc<Mutex<Vec<String>>>) {
    for number in 0.. {
        let email = format!("{who}-{number}@example.com");
        let body = json!({
            "client_id": "app", "connection": "users", "email": email, "password": PASSWORD,
        });
        let request = http.post(&url).header("origin", ORIGIN).json(&body);
        let Ok(reply) = request.send().await else {
            return;
        };
        assert!(matches!(reply.status().as_u16(), 200 | 503));
        if reply.status() == 200 {
            acknowledged.lock().unwrap().push(email);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_told_of_an_account_has_one() {
    let mut config = unlimited();
    config["connections"] = json!([{ "name": "users" }]);
    let folder = Folder::with(&config.to_string());
    let database = Database::new(folder.path()).await;
    let database = database.url();
    let mut all = Vec::new();
    for round in 0..rounds() {
        let mut process = Process::start_with(&folder, &["--database", database]);
        let url = format!("{}/dbconnections/signup", process.url);
        let acknowledged = Arc::new(Mutex::new(Vec::new()));
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let who = format!("{round}-{client}");
                let acknowledged = Arc::clone(&acknowledged);
                tokio::spawn(load(process.http.clone(), url.clone(), who, acknowledged))
            })
            .collect();
        // Not before somebody was told, and at another moment each time.
        while acknowledged.lock().unwrap().is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        tokio::time::sleep(Duration::from_millis(round * 37 % 150)).await;
        // SIGKILL: nothing is finished.
        process.child.kill().unwrap();
        process.child.wait().unwrap();
        for client in clients {
            client.await.unwrap();
        }
        let told = acknowledged.lock().unwrap().clone();
        let store = Store::open(database).await.unwrap();
        for email in &told {
            let user = store.user_by_login("users", email).await.unwrap();
            assert!(
                user.is_some(),
                "{email} was told of an account in round {round}"
            );
        }
        store.close().await;
        if database.starts_with("sqlite:") {
            is_whole(database).await;
        }
        all.extend(told);
    }
    let process = Process::start_with(&folder, &["--database", database]);
    process.sign_in(all.first().unwrap()).await;
    process.sign_in(all.last().unwrap()).await;
    assert!(all.len() as u64 >= rounds());
}
