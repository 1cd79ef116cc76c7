//! `/continue-profile`: a tenant sends somebody here in the middle of a login,
//! and hears what they answered

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use latchlet_core::progressive::{DAY, History, Outcome};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Reply, Server, config, merge};
use crate::profiling::{asking, config_asking};

const TENANT: &str = "tenant.eu.auth0.com";
const SECRET: &str = "a secret of the tenant and of this server";
const STATE: &str = "the state+of=the login&x";
const ADDRESS: &str = "https://tenant.eu.auth0.com/continue?state=the+state%2Bof%3Dthe+login%26x";

fn questions() -> Value {
    json!([
        { "name": "company", "label": "Company", "ask": { "fromLogin": 2 } },
        {
            "name": "news", "type": "consent", "label": "News",
            "document": "https://app.example/news", "version": "1", "ask": { "fromLogin": 2 }
        },
        { "name": "nickname", "label": "Nickname", "keep": true, "ask": { "fromLogin": 9 } }
    ])
}

/// A server that a tenant sends people to, and the tenant's part.
struct Tenant {
    server: Server,
}

impl Tenant {
    async fn with(fields: Value) -> Self {
        let mut config = config_asking();
        config["continue"] = json!([{
            "domain": TENANT,
            "secret": SECRET,
            "connection": "asking",
            "applications": ["https://app.example"]
        }]);
        let server = Server::start_with_box(config, asking(fields)).await;
        Self { server }
    }

    /// What the Action knows of somebody at their second login.
    async fn claims(&self, changes: Value) -> Value {
        let now = self.server.now().await;
        let mut claims = json!({
            "sub": "auth0|ada",
            "iss": TENANT,
            "iat": now,
            "exp": now + 900,
            "ip": "203.0.113.7",
            "logins_count": 2,
            "created_at": "2026-01-05T08:00:00.000Z",
            "user_metadata": { "motto": "x" },
        });
        merge(&mut claims, changes);
        claims
    }

    /// The token of `api.redirect.encodeToken`.
    async fn token(&self, changes: Value) -> String {
        signed(&self.claims(changes).await, SECRET)
    }

    async fn open(&self, token: &str, state: &str) -> Reply {
        let query = [("session_token", token), ("state", state)];
        let request = self.server.navigate("/continue-profile").query(&query);
        Reply::of(request.send().await.unwrap()).await
    }

    async fn send(&self, token: &str, user_metadata: Value, history: Option<&History>) -> Reply {
        let mut body = json!({
            "session_token": token, "state": STATE, "user_metadata": user_metadata,
        });
        if let Some(history) = history {
            body["latchlet"] = serde_json::to_value(history.to_value()).unwrap();
        }
        self.server.post("/continue-profile", &body).await
    }

    /// What `api.redirect.validateToken` returns of a token that is good.
    async fn validated(&self, token: &str) -> Value {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_required_spec_claims(&["exp", "iss", "sub"]);
        let key = DecodingKey::from_secret(SECRET.as_bytes());
        let claims = decode::<Value>(token, &key, &validation).unwrap().claims;
        assert_eq!(claims["state"], STATE);
        assert_eq!(claims["sub"], "auth0|ada");
        assert_eq!(claims["iss"], "127.0.0.1");
        let seconds = |name: &str| claims[name].as_i64().unwrap();
        assert_eq!(seconds("exp") - seconds("iat"), 60);
        claims["user_metadata"].clone()
    }

    /// A prompt that is answered or skipped, as the box notes it.
    async fn history(&self, over: impl FnOnce(&mut History, i64)) -> History {
        let now = self.server.now().await;
        let mut history = History::default();
        history.shown([("company", "a"), ("news", "1")], 2, now);
        over(&mut history, now);
        history
    }
}

fn signed(claims: &Value, secret: &str) -> String {
    let key = EncodingKey::from_secret(secret.as_bytes());
    encode(&Header::new(Algorithm::HS256), claims, &key).unwrap()
}

/// The value of a hidden input, and where its form leads to.
fn way_back(page: &Reply) -> (String, String) {
    let part = |from: &str| {
        let (_, rest) = page.text.split_once(from).unwrap();
        rest.split_once('"').unwrap().0.replace("&amp;", "&")
    };
    (part("action=\""), part("name=\"session_token\" value=\""))
}

#[tokio::test]
async fn the_page_has_the_box_and_what_it_needs_to_ask() {
    let tenant = Tenant::with(questions()).await;
    let token = tenant
        .token(json!({ "claims": { "hd": "</div>\"" } }))
        .await;
    let page = tenant.open(&token, STATE).await;
    assert_eq!(page.status, 200, "{}", page.text);
    assert_eq!(
        page.header("content-security-policy"),
        "default-src 'none'; style-src 'self'; base-uri 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors 'none'; \
         form-action 'self' https://tenant.eu.auth0.com https://app.example; \
         script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src 'self'"
    );
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    let (_, data) = page.text.split_once("data-config=\"").unwrap();
    let data = data.split_once('"').unwrap().0;
    let data = data
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">");
    let config: Value = serde_json::from_str(&data.replace("&amp;", "&")).unwrap();
    assert_eq!(config["mode"], "profile");
    assert_eq!(config["progressiveProfile"]["save"], "continue");
    assert_eq!(config["progressiveProfile"]["fields"], questions());
    assert_eq!(config["domain"], tenant.server.url);
    assert_eq!(config["user"]["user_metadata"], json!({ "motto": "x" }));
    assert_eq!(
        config["idTokenPayload"],
        json!({ "sub": "auth0|ada", "hd": "</div>\"" })
    );
    assert!(page.text.contains("Go on without answering"));
    assert_eq!(tenant.server.get("/lo/continue.js").await.status, 200);
}

#[tokio::test]
async fn what_is_answered_goes_back_signed() {
    let tenant = Tenant::with(questions()).await;
    let token = tenant.token(json!({})).await;
    let over = |history: &mut History, now| {
        history.came("company", "a", Outcome::Answered, now);
        history.closed(now);
    };
    let history = tenant.history(over).await;
    let answers = json!({ "company": "ACME", "news": "1" });
    let reply = tenant.send(&token, answers, Some(&history)).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    assert_eq!(reply.json()["address"], ADDRESS);
    let token = reply.json()["session_token"].as_str().unwrap().to_owned();
    let change = tenant.validated(&token).await;
    assert_eq!(
        (&change["company"], &change["news"]),
        (&json!("ACME"), &json!("1"))
    );
    // What did not change is not sent.
    assert_eq!(change.get("motto"), None);
    let stored = serde_json::from_value(change).unwrap();
    let sent = History::read(&stored);
    assert_eq!(sent.prompt, history.prompt);
    assert_eq!(sent.entry("company"), history.entry("company"));

    // The consent is on record here, too.
    let records = tenant
        .server
        .store
        .consents("tenant.eu.auth0.com|auth0|ada")
        .await;
    let records = records.unwrap();
    assert_eq!(records.len(), 1);
    assert_eq!(records[0].event.decision, "granted");
    assert_eq!(sent.receipts[0].1.hash, records[0].text_sha256);
}

#[tokio::test]
async fn where_nothing_is_asked_the_way_leads_straight_back() {
    let tenant = Tenant::with(questions()).await;
    for (claims, expected) in [
        (json!({ "logins_count": 1 }), json!({})),
        (
            json!({ "user_metadata": { "company": "ACME", "news": "1" } }),
            json!({}),
        ),
    ] {
        let page = tenant.open(&tenant.token(claims).await, STATE).await;
        assert_eq!(page.status, 200, "{}", page.text);
        let (address, token) = way_back(&page);
        assert_eq!(address, ADDRESS);
        assert_eq!(tenant.validated(&token).await, expected);
        assert!(
            page.header("content-security-policy")
                .contains("form-action https://tenant.eu.auth0.com https://app.example;")
        );
    }
    // What another source knows goes along, with who knows it.
    let claims = json!({ "logins_count": 1, "claims": { "nickname": "The Countess" } });
    let page = tenant.open(&tenant.token(claims).await, STATE).await;
    let change = tenant.validated(&way_back(&page).1).await;
    assert_eq!(change["nickname"], "The Countess");
    assert_eq!(change["latchlet"]["f"]["nickname"][6], "provider");
}

#[tokio::test]
async fn without_scripts_one_goes_on() {
    let tenant = Tenant::with(questions()).await;
    let token = tenant.token(json!({})).await;
    let form = [("session_token", token.as_str()), ("state", STATE)];
    let page = tenant.server.submit("/continue-profile", &form, "").await;
    assert_eq!(page.status, 200, "{}", page.text);
    let (address, token) = way_back(&page);
    assert_eq!(address, ADDRESS);
    let change = tenant.validated(&token).await;
    assert_eq!(change["latchlet"]["f"]["company"][3], "s");
    assert_eq!(change["latchlet"]["r"][0], 1);

    let required = json!([{ "name": "company", "label": "Company", "required": true }]);
    let tenant = Tenant::with(required).await;
    let token = tenant.token(json!({})).await;
    let page = tenant.open(&token, STATE).await;
    assert!(page.text.contains("must be answered"), "{}", page.text);
    let form = [("session_token", token.as_str()), ("state", STATE)];
    let page = tenant.server.submit("/continue-profile", &form, "").await;
    assert_eq!(page.status, 400, "{}", page.text);
    assert!(!page.text.contains("session_token"));
}

#[tokio::test]
async fn answers_are_judged_as_everybodys_are() {
    let tenant = Tenant::with(json!([
        { "name": "company", "label": "Company", "required": true },
        { "name": "news", "label": "News", "rules": { "maxLength": 5 } },
        { "name": "score", "label": "Score", "write": "server" }
    ]))
    .await;
    let token = tenant.token(json!({})).await;
    let closed = tenant.history(History::closed).await;
    for (answers, history, status, error) in [
        (
            json!({}),
            Some(&closed),
            400,
            "/user_metadata/company required",
        ),
        (
            json!({ "admin": "y" }),
            None,
            400,
            "/user_metadata/admin unknown_field",
        ),
        (
            json!({ "news": "123456" }),
            None,
            400,
            "/user_metadata/news too_long",
        ),
        (
            json!({ "score": "9" }),
            None,
            403,
            "/user_metadata/score server_only",
        ),
    ] {
        let reply = tenant.send(&token, answers, history).await;
        assert_eq!(reply.status, status, "{}", reply.text);
        let found = &reply.json()["errors"][0];
        let text = |key: &str| found[key].as_str().unwrap().to_owned();
        assert_eq!([text("path"), text("code")].join(" "), error);
    }
    // An answer that is not there yet is not there when the browser goes back.
    for (answers, history) in [(json!({}), None), (json!({ "news": "x" }), None)] {
        let reply = tenant.send(&token, answers, history).await;
        assert_eq!(reply.status, 400, "{}", reply.text);
        assert_eq!(reply.json()["errors"][0]["code"], "required");
    }
    let reply = tenant
        .send(&token, json!({ "company": "ACME" }), None)
        .await;
    assert_eq!(reply.status, 200, "{}", reply.text);
}

#[tokio::test]
async fn nothing_is_no_wish_to_clear_everything() {
    let tenant = Tenant::with(questions()).await;
    let token = tenant.token(json!({})).await;
    let reply = tenant.send(&token, json!({}), None).await;
    let signed = reply.json()["session_token"].as_str().unwrap().to_owned();
    assert_eq!(tenant.validated(&signed).await, json!({}));
}

#[tokio::test]
async fn an_agreement_that_is_sent_again_is_recorded_once() {
    let tenant = Tenant::with(questions()).await;
    let token = tenant.token(json!({})).await;
    for _ in 0..2 {
        let reply = tenant.send(&token, json!({ "news": "1" }), None).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
    }
    let subject = format!("{TENANT}|auth0|ada");
    let recorded = tenant.server.store.consents(&subject).await.unwrap();
    assert_eq!(recorded.len(), 1);
}

#[tokio::test]
async fn only_a_tenant_is_believed() {
    let tenant = Tenant::with(questions()).await;
    let claims = tenant.claims(json!({})).await;
    let other = tenant.claims(json!({ "iss": "other.eu.auth0.com" })).await;
    let mut endless = claims.clone();
    merge(&mut endless, json!({ "exp": null }));
    let token = signed(&claims, SECRET);
    let none = token.replacen(
        "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9",
        "eyJhbGciOiJub25lIn0",
        1,
    );
    assert_ne!(none, token);
    for (case, token) in [
        (
            "of another secret",
            signed(&claims, "another secret, just as long as it"),
        ),
        ("of another issuer", signed(&other, SECRET)),
        ("that never ends", signed(&endless, SECRET)),
        ("of no algorithm", none),
        ("that is none", "nonsense".to_owned()),
        ("that is not there", String::new()),
    ] {
        let page = tenant.open(&token, STATE).await;
        assert_eq!(page.status, 403, "a token {case}");
        let reply = tenant
            .send(&token, json!({ "company": "ACME" }), None)
            .await;
        assert_eq!(reply.status, 401, "a token {case}: {}", reply.text);
        assert_eq!(reply.json()["errorCode"], "invalid_session_token");
    }
    assert_eq!(tenant.open(&token, "").await.status, 403);
    assert_eq!(tenant.open(&token, STATE).await.status, 200);
    tenant.server.advance(900).await;
    assert_eq!(tenant.open(&token, STATE).await.status, 403);
    let reply = tenant
        .send(&token, json!({ "company": "ACME" }), None)
        .await;
    assert_eq!(reply.status, 401);
    // Nobody is a tenant where the config names none.
    let server = Server::start_with(config()).await;
    let without = Tenant { server };
    let token = without.token(json!({})).await;
    assert_eq!(without.open(&token, STATE).await.status, 403);
}

#[tokio::test]
async fn pages_of_other_origins_cannot_send_answers() {
    let tenant = Tenant::with(questions()).await;
    let request = tenant.server.request(Method::OPTIONS, "/continue-profile");
    let preflight = request
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "content-type");
    let reply = Reply::of(preflight.send().await.unwrap()).await;
    assert_eq!(reply.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn a_cool_down_counts_from_the_history_that_the_tenant_keeps() {
    let tenant = Tenant::with(questions()).await;
    let skipped = tenant
        .history(|history, now| history.skipped(&Default::default(), now))
        .await;
    let metadata = json!({ "latchlet": serde_json::to_value(skipped.to_value()).unwrap() });
    let again = json!({ "logins_count": 3, "user_metadata": metadata });
    let page = tenant.open(&tenant.token(again.clone()).await, STATE).await;
    assert_eq!(tenant.validated(&way_back(&page).1).await, json!({}));
    tenant.server.advance(DAY).await;
    let page = tenant.open(&tenant.token(again).await, STATE).await;
    assert!(page.text.contains("data-config"));
}
