//! A server on a port of its own, and a browser's part of the journey.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use latchlet_server::config::ServerConfig;
use latchlet_server::mail::{Letter, Mailbox, Post};
use latchlet_server::serve::{listen, serve};
use latchlet_server::{App, router};
use latchlet_store::Store;
use latchlet_store::testing::Database;
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub use crate::reply::Reply;
use crate::witness::Witness;

pub const ORIGIN: &str = "https://app.example";
pub const CALLBACK: &str = "https://app.example/callback";
pub const PASSWORD: &str = "correct horse battery staple";
/// The pair of RFC 7636, Appendix B.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
pub const PROFILE_SCOPE: &str =
    "openid profile email read:current_user update:current_user_metadata";

pub struct Server {
    pub url: String,
    pub store: Store,
    pub app: Arc<App>,
    place: Place,
    http: Client,
    end: oneshot::Sender<()>,
    task: JoinHandle<()>,
    _witness: Witness,
}

/// What a server finds where it starts.
pub struct Place {
    pub database: Database,
    pub folder: TempDir,
}

/// Two applications, and a connection of each kind.
pub fn config() -> Value {
    json!({
        "clients": [
            {
                "client_id": "app",
                "callbacks": [CALLBACK],
                "web_origins": [ORIGIN],
                "allowed_logout_urls": ["https://app.example/bye", "https://app.example/"]
            },
            {
                "client_id": "other",
                "callbacks": ["https://other.example/"],
                "web_origins": ["https://other.example"]
            }
        ],
        "connections": [
            { "name": "users" },
            { "name": "named", "passwordPolicy": "good", "requires_username": true },
            { "name": "formed", "box": "box.json" },
            { "name": "closed", "disable_signup": true },
            {
                "name": "strict",
                "password_options": {
                    "complexity": {
                        "min_length": 10,
                        "character_types": ["lowercase", "special"],
                        "identical_characters": "block",
                        "sequential_characters": "block",
                        "max_length_exceeded": "error"
                    }
                },
                "password_dictionary": { "enable": true, "dictionary": ["Our own-secret"] },
                "password_history": { "enable": true, "size": 2 }
            },
            { "name": "email", "strategy": "email" },
            { "name": "invited", "strategy": "email", "disable_signup": true },
            { "name": "sms", "strategy": "sms" }
        ]
    })
}

/// The box's config that the connection `formed` reads its form from.
pub fn box_config() -> Value {
    json!({
        "clientId": "app",
        "connections": [
            { "name": "formed", "password_complexity_options": { "min_length": 20 } }
        ],
        "additionalSignUpFields": [
            { "name": "given_name", "label": "Given name", "storage": "root" },
            { "name": "company", "label": "Company", "rules": { "maxLength": 20 } },
            {
                "name": "size",
                "label": "Size",
                "type": "select",
                "required": false,
                "options": [{ "value": "s", "label": "Small" }, { "value": "l", "label": "Large" }]
            },
            { "name": "motto", "label": "Motto", "required": false },
            { "name": "news", "label": "News", "type": "checkbox" }
        ]
    })
}

impl Server {
    pub async fn start() -> Self {
        Self::start_with(config()).await
    }

    /// A server whose connections with a form have this config of the box.
    pub async fn start_with_box(config: Value, the_box: Value) -> Self {
        let place = Self::place(&config, &the_box).await;
        let post = Post::Mailbox(Mailbox::default());
        Self::run(place, "127.0.0.1:0".parse().unwrap(), post).await
    }

    /// A server whose letters go nowhere, or somewhere else.
    pub async fn start_with_post(config: Value, post: Post) -> Self {
        let place = Self::place(&config, &box_config()).await;
        Self::run(place, "127.0.0.1:0".parse().unwrap(), post).await
    }

    pub async fn start_with(config: Value) -> Self {
        Self::start_with_post(config, Post::Mailbox(Mailbox::default())).await
    }

    pub async fn place(config: &Value, the_box: &Value) -> Place {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("box.json"), the_box.to_string()).unwrap();
        fs::write(folder.path().join("server.json"), config.to_string()).unwrap();
        Place {
            database: Database::new(folder.path()).await,
            folder,
        }
    }

    async fn run(place: Place, address: SocketAddr, post: Post) -> Self {
        let store = Store::open(place.database.url()).await.unwrap();
        let listener = listen(address).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let config = ServerConfig::load(&place.folder.path().join("server.json"), &url).unwrap();
        let app = App::new(config, store.clone(), &url, post).await.unwrap();
        let (end, ended) = oneshot::channel();
        let witness = Witness::default();
        let router = witness.watch(router(Arc::clone(&app)));
        let task = tokio::spawn(serve(listener, None, router, async {
            ended.await.unwrap_or_default();
        }));
        let http = Client::builder().redirect(Policy::none()).build().unwrap();
        Self {
            url,
            store,
            app,
            place,
            http,
            end,
            task,
            _witness: witness,
        }
    }

    /// Ends the server and starts another at the same address, over the same
    /// database.
    pub async fn restart(self) -> Self {
        let address = self.url.strip_prefix("http://").unwrap().parse().unwrap();
        self.end.send(()).unwrap();
        self.task.await.unwrap();
        self.store.close().await;
        let post = Post::Mailbox(Mailbox::default());
        Self::run(self.place, address, post).await
    }

    /// Where its files are.
    pub fn folder(&self) -> &Path {
        self.place.folder.path()
    }

    /// Its database.
    pub fn database(&self) -> &str {
        self.place.database.url()
    }

    /// Puts the clock forward.
    pub async fn advance(&self, seconds: i64) {
        let reply = self
            .post("/dev/clock", &json!({ "advance": seconds }))
            .await;
        assert_eq!(reply.status, 200, "{}", reply.text);
    }

    /// What time it is at the server, in seconds.
    pub async fn now(&self) -> i64 {
        self.get("/dev/clock").await.json()["now"].as_i64().unwrap()
    }

    /// Everything that was sent, once there are so many letters. They are
    /// written after the reply.
    pub async fn letters(&self, number: usize) -> Vec<Letter> {
        let mailbox = self.app.post.mailbox().unwrap();
        for _ in 0..200 {
            if mailbox.letters().len() >= number {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let letters = mailbox.letters();
        assert_eq!(letters.len(), number, "{letters:?}");
        letters
    }

    /// The newest letter of so many.
    pub async fn letter(&self, number: usize) -> Letter {
        self.letters(number).await.pop().unwrap()
    }

    /// Sends a form of one of the server's own pages.
    pub async fn submit(&self, path: &str, form: &[(&str, &str)], cookie: &str) -> Reply {
        let url = format!("{}{path}", self.url);
        let request = self.http.post(url).form(form).header("cookie", cookie);
        Reply::of(request.send().await.unwrap()).await
    }

    /// The path and query of an address of this server.
    pub fn path<'a>(&self, url: &'a str) -> &'a str {
        url.strip_prefix(&self.url).unwrap()
    }

    pub fn issuer(&self) -> String {
        format!("{}/", self.url)
    }

    pub fn audience(&self) -> String {
        format!("{}/api/v2/", self.url)
    }

    /// A request as a page of the application sends it.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.url);
        self.http.request(method, url).header("origin", ORIGIN)
    }

    /// A request that comes from no page.
    pub fn navigate(&self, path: &str) -> RequestBuilder {
        self.http.get(format!("{}{path}", self.url))
    }

    pub async fn get(&self, path: &str) -> Reply {
        Reply::of(self.request(Method::GET, path).send().await.unwrap()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        let request = self.request(Method::POST, path).json(body);
        Reply::of(request.send().await.unwrap()).await
    }

    /// As a server sends it, which is no page.
    pub async fn post_from_server(&self, path: &str, body: &Value) -> Reply {
        let request = self.http.post(format!("{}{path}", self.url)).json(body);
        Reply::of(request.send().await.unwrap()).await
    }

    pub async fn sign_up(&self, changes: Value) -> Reply {
        let mut body = json!({
            "client_id": "app",
            "connection": "users",
            "email": "ada@example.com",
            "password": PASSWORD,
        });
        merge(&mut body, changes);
        self.post("/dbconnections/signup", &body).await
    }

    pub async fn authenticate(&self, changes: Value) -> Reply {
        let mut body = json!({
            "client_id": "app",
            "username": "ada@example.com",
            "password": PASSWORD,
            "realm": "users",
            "credential_type": "http://auth0.com/oauth/grant-type/password-realm",
        });
        merge(&mut body, changes);
        self.post("/co/authenticate", &body).await
    }

    /// The query of `/authorize`. A change to `null` leaves a parameter out.
    pub async fn authorize(&self, cookie: &str, changes: Value) -> Reply {
        let mut query = json!({
            "client_id": "app",
            "response_type": "code",
            "redirect_uri": CALLBACK,
            "scope": "openid profile email",
            "state": "the state",
            "nonce": "the nonce",
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
        });
        merge(&mut query, changes);
        let query: Vec<(&str, &str)> = query
            .as_object()
            .unwrap()
            .iter()
            .filter_map(|(key, value)| Some((key.as_str(), value.as_str()?)))
            .collect();
        let request = self.navigate("/authorize").query(&query);
        Reply::of(request.header("cookie", cookie).send().await.unwrap()).await
    }

    /// From the password to the session of a browser.
    pub async fn browser(&self) -> String {
        let signed_in = self.authenticate(json!({})).await;
        let query = json!({ "login_ticket": signed_in.json()["login_ticket"] });
        self.authorize(&signed_in.cookie(), query).await.session()
    }

    /// From the password to an authorization code.
    pub async fn code(&self, changes: Value) -> String {
        let signed_in = self.authenticate(json!({})).await;
        assert_eq!(signed_in.status, 200, "{}", signed_in.text);
        let mut query = json!({ "login_ticket": signed_in.json()["login_ticket"] });
        merge(&mut query, changes);
        let back = self.authorize(&signed_in.cookie(), query).await;
        back.parameters()["code"].clone()
    }

    pub async fn exchange(&self, code: &str, changes: Value) -> Reply {
        let mut body = json!({
            "grant_type": "authorization_code",
            "client_id": "app",
            "code": code,
            "redirect_uri": CALLBACK,
            "code_verifier": VERIFIER,
        });
        merge(&mut body, changes);
        self.post("/oauth/token", &body).await
    }

    /// From the password to tokens.
    pub async fn tokens(&self, changes: Value) -> Value {
        let code = self.code(changes).await;
        let reply = self.exchange(&code, json!({})).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.json()
    }

    pub async fn refresh(&self, token: &Value) -> Reply {
        let body = json!({
            "grant_type": "refresh_token",
            "client_id": "app",
            "refresh_token": token,
        });
        self.post("/oauth/token", &body).await
    }

    pub async fn with_token(
        &self,
        method: Method,
        path: &str,
        token: &Value,
        body: Option<&Value>,
    ) -> Reply {
        let mut request = self
            .request(method, path)
            .bearer_auth(token.as_str().unwrap());
        if let Some(body) = body {
            request = request.json(body);
        }
        Reply::of(request.send().await.unwrap()).await
    }

    /// A text in which what differs from run to run is named.
    pub fn redact(&self, text: &str) -> String {
        text.replace(&self.url, "http://server")
    }
}

/// Sets properties; `null` takes them out.
pub fn merge(object: &mut Value, changes: Value) {
    let object = object.as_object_mut().unwrap();
    for (key, value) in changes.as_object().unwrap().clone() {
        match value {
            Value::Null => object.remove(&key),
            value => object.insert(key, value),
        };
    }
}
