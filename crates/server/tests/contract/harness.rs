//! A server on a port of its own, and a browser's part of the journey.

use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::sync::Arc;

use latchlet_server::config::ServerConfig;
use latchlet_server::serve::{listen, serve};
use latchlet_server::{App, router};
use latchlet_store::Store;
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use url::Url;

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
    folder: TempDir,
    config: ServerConfig,
    http: Client,
    end: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

/// Two applications, and a connection of each kind.
pub fn config() -> Value {
    json!({
        "clients": [
            { "client_id": "app", "callbacks": [CALLBACK], "web_origins": [ORIGIN] },
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
            { "name": "closed", "disable_signup": true }
        ]
    })
}

/// The box's config that the connection `formed` reads its form from.
fn box_config() -> Value {
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

    pub async fn start_with(config: Value) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("box.json"), box_config().to_string()).unwrap();
        let path = folder.path().join("server.json");
        fs::write(&path, config.to_string()).unwrap();
        let config = ServerConfig::load(&path, "https://unused.example").unwrap();
        Self::run(folder, config, "127.0.0.1:0".parse().unwrap()).await
    }

    async fn run(folder: TempDir, config: ServerConfig, address: SocketAddr) -> Self {
        let database = format!("sqlite:{}", folder.path().join("test.db").display());
        let store = Store::open(&database).await.unwrap();
        let listener = listen(address).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let app = App::new(config.clone(), store.clone(), &url).await.unwrap();
        let (end, ended) = oneshot::channel();
        let task = tokio::spawn(serve(listener, router(Arc::clone(&app)), async {
            ended.await.unwrap_or_default();
        }));
        let http = Client::builder().redirect(Policy::none()).build().unwrap();
        Self {
            url,
            store,
            folder,
            config,
            http,
            end,
            task,
        }
    }

    /// Ends the server and starts another at the same address, over the same
    /// file.
    pub async fn restart(self) -> Self {
        let address = self.url.strip_prefix("http://").unwrap().parse().unwrap();
        self.end.send(()).unwrap();
        self.task.await.unwrap();
        self.store.close().await;
        Self::run(self.folder, self.config, address).await
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

/// A reply, read to its end.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub text: String,
}

impl Reply {
    pub async fn of(response: Response) -> Self {
        let status = response.status().as_u16();
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
            .collect();
        Self {
            status,
            headers,
            text: response.text().await.unwrap(),
        }
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The cookie that was set, as a browser sends it back.
    pub fn cookie(&self) -> String {
        let cookie = self.header("set-cookie").split(';').next();
        cookie.unwrap().to_owned()
    }

    /// The parameters that the browser is sent back with.
    pub fn parameters(&self) -> BTreeMap<String, String> {
        let location = Url::parse(self.header("location")).unwrap();
        location.query_pairs().into_owned().collect()
    }

    /// Status and body, for a snapshot.
    pub fn shown(&self) -> Value {
        let body = serde_json::from_str(&self.text).unwrap_or_else(|_| json!(self.text));
        json!({ "status": self.status, "body": body })
    }
}

/// Sets properties; `null` takes them out.
fn merge(object: &mut Value, changes: Value) {
    let object = object.as_object_mut().unwrap();
    for (key, value) in changes.as_object().unwrap().clone() {
        match value {
            Value::Null => object.remove(&key),
            value => object.insert(key, value),
        };
    }
}
