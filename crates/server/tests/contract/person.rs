//! Somebody who signed up and in.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::harness::{PROFILE_SCOPE, Reply, Server, merge};

pub struct Person {
    pub server: Server,
    pub id: String,
    pub token: Value,
    connection: String,
}

impl Person {
    /// Somebody at a server of their own.
    pub async fn of(connection: &str, metadata: Value) -> Self {
        let given_name = match connection {
            "formed" => json!("Ada"),
            _ => Value::Null,
        };
        let more = json!({ "given_name": given_name, "user_metadata": metadata });
        Self::at(Server::start().await, connection, more).await
    }

    pub async fn at(server: Server, connection: &str, more: Value) -> Self {
        let mut sign_up = json!({ "connection": connection });
        merge(&mut sign_up, more);
        let user = server.sign_up(sign_up).await;
        assert_eq!(user.status, 200, "{}", user.text);
        let mut person = Self {
            id: user.json()["_id"].as_str().unwrap().to_owned(),
            token: Value::Null,
            connection: connection.to_owned(),
            server,
        };
        person.log_in().await;
        person
    }

    /// Logs in, once more.
    pub async fn log_in(&mut self) {
        let server = &self.server;
        let realm = json!({ "realm": self.connection });
        let signed_in = server.authenticate(realm).await;
        let query = json!({
            "login_ticket": signed_in.json()["login_ticket"],
            "audience": server.audience(),
            "scope": PROFILE_SCOPE,
        });
        let back = server.authorize(&signed_in.cookie(), query).await;
        let tokens = server.exchange(&back.parameters()["code"], json!({})).await;
        self.token = tokens.json()["access_token"].clone();
    }

    pub async fn restart(self) -> Self {
        let server = self.server.restart().await;
        Self { server, ..self }
    }

    pub fn path(&self) -> String {
        format!("/api/v2/users/auth0%7C{}", self.id)
    }

    pub async fn get(&self) -> Reply {
        self.server
            .with_token(Method::GET, &self.path(), &self.token, None)
            .await
    }

    pub fn patching(&self, body: &Value) -> RequestBuilder {
        let request = self.server.request(Method::PATCH, &self.path());
        request.bearer_auth(self.token.as_str().unwrap()).json(body)
    }

    pub async fn patch(&self, body: Value) -> Reply {
        Reply::of(self.patching(&body).send().await.unwrap()).await
    }

    /// What is stored after a change that is taken.
    pub async fn merge(&self, change: Value) -> Value {
        let reply = self.patch(json!({ "user_metadata": change })).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        let metadata = reply.json()["user_metadata"].clone();
        assert_eq!(self.get().await.json()["user_metadata"], metadata);
        metadata
    }

    /// The refusal of a change: its status, and the path and code of each error.
    pub async fn refused(&self, change: Value) -> (u16, Vec<String>) {
        let before = self.get().await.json()["user_metadata"].clone();
        let reply = self.patch(json!({ "user_metadata": change })).await;
        assert!(reply.status >= 400, "{}", reply.text);
        assert_eq!(self.get().await.json()["user_metadata"], before);
        let body = reply.json();
        let errors = body["errors"].as_array().cloned().unwrap_or_default();
        let shown = |error: Value| {
            let text = |key: &str| error[key].as_str().unwrap().to_owned();
            [text("path"), text("code")].join(" ")
        };
        (reply.status, errors.into_iter().map(shown).collect())
    }
}
