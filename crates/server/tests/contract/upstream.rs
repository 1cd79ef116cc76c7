//! A provider that does as a test says: what a good one never does, too.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::harness::{CALLBACK, Reply, Server, merge};

/// A provider, and what it has done so far.
pub struct Upstream {
    pub url: String,
    plot: Arc<Mutex<Plot>>,
}

/// What it does.
struct Plot {
    key: EcdsaKeyPair,
    kid: String,
    url: String,
    metadata: Value,
    header: Value,
    claims: Value,
    user_info: Value,
    token: Option<Misdeed>,
    asked: Vec<String>,
    forms: Vec<(HeaderMap, String)>,
}

/// What it answers a code with instead of tokens.
#[derive(Clone)]
pub enum Misdeed {
    Status(u16, Value),
    Huge,
    Silence,
    Token(String),
    Redirect(String),
}

/// A login that has come to the provider.
pub struct Journey {
    /// What the provider was asked.
    pub asked: std::collections::BTreeMap<String, String>,
    /// The browser's cookies.
    pub cookie: String,
}

impl Upstream {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let plot = Arc::new(Mutex::new(Plot {
            key: key(),
            kid: "one".to_owned(),
            url: url.clone(),
            metadata: json!({}),
            header: json!({}),
            claims: json!({}),
            user_info: json!({}),
            token: None,
            asked: Vec::new(),
            forms: Vec::new(),
        }));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/jwks", get(keys))
            .route("/token", post(token))
            .route("/userinfo", get(user_info))
            .with_state(Arc::clone(&plot));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, plot }
    }

    /// The connection to it.
    pub fn connection(&self, options: Value) -> Value {
        let mut all = json!({ "issuer": self.url, "client_id": "me", "client_secret": "s:/ e" });
        merge(&mut all, options);
        json!({ "name": "corp", "strategy": "oidc", "options": all })
    }

    /// Says more, or something else, of itself.
    pub fn metadata(&self, changes: Value) {
        self.plot.lock().unwrap().metadata = changes;
    }

    /// Says more, or something else, in the header of its tokens.
    pub fn header(&self, changes: Value) {
        self.plot.lock().unwrap().header = changes;
    }

    /// Says more, or something else, of the person in its tokens.
    pub fn claims(&self, changes: Value) {
        self.plot.lock().unwrap().claims = changes;
    }

    /// Says more, or something else, of the person at `/userinfo`.
    pub fn user_info(&self, changes: Value) {
        self.plot.lock().unwrap().user_info = changes;
    }

    /// Does something else than to answer with tokens.
    pub fn misbehave(&self, misdeed: Misdeed) {
        self.plot.lock().unwrap().token = Some(misdeed);
    }

    /// Signs with another key, and publishes it under an id.
    pub fn rotate(&self, kid: &str) {
        let mut plot = self.plot.lock().unwrap();
        (plot.key, plot.kid) = (key(), kid.to_owned());
    }

    /// How often a path was asked for.
    pub fn count(&self, path: &str) -> usize {
        let plot = self.plot.lock().unwrap();
        plot.asked.iter().filter(|asked| *asked == path).count()
    }

    /// The last code that came, with the headers that it came with.
    pub fn form(&self) -> (HeaderMap, Vec<(String, String)>) {
        let plot = self.plot.lock().unwrap();
        let (headers, form) = plot.forms.last().unwrap().clone();
        (headers, serde_urlencoded::from_str(&form).unwrap())
    }
}

impl Journey {
    /// From an application to the provider.
    pub async fn begin(server: &Server, changes: Value) -> Self {
        Self::begin_in("", server, changes).await
    }

    /// The same in a browser that has cookies.
    pub async fn begin_in(cookie: &str, server: &Server, changes: Value) -> Self {
        let mut query = json!({ "connection": "corp" });
        merge(&mut query, changes);
        let sent = server.authorize(cookie, query).await;
        assert_eq!(sent.status, 302, "{}", sent.text);
        assert!(!sent.header("location").starts_with(CALLBACK), "{sent:?}");
        Self {
            asked: sent.parameters(),
            cookie: sent.cookie(),
        }
    }

    /// Back from the provider.
    pub async fn back(&self, server: &Server, changes: Value) -> Reply {
        let nonce = self.asked["nonce"].as_str();
        let mut answer = json!({ "code": nonce, "state": self.asked["state"] });
        merge(&mut answer, changes);
        let answer: Vec<(&str, &str)> = answer
            .as_object()
            .unwrap()
            .iter()
            .filter_map(|(key, value)| Some((key.as_str(), value.as_str()?)))
            .collect();
        let request = server.navigate("/login/callback").query(&answer);
        let sent = request.header("cookie", &self.cookie).send();
        Reply::of(sent.await.unwrap()).await
    }
}

fn key() -> EcdsaKeyPair {
    EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap()
}

pub fn seconds() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.unwrap().as_secs()
}

type Shared = State<Arc<Mutex<Plot>>>;

async fn metadata(State(plot): Shared) -> Json<Value> {
    let mut plot = plot.lock().unwrap();
    plot.asked.push("metadata".to_owned());
    let url = &plot.url;
    let mut document = json!({
        "issuer": url,
        "authorization_endpoint": format!("{url}/authorize?tenant=1"),
        "token_endpoint": format!("{url}/token"),
        "userinfo_endpoint": format!("{url}/userinfo"),
        "jwks_uri": format!("{url}/jwks"),
    });
    merge(&mut document, plot.metadata.clone());
    Json(document)
}

async fn keys(State(plot): Shared) -> Json<Value> {
    let mut plot = plot.lock().unwrap();
    plot.asked.push("keys".to_owned());
    let (x, y) = plot.key.public_key().as_ref()[1..].split_at(32);
    let key = json!({
        "kty": "EC", "crv": "P-256", "kid": plot.kid,
        "x": BASE64URL_NOPAD.encode(x), "y": BASE64URL_NOPAD.encode(y),
    });
    Json(json!({ "keys": [key] }))
}

/// The code is the nonce, so that it need not remember anybody.
async fn token(State(plot): Shared, headers: HeaderMap, form: String) -> Response {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&form).unwrap();
    let code = pairs.iter().find(|(name, _)| name == "code").unwrap();
    let (misdeed, token) = {
        let mut plot = plot.lock().unwrap();
        plot.asked.push("token".to_owned());
        plot.forms.push((headers, form.clone()));
        (plot.token.clone(), plot.id_token(&code.1))
    };
    let token = match misdeed {
        None => token,
        Some(Misdeed::Token(token)) => token,
        Some(Misdeed::Status(status, body)) => {
            return (StatusCode::from_u16(status).unwrap(), Json(body)).into_response();
        }
        Some(Misdeed::Huge) => return "x".repeat(10_000_000).into_response(),
        Some(Misdeed::Silence) => {
            tokio::time::sleep(Duration::from_secs(60)).await;
            return ().into_response();
        }
        Some(Misdeed::Redirect(to)) => {
            return (StatusCode::TEMPORARY_REDIRECT, [("location", to)]).into_response();
        }
    };
    Json(json!({ "access_token": "at", "token_type": "Bearer", "id_token": token })).into_response()
}

async fn user_info(State(plot): Shared, headers: HeaderMap) -> Json<Value> {
    assert_eq!(headers["authorization"], "Bearer at");
    let mut plot = plot.lock().unwrap();
    plot.asked.push("userinfo".to_owned());
    let sub = plot.claims.get("sub").cloned().unwrap_or(json!("248289"));
    let mut info = json!({ "sub": sub });
    merge(&mut info, plot.user_info.clone());
    Json(info)
}

impl Plot {
    fn id_token(&self, nonce: &str) -> String {
        let mut header = json!({ "alg": "ES256", "kid": self.kid });
        merge(&mut header, self.header.clone());
        let now = seconds();
        let mut claims = json!({
            "iss": self.url, "aud": "me", "sub": "248289", "nonce": nonce,
            "iat": now, "exp": now + 300,
        });
        merge(&mut claims, self.claims.clone());
        let message = [header, claims]
            .map(|part| BASE64URL_NOPAD.encode(part.to_string().as_bytes()))
            .join(".");
        let signature = self.key.sign(&SystemRandom::new(), message.as_bytes());
        [message, BASE64URL_NOPAD.encode(signature.unwrap().as_ref())].join(".")
    }
}
