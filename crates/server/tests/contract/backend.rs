//! A program of an application's, with a token of its own for the Management
//! API.

use reqwest::Method;
use serde_json::{Value, json};

use crate::clients::SECRET;
use crate::harness::{PASSWORD, Reply, Server, config};

/// Everything that it can be granted about users.
pub const EVERYTHING: &[&str] = &[
    "read:users",
    "create:users",
    "update:users",
    "delete:users",
    "read:clients",
];

pub struct Backend {
    pub server: Server,
    token: Value,
}

impl Backend {
    pub async fn start() -> Self {
        let mut config = config();
        let granted = [EVERYTHING, &["update:users_app_metadata"]].concat();
        let machine = json!({
            "client_id": "machine",
            "client_secret": SECRET,
            "grant_types": ["client_credentials"],
            "grants": { "{public_url}/api/v2/": granted }
        });
        config["clients"].as_array_mut().unwrap().push(machine);
        let server = Server::start_with(config).await;
        let token = token(&server, EVERYTHING).await;
        Self { server, token }
    }

    /// Another token, that may do less.
    pub async fn token(&self, scopes: &[&str]) -> Value {
        token(&self.server, scopes).await
    }

    pub async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Reply {
        self.server
            .with_token(method, path, &self.token, body)
            .await
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, None).await
    }

    pub async fn patch(&self, user: &Value, change: Value) -> Reply {
        let path = path(user);
        self.send(Method::PATCH, &path, Some(&change)).await
    }

    pub async fn post(&self, body: Value) -> Reply {
        self.send(Method::POST, "/api/v2/users", Some(&body)).await
    }

    /// Somebody whom the application adds.
    pub async fn add(&self, email: &str) -> Value {
        let reply = self
            .post(json!({ "connection": "users", "email": email, "password": PASSWORD }))
            .await;
        assert_eq!(reply.status, 201, "{}", reply.text);
        reply.json()
    }
}

/// Where a user is.
pub fn path(user: &Value) -> String {
    let id = user["user_id"].as_str().unwrap().replace('|', "%7C");
    format!("/api/v2/users/{id}")
}

async fn token(server: &Server, scopes: &[&str]) -> Value {
    let body = json!({
        "grant_type": "client_credentials",
        "client_id": "machine",
        "client_secret": SECRET,
        "audience": server.audience(),
        "scope": scopes.join(" "),
    });
    let reply = server.post_from_server("/oauth/token", &body).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json()["access_token"].clone()
}
