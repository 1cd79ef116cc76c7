//! Who has an account is told neither by an answer nor by the work for it: what is
//! compared is the whole reply, and how many passwords were hashed.

use axum::body::{Body, to_bytes};
use axum::http::Request;
use latchlet_core::Message;
use latchlet_server::metrics_router;
use latchlet_wire::authenticate::{PASSWORD as BY_PASSWORD, PASSWORD_REALM, PASSWORDLESS_OTP};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::harness::{PASSWORD, Reply, Server, merge};
use crate::limits::unlimited;

const ADA: &str = "ada@example.com";
/// Nobody's, of the same length: a page says it again.
const NOBODY: &str = "eve@example.com";

/// How many passwords were hashed since the server started.
async fn hashed(server: &Server) -> u64 {
    let request = Request::get("/metrics").body(Body::empty()).unwrap();
    let router = metrics_router(server.app.clone());
    let body = router.oneshot(request).await.unwrap().into_body();
    let text = to_bytes(body, usize::MAX).await.unwrap();
    let text = String::from_utf8(text.to_vec()).unwrap();
    let mut lines = text.lines();
    let number = lines.find_map(|line| line.strip_prefix("latchlet_passwords_hashed_total "));
    number.unwrap().parse().unwrap()
}

/// A reply without what is each reply's own, and the work for it.
async fn told(server: &Server, reply: impl Future<Output = Reply>) -> (u64, Value) {
    let before = hashed(server).await;
    let mut reply = reply.await;
    reply.headers.remove("x-request-id");
    reply.headers.remove("date");
    let work = hashed(server).await - before;
    (work, json!([reply.status, reply.headers, reply.text]))
}

/// Ada has a password, nobody else is there.
async fn started(connection: Value) -> Server {
    let mut config = unlimited();
    config["clients"][0]["grant_types"] = json!([
        "authorization_code",
        BY_PASSWORD,
        PASSWORD_REALM,
        PASSWORDLESS_OTP
    ]);
    merge(&mut config["connections"][0], connection);
    let server = Server::start_with(config).await;
    let reply = server.sign_up(json!({})).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    server
}

/// Wrong logins by the API: where to, how it names what is sent, and that.
fn wrong_logins() -> Vec<(&'static str, Value)> {
    let wrong = json!({ "realm": "users", "password": "not the password" });
    let long = json!({ "realm": "users", "password": "x".repeat(8_192) });
    let code = json!({ "realm": "email", "otp": "000000" });
    let mut logins = Vec::new();
    for (proof, body) in [
        (PASSWORD_REALM, &wrong),
        (PASSWORD_REALM, &long),
        (PASSWORDLESS_OTP, &code),
    ] {
        for (path, name) in [
            ("/co/authenticate", "credential_type"),
            ("/oauth/token", "grant_type"),
        ] {
            let mut body = body.clone();
            merge(&mut body, json!({ "client_id": "app", name: proof }));
            logins.push((path, body));
        }
    }
    let plain = json!({
        "client_id": "app", "grant_type": BY_PASSWORD, "password": "not the password",
    });
    logins.push(("/oauth/token", plain));
    logins
}

#[tokio::test]
async fn a_wrong_login_is_the_same_whether_there_is_an_account_or_not() {
    let server = started(json!({})).await;
    let code = json!({ "client_id": "app", "connection": "email", "email": ADA, "send": "code" });
    let reply = server.post("/passwordless/start", &code).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    server.letter(1).await;
    for (path, body) in wrong_logins() {
        let mut replies = Vec::new();
        // The last one is no address at all.
        for username in [ADA, NOBODY, "nobody"] {
            let mut body = body.clone();
            body["username"] = json!(username);
            replies.push(told(&server, server.post(path, &body)).await);
        }
        let (work, reply) = &replies[0];
        assert_eq!(
            (*work, &reply[0]),
            (1, &json!(403)),
            "{path} {body}: {reply}"
        );
        assert_eq!(replies[1], replies[0], "{path} {body}");
        assert_eq!(replies[2], replies[0], "{path} {body}");
    }
}

#[tokio::test]
async fn the_login_page_says_the_same_of_both() {
    let server = started(json!({})).await;
    let page = server.authorize("", json!({})).await;
    let url = format!("{}{}", server.url, page.header("location"));
    let mut replies = Vec::new();
    for username in [ADA, NOBODY] {
        let form = [("username", username), ("password", "not the password")];
        let request = reqwest::Client::new().post(&url).form(&form);
        let request = request.header("origin", &server.url);
        let reply = async { Reply::of(request.send().await.unwrap()).await };
        let (work, reply) = told(&server, reply).await;
        assert_eq!(work, 1);
        // What was typed is still there.
        let page = reply[2].as_str().unwrap();
        let said = Message::WrongCredentials.english();
        assert!(page.contains(said), "{page}");
        let page = page.replace(username, "[username]");
        replies.push(json!([reply[0], reply[1], page]));
    }
    assert_eq!(replies[0], replies[1]);
}

/// Whether there is anybody to write to is found out after the reply.
#[tokio::test]
async fn a_forgotten_password_is_the_same_of_both() {
    let server = started(json!({})).await;
    let mut replies = Vec::new();
    for email in [ADA, NOBODY] {
        let body = json!({ "client_id": "app", "connection": "users", "email": email });
        let asked = server.post("/dbconnections/change_password", &body);
        replies.push(told(&server, asked).await);
    }
    assert_eq!(replies[0], replies[1]);
    assert_eq!((replies[0].0, &replies[0].1[0]), (0, &json!(200)));
    // The one with an account was written to.
    assert_eq!(server.letter(1).await.to, ADA);
}

#[tokio::test]
async fn a_strict_sign_up_hashes_for_both() {
    let strict = json!({ "sign_up": "strict", "email_verification": {} });
    let server = started(strict).await;
    for email in [ADA, NOBODY] {
        let signed_up = server.sign_up(json!({ "email": email }));
        let (work, reply) = told(&server, signed_up).await;
        assert_eq!((work, &reply[0]), (1, &json!(200)), "{email}: {reply}");
    }
    // Nor does a login tell, before the address is verified.
    let mut replies = Vec::new();
    for (email, password) in [(ADA, PASSWORD), (ADA, "wrong"), (NOBODY, PASSWORD)] {
        let body = json!({ "username": email, "password": password });
        replies.push(told(&server, server.authenticate(body)).await);
    }
    assert_eq!(replies[0].0, 1);
    assert!(
        replies.iter().all(|reply| *reply == replies[0]),
        "{replies:?}"
    );
}
