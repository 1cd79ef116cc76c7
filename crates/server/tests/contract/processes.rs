//! Several processes over one database, as behind a balancer: they share
//! nothing else, and every step of a login can be answered by another one.

use std::fs;
use std::time::Duration;

use latchlet_store::testing::Database;
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};

use crate::harness::{CALLBACK, ORIGIN, PASSWORD, PROFILE_SCOPE, Reply, VERIFIER, config, merge};
use crate::keys::{ids, keys, kid};
use crate::process::{Folder, Process};

/// The address of the balancer. Nobody asks it here.
const PUBLIC: &str = "http://localhost:3000";

struct Pair {
    a: Process,
    b: Process,
    http: Client,
    database: Database,
    folder: Folder,
}

impl Pair {
    async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// Both at once, over a database in which nothing is.
    async fn start_with(options: &[&str]) -> Self {
        let mut config = config();
        config["connections"] =
            json!([{ "name": "users" }, { "name": "email", "strategy": "email" }]);
        let folder = Folder::with(&config.to_string());
        let database = Database::new(folder.path()).await;
        let all = [
            "--dev",
            "--public-url",
            PUBLIC,
            "--database",
            database.url(),
        ];
        let all = [&all[..], options].concat();
        let (a, b) = std::thread::scope(|scope| {
            let b = scope.spawn(|| Process::start_with(&folder, &all));
            (Process::start_with(&folder, &all), b.join().unwrap())
        });
        let http = Client::builder().redirect(Policy::none()).build().unwrap();
        Self {
            a,
            b,
            http,
            database,
            folder,
        }
    }

    async fn sent(&self, request: RequestBuilder) -> Reply {
        Reply::of(request.send().await.unwrap()).await
    }

    async fn post(&self, at: &Process, path: &str, body: &Value) -> Reply {
        let request = self.http.post(format!("{}{path}", at.url));
        self.sent(request.header("origin", ORIGIN).json(body)).await
    }

    async fn authenticate(&self, at: &Process, changes: Value) -> Reply {
        let mut body = json!({
            "client_id": "app",
            "username": "ada@x.org",
            "password": PASSWORD,
            "realm": "users",
            "credential_type": "http://auth0.com/oauth/grant-type/password-realm",
        });
        merge(&mut body, changes);
        self.post(at, "/co/authenticate", &body).await
    }

    /// With a login ticket, or with what is in the cookie alone.
    async fn authorize(&self, at: &Process, cookie: &str, ticket: Option<&Value>) -> Reply {
        let audience = format!("{PUBLIC}/api/v2/");
        let scope = format!("{PROFILE_SCOPE} offline_access");
        let (name, value) = match ticket {
            Some(ticket) => ("login_ticket", ticket.as_str().unwrap()),
            None => ("prompt", "none"),
        };
        let request = self.http.get(format!("{}/authorize", at.url)).query(&[
            ("client_id", "app"),
            ("response_type", "code"),
            ("redirect_uri", CALLBACK),
            ("scope", &scope),
            ("audience", &audience),
            (
                "code_challenge",
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            ),
            ("code_challenge_method", "S256"),
            (name, value),
        ]);
        self.sent(request.header("cookie", cookie)).await
    }

    async fn exchange(&self, at: &Process, code: &str) -> Reply {
        let body = json!({
            "grant_type": "authorization_code",
            "client_id": "app",
            "code": code,
            "redirect_uri": CALLBACK,
            "code_verifier": VERIFIER,
        });
        self.post(at, "/oauth/token", &body).await
    }

    async fn refresh(&self, at: &Process, token: &Value) -> Reply {
        let body = json!({
            "grant_type": "refresh_token", "client_id": "app", "refresh_token": token,
        });
        self.post(at, "/oauth/token", &body).await
    }

    async fn user_info(&self, at: &Process, token: &Value) -> Reply {
        let request = self.http.get(format!("{}/userinfo", at.url));
        self.sent(request.bearer_auth(token.as_str().unwrap()))
            .await
    }

    /// The session of a browser, and the code that came with it: from the one
    /// process to the other with every step.
    async fn log_in(&self) -> (String, String) {
        self.a.sign_up("ada@x.org").await;
        let signed_in = self.authenticate(&self.b, json!({})).await;
        let ticket = &signed_in.json()["login_ticket"];
        let back = self
            .authorize(&self.a, &signed_in.cookie(), Some(ticket))
            .await;
        // A ticket is good once, wherever.
        let again = self
            .authorize(&self.b, &signed_in.cookie(), Some(ticket))
            .await;
        assert_eq!(again.parameters()["error"], "login_required");
        (back.session(), back.parameters()["code"].clone())
    }

    async fn tokens(&self) -> Value {
        let (_, code) = self.log_in().await;
        let tokens = self.exchange(&self.b, &code).await;
        assert_eq!(tokens.status, 200, "{}", tokens.text);
        tokens.json()
    }
}

#[tokio::test]
async fn a_login_moves_between_two() {
    let pair = Pair::start().await;
    let (a, b) = (&pair.a, &pair.b);
    let (session, code) = pair.log_in().await;
    let tokens = pair.exchange(b, &code).await.json();
    assert_eq!(pair.user_info(a, &tokens["access_token"]).await.status, 200);

    // Rotation, and reuse of the old token, which ends the family.
    let refreshed = pair.refresh(a, &tokens["refresh_token"]).await;
    assert_eq!(refreshed.status, 200, "{}", refreshed.text);
    let refreshed = refreshed.json();
    let info = pair.user_info(b, &refreshed["access_token"]).await;
    assert_eq!(info.json()["email"], "ada@x.org");
    assert_eq!(pair.refresh(b, &tokens["refresh_token"]).await.status, 403);
    assert_eq!(
        pair.refresh(a, &refreshed["refresh_token"]).await.status,
        403
    );
    assert_eq!(
        pair.user_info(a, &refreshed["access_token"]).await.status,
        401
    );

    // The session of the browser, and its end.
    let silent = pair.authorize(b, &session, None).await;
    let code = &silent.parameters()["code"];
    let tokens = pair.exchange(a, code).await.json();
    // A code that comes again ends what came of it.
    assert_eq!(pair.exchange(b, code).await.status, 403);
    assert_eq!(pair.user_info(b, &tokens["access_token"]).await.status, 401);
    let logout = pair.http.get(format!("{}/v2/logout", a.url));
    pair.sent(logout.header("cookie", &session)).await;
    let after = pair.authorize(b, &session, None).await;
    assert_eq!(after.parameters()["error"], "login_required");
}

#[tokio::test]
async fn a_code_by_mail_moves_between_two() {
    let pair = Pair::start().await;
    let (a, b) = (&pair.a, &pair.b);
    let start = json!({
        "client_id": "app", "connection": "email", "email": "bob@x.org", "send": "code",
    });
    assert_eq!(
        pair.post(a, "/passwordless/start", &start).await.status,
        200
    );
    // The mailbox is that of the process that would have sent the letter.
    let mut letters = json!([]);
    for _ in 0..200 {
        letters = a.get("/dev/mailbox.json").await.json().await.unwrap();
        if letters != json!([]) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let code = letters[0]["code"].as_str().unwrap();
    let enter = async |at: &Process, code: &str| {
        let changes = json!({
            "username": "bob@x.org", "password": null, "realm": "email", "otp": code,
            "credential_type": "http://auth0.com/oauth/grant-type/passwordless/otp",
        });
        pair.authenticate(at, changes).await
    };
    let wrong = if code == "000000" { "000001" } else { "000000" };
    assert_eq!(enter(a, wrong).await.status, 403);
    let signed_in = enter(b, code).await;
    assert_eq!(signed_in.status, 200, "{}", signed_in.text);
    assert_eq!(enter(a, code).await.status, 403);
    let ticket = &signed_in.json()["login_ticket"];
    let back = pair.authorize(a, &signed_in.cookie(), Some(ticket)).await;
    let tokens = pair.exchange(b, &back.parameters()["code"]).await;
    assert_eq!(tokens.status, 200, "{}", tokens.text);
}

#[tokio::test]
async fn letters_are_counted_together() {
    let pair = Pair::start().await;
    let forgotten = json!({ "client_id": "app", "connection": "users", "email": "no@x.org" });
    let path = "/dbconnections/change_password";
    for at in [&pair.a, &pair.b, &pair.a, &pair.b, &pair.a] {
        assert_eq!(pair.post(at, path, &forgotten).await.status, 200);
    }
    for at in [&pair.b, &pair.a] {
        let refused = pair.post(at, path, &forgotten).await;
        assert_eq!(refused.status, 429, "{}", refused.text);
    }
}

#[tokio::test]
async fn a_change_that_is_sent_to_both_is_made_once() {
    let pair = Pair::start().await;
    let tokens = pair.tokens().await;
    let token = tokens["access_token"].as_str().unwrap();
    let id = pair
        .user_info(&pair.a, &tokens["access_token"])
        .await
        .json();
    let id = id["sub"].as_str().unwrap().replace('|', "%7C");
    for round in 0..10 {
        let change = |at: &Process| {
            let request = pair.http.patch(format!("{}/api/v2/users/{id}", at.url));
            let body = json!({ "user_metadata": { "round": round.to_string() } });
            let request = request.bearer_auth(token).json(&body);
            pair.sent(request.header("idempotency-key", format!("round-{round}")))
        };
        let (one, other) = tokio::join!(change(&pair.a), change(&pair.b));
        assert_eq!(
            (one.status, other.status),
            (200, 200),
            "{} {}",
            one.text,
            other.text
        );
        assert_eq!(one.text, other.text);
        let replayed = [&one, &other].map(|it| it.header("idempotent-replayed") == "true");
        assert_eq!(replayed.iter().filter(|it| **it).count(), 1, "{replayed:?}");
    }
}

#[tokio::test]
async fn two_that_start_at_once_have_one_key_and_hear_of_another() {
    let pair = Pair::start().await;
    let set = async |at: &Process| {
        let reply = at.get("/.well-known/jwks.json").await;
        ids(&reply.json().await.unwrap())
    };
    let before = set(&pair.a).await[0].clone();
    assert_eq!(set(&pair.b).await[0], before);
    let old = pair.tokens().await;
    assert_eq!(kid(&old["access_token"]), before);

    let options = ["rotate", "--revoke", "--database", pair.database.url()];
    let (code, message) = keys(&pair.folder, &options);
    assert_eq!(code, 0, "{message}");
    // One of them has read it, and signs; the other takes the token at once.
    let (first, second) = loop {
        let (a, b) = (set(&pair.a).await, set(&pair.b).await);
        match (a.contains(&before), b.contains(&before)) {
            (false, _) => break (&pair.a, &pair.b),
            (true, false) => break (&pair.b, &pair.a),
            (true, true) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    };
    let fresh = pair.refresh(first, &old["refresh_token"]).await.json();
    assert_ne!(kid(&fresh["access_token"]), before);
    assert_eq!(
        pair.user_info(second, &fresh["access_token"]).await.status,
        200
    );
    assert!(!set(second).await.contains(&before));
    for at in [first, second] {
        assert_eq!(pair.user_info(at, &old["access_token"]).await.status, 401);
    }
}

/// What a rolling update does: one ends, and no request is lost that a balancer
/// sends to the other from then on.
#[tokio::test]
async fn one_ends_and_the_other_goes_on() {
    let mut pair = Pair::start_with(&["--shutdown-delay", "3s"]).await;
    let (session, code) = pair.log_in().await;
    pair.a.terminate();
    for _ in 0..200 {
        if pair.a.get("/ready").await.status() != 200 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(pair.a.get("/ready").await.status(), 503);
    assert_eq!(pair.b.get("/ready").await.status(), 200);
    // Until the balancer has seen it, requests still come.
    let tokens = pair.exchange(&pair.a, &code).await;
    assert_eq!(tokens.status, 200, "{}", tokens.text);
    assert_eq!(pair.a.child.wait().unwrap().code(), Some(0));
    let refreshed = pair.refresh(&pair.b, &tokens.json()["refresh_token"]).await;
    assert_eq!(refreshed.status, 200, "{}", refreshed.text);
    let silent = pair.authorize(&pair.b, &session, None).await;
    assert!(silent.parameters().contains_key("code"));
    let log = fs::read_to_string(pair.folder.log()).unwrap();
    assert!(!log.contains("did not finish in time"), "{log}");
}
