//! Finding users, and applications, by the Management API.

use insta::assert_json_snapshot;
use serde_json::{Map, Value, json};

use crate::backend::{Backend, path};
use crate::clients::SECRET;
use crate::harness::PASSWORD;

async fn with_people(number: usize) -> Backend {
    let backend = Backend::start().await;
    for index in 0..number {
        backend.add(&format!("{index}@example.com")).await;
        backend.server.advance(1).await;
    }
    backend
}

fn emails(users: &Value) -> Vec<&str> {
    let users = users.as_array().unwrap().iter();
    users.map(|user| user["email"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn pages_of_users() {
    let backend = with_people(5).await;
    let list = async |query: &str| {
        let reply = backend.get(&format!("/api/v2/users?{query}")).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.json()
    };
    assert_eq!(list("").await.as_array().unwrap().len(), 5);
    let page = list("per_page=2&page=1&include_totals=true").await;
    assert_eq!(emails(&page["users"]), ["2@example.com", "3@example.com"]);
    for (key, value) in [("start", 2), ("limit", 2), ("length", 2), ("total", 5)] {
        assert_eq!(page[key], value, "{key}");
    }
    let last = list("per_page=2&page=2&sort=created_at:-1").await;
    assert_eq!(emails(&last), ["0@example.com"]);
    let fields = list("fields=email&per_page=1").await;
    assert_eq!(fields, json!([{ "email": "0@example.com" }]));
}

#[tokio::test]
async fn one_that_is_known_by_something() {
    let backend = with_people(2).await;
    let other = json!({ "connection": "email", "email": "1@example.com" });
    assert_eq!(backend.post(other).await.status, 201);
    let named = json!({
        "connection": "named", "email": "named@example.com", "username": "Ada",
        "password": format!("{PASSWORD} A1"),
    });
    let named = backend.post(named).await.json();
    let list = async |q: &str| {
        let q = q.replace('"', "%22").replace('|', "%7C");
        let path = format!("/api/v2/users?search_engine=v3&q={q}");
        backend.get(&path).await.json()
    };
    let by_email = list("email:\"1@example.com\"").await;
    assert_eq!(emails(&by_email), ["1@example.com", "1@example.com"]);
    assert_eq!(list("username:ada").await, json!([named]));
    let id = named["user_id"].as_str().unwrap();
    assert_eq!(list(&format!("user_id:\"{id}\"")).await, json!([named]));
    assert_eq!(list("email:\"nobody@example.com\"").await, json!([]));

    let path = "/api/v2/users-by-email?email=1%40Example.com";
    assert_eq!(emails(&backend.get(path).await.json()).len(), 2);
    let nobody = "/api/v2/users-by-email?email=nobody%40example.com";
    assert_eq!(backend.get(nobody).await.json(), json!([]));
}

#[tokio::test]
async fn every_refusal_of_a_query() {
    let backend = with_people(1).await;
    let mut shown = Map::new();
    for query in [
        "users?per_page=101",
        "users?page=x",
        "users?page=20&per_page=50",
        "users?include_totals=maybe",
        "users?sort=email:1",
        "users?q=name:ada*",
        "users?search_engine=v2",
        "users?unknown=1",
        "users?page=1&page=2",
        "users-by-email",
        "users-by-email?email=x",
        "clients/nobody",
    ] {
        let reply = backend.get(&format!("/api/v2/{query}")).await;
        shown.insert(query.to_owned(), reply.shown());
    }
    assert_json_snapshot!(shown);
}

#[tokio::test]
async fn fields_of_a_profile() {
    let backend = with_people(1).await;
    let all = backend.get("/api/v2/users").await.json();
    let path = path(&all[0]);
    let some = backend
        .get(&format!("{path}?fields=email,logins_count"))
        .await;
    assert_eq!(
        some.json(),
        json!({ "email": "0@example.com", "logins_count": 0 })
    );
    let others = format!("{path}?fields=email,user_metadata&include_fields=false");
    let others = backend.get(&others).await.json();
    assert!(others.get("email").is_none() && others.get("user_id").is_some());
}

#[tokio::test]
async fn applications_without_their_secrets() {
    let backend = Backend::start().await;
    let reply = backend.get("/api/v2/clients").await;
    assert_json_snapshot!(reply.shown());
    assert!(!reply.text.contains(SECRET), "{}", reply.text);
    let one = backend
        .get("/api/v2/clients/machine?fields=client_id,app_type")
        .await;
    assert_eq!(
        one.json(),
        json!({ "client_id": "machine", "app_type": "non_interactive" })
    );
    let page = "/api/v2/clients?per_page=1&page=1&include_totals=true&fields=client_id";
    assert_eq!(
        backend.get(page).await.json(),
        json!({
            "start": 1, "limit": 1, "length": 1, "total": 3, "clients": [{ "client_id": "other" }]
        })
    );
    for (query, ids) in [
        ("app_type=non_interactive,regular_web", &["machine"][..]),
        (
            "is_global=false&is_first_party=true",
            &["app", "other", "machine"],
        ),
        ("is_global=true", &[]),
        ("is_first_party=false", &[]),
    ] {
        let path = format!("/api/v2/clients?fields=client_id&{query}");
        let ids: Vec<Value> = ids.iter().map(|id| json!({ "client_id": id })).collect();
        assert_eq!(backend.get(&path).await.json(), json!(ids), "{query}");
    }
}
