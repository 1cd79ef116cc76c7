//! What the log tells: enough to find a request again, and nothing of whoever
//! sent it.

use std::time::Duration;

use latchlet_wire::authenticate::{PASSWORD_REALM, PASSWORDLESS_OTP};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};

use crate::harness::{CALLBACK, ORIGIN, VERIFIER, config};
use crate::process::{Folder, Process};
use crate::reply::Reply;

const PASSWORD: &str = "k4narie-7f3a correct horse";
const EMAIL: &str = "canary.mail+7f3a@canary.example";
/// Clients come from an address that nothing else has.
const ADDRESS: &str = "127.0.0.77";

/// A journey through everything, and every secret and personal value on its way.
struct Journey {
    process: Process,
    http: Client,
    canaries: Vec<String>,
}

impl Journey {
    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self
            .http
            .request(method, format!("{}{path}", self.process.url));
        request.header("origin", ORIGIN)
    }

    async fn send(&self, request: RequestBuilder) -> Reply {
        let request = request.header("user-agent", "canary-agent/1.0");
        Reply::of(request.send().await.unwrap()).await
    }

    async fn post(&self, path: &str, body: Value) -> Reply {
        self.send(self.request(Method::POST, path).json(&body))
            .await
    }

    async fn get(&self, path: &str) -> Reply {
        self.send(self.request(Method::GET, path)).await
    }

    fn note(&mut self, value: impl AsRef<str>) -> String {
        let value = value.as_ref().to_owned();
        assert!(value.len() > 5, "{value}");
        self.canaries.push(value.clone());
        value
    }

    async fn letter(&self, number: usize) -> Value {
        loop {
            let letters = self.get("/dev/mailbox.json").await.json();
            if let Some(letter) = letters.get(number) {
                return letter.clone();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn with_a_password(&mut self) {
        let body = json!({
            "client_id": "app", "connection": "users", "email": EMAIL, "password": PASSWORD,
            "given_name": "Canary-Given", "user_metadata": { "canary-key": "canary-value" },
        });
        let signed_up = self.post("/dbconnections/signup", body.clone()).await;
        assert_eq!(signed_up.status, 200, "{}", signed_up.text);
        self.post("/dbconnections/signup", body).await;
        let credentials = |password: &str| {
            json!({
                "client_id": "app", "realm": "users", "username": EMAIL, "password": password,
                "credential_type": PASSWORD_REALM,
            })
        };
        self.post("/co/authenticate", credentials("k4narie-wrong"))
            .await;
        let signed_in = self.post("/co/authenticate", credentials(PASSWORD)).await;
        assert_eq!(signed_in.status, 200, "{}", signed_in.text);
        let ticket = self.note(signed_in.json()["login_ticket"].as_str().unwrap());
        let cookie = signed_in.cookie();
        self.note(cookie.split_once('=').unwrap().1);
        let query = [
            ("client_id", "app"),
            ("response_type", "code"),
            ("redirect_uri", CALLBACK),
            (
                "scope",
                "openid profile email offline_access read:current_user update:current_user_metadata",
            ),
            ("audience", &format!("{}/api/v2/", self.process.url)),
            ("state", "canary-state"),
            ("nonce", "canary-nonce"),
            ("login_ticket", &ticket),
            ("login_hint", EMAIL),
            (
                "code_challenge",
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            ),
            ("code_challenge_method", "S256"),
        ];
        let request = self.request(Method::GET, "/authorize").query(&query);
        let back = self.send(request.header("cookie", &cookie)).await;
        self.note(back.session().split_once('=').unwrap().1);
        let code = self.note(&back.parameters()["code"]);
        let exchange = json!({
            "grant_type": "authorization_code", "client_id": "app", "code": code,
            "redirect_uri": CALLBACK, "code_verifier": VERIFIER,
        });
        let tokens = self.post("/oauth/token", exchange.clone()).await.json();
        for kind in ["access_token", "id_token", "refresh_token"] {
            let token = tokens[kind].as_str().unwrap().to_owned();
            // Every part of it as well.
            for part in token.split('.') {
                self.note(part);
            }
        }
        let access = tokens["access_token"].as_str().unwrap();
        let info = self
            .send(self.request(Method::GET, "/userinfo").bearer_auth(access))
            .await;
        let path = info.profile_path();
        let change = json!({ "user_metadata": { "canary-company": "canary-acme" } });
        let patched = self
            .request(Method::PATCH, &path)
            .bearer_auth(access)
            .json(&change);
        assert_eq!(self.send(patched).await.status, 200);
        let refresh = json!({ "grant_type": "refresh_token", "client_id": "app", "refresh_token": tokens["refresh_token"] });
        let refreshed = self.post("/oauth/token", refresh.clone()).await.json();
        self.note(refreshed["refresh_token"].as_str().unwrap());
        // Used again: the log says that somebody did.
        self.post("/oauth/token", refresh).await;
        self.post("/oauth/token", exchange).await;
    }

    async fn with_letters(&mut self) {
        let start =
            json!({ "client_id": "app", "connection": "email", "email": EMAIL, "send": "code" });
        self.post("/passwordless/start", start).await;
        let code = self.letter(0).await["code"].as_str().unwrap().to_owned();
        let code = self.note(code);
        let otp = json!({
            "client_id": "app", "realm": "email", "username": EMAIL, "otp": code,
            "credential_type": PASSWORDLESS_OTP,
        });
        assert_eq!(self.post("/co/authenticate", otp).await.status, 200);
        let forgot = json!({ "client_id": "app", "connection": "users", "email": EMAIL });
        self.post("/dbconnections/change_password", forgot).await;
        let link = self.letter(1).await["link"].as_str().unwrap().to_owned();
        let ticket = self.note(link.rsplit_once('=').unwrap().1);
        self.get(link.strip_prefix(&self.process.url).unwrap())
            .await;
        let form = [
            ("ticket", ticket.as_str()),
            ("password", "k4narie-new and long enough"),
            ("repeat", "k4narie-new and long enough"),
        ];
        let done = self
            .send(self.request(Method::POST, "/lo/reset").form(&form))
            .await;
        assert_eq!(done.status, 200, "{}", done.text);
    }

    /// Where nobody expects anything personal.
    async fn astray(&mut self) {
        for path in [
            "/canary-path",
            "/latchlet/canary-file",
            "/client/canary-client.js",
            "/api/v2/users/canary-id",
            "/health?canary-query=1",
            "/v2/logout?returnTo=canary-return",
            "/authorize?client_id=canary-client",
            "/lo/reset?ticket=canary-ticket",
            "/continue-profile?session_token=canary-token",
        ] {
            self.get(path).await;
        }
        for body in [
            json!({ "email": "canary-body" }),
            json!(["canary-body"]),
            json!("canary-body"),
        ] {
            for path in [
                "/dbconnections/signup",
                "/oauth/token",
                "/co/authenticate",
                "/passwordless/start",
            ] {
                self.post(path, body.clone()).await;
            }
        }
        let headers = self
            .request(Method::GET, "/userinfo")
            .bearer_auth("canary-bearer");
        let headers = headers
            .header("referer", "https://canary.example/")
            .header("x-forwarded-for", "192.0.2.77");
        self.send(headers.header("cookie", "latchlet-session=canary-cookie"))
            .await;
    }
}

#[tokio::test]
async fn a_whole_journey_leaves_no_secret_and_nothing_personal() {
    let mut config = config();
    config["connections"] = json!([{ "name": "users" }, { "name": "email", "strategy": "email" }]);
    let folder = Folder::with(&config.to_string());
    let process = Process::start_with(&folder, &["--dev", "--log-format", "json"]);
    let local = ADDRESS.parse().unwrap();
    let http = Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .local_address(cfg!(target_os = "linux").then_some(local));
    let mut journey = Journey {
        process,
        http: http.build().unwrap(),
        canaries: [EMAIL, PASSWORD, ADDRESS, "192.0.2.77", VERIFIER]
            .map(str::to_owned)
            .to_vec(),
    };
    journey.with_a_password().await;
    journey.with_letters().await;
    journey.astray().await;
    let last = journey.get("/health").await;
    let id = last.header("x-request-id").to_owned();

    let log = journey.process.log(&folder);
    let lower = log.to_lowercase();
    for mark in ["canary", "k4narie"] {
        assert!(!lower.contains(mark), "{}", line_with(&lower, mark));
    }
    for canary in &journey.canaries {
        assert!(
            !log.contains(canary),
            "{canary} in {}",
            line_with(&log, canary)
        );
    }
    // At this level there is something to find, and by the id of the answer.
    let lines: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(lines.iter().any(|line| line["level"] == "DEBUG"));
    assert!(
        lines.iter().any(|line| line["span"]["id"] == id.as_str()),
        "{id}"
    );
    assert!(log.contains("was used again"));
}

fn line_with<'a>(log: &'a str, word: &str) -> &'a str {
    log.lines()
        .find(|line| line.contains(word))
        .unwrap_or_default()
}
