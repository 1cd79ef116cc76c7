//! What whoever runs the server asks of it: whether it lives, whether it is
//! ready, and what it counts.

use std::net::TcpListener;
use std::thread;
use std::time::Duration;

use reqwest::StatusCode;
use serde_json::json;

use crate::process::{Process, good};

/// An address that was free a moment ago.
fn free() -> String {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    free.local_addr().unwrap().to_string()
}

#[tokio::test]
async fn a_process_that_is_asked_to_end_is_not_ready_and_still_answers() {
    let folder = good();
    let mut process = Process::start_with(&folder, &["--shutdown-delay", "3s"]);
    assert_eq!(process.get("/ready").await.status(), StatusCode::OK);
    process.terminate();
    let mut ready = StatusCode::OK;
    for _ in 0..100 {
        ready = process.get("/ready").await.status();
        if ready != StatusCode::OK {
            break;
        }
        thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(ready, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(process.get("/health").await.status(), StatusCode::OK);
    process.sign_up("ada@x.org").await;
    assert_eq!(process.child.wait().unwrap().code(), Some(0));
}

#[tokio::test]
async fn what_is_counted_and_that_it_is_about_nobody() {
    let folder = good();
    let address = free();
    let mut process = Process::start_with(&folder, &["--metrics-listen", &address]);
    process.sign_up("ada@x.org").await;
    let ticket = process.sign_in("ada@x.org").await;
    process.get("/api/v2/users/auth0%7Cada%40x.org").await;
    process.get("/nobody/ada@x.org").await;
    let wrong = json!({
        "client_id": "app",
        "realm": "users",
        "username": "ada@x.org",
        "password": "not the password",
        "credential_type": latchlet_wire::authenticate::PASSWORD_REALM,
    });
    let refused = process.request("/co/authenticate", wrong).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);

    let metrics = reqwest::get(format!("http://{address}/metrics"));
    let metrics = metrics.await.unwrap();
    assert_eq!(
        metrics.headers()["content-type"],
        "text/plain; version=0.0.4; charset=utf-8"
    );
    let text = metrics.text().await.unwrap();
    for line in [
        r#"latchlet_http_requests_total{route="/dbconnections/signup",method="POST",status="200"} 1"#,
        r#"latchlet_http_requests_total{route="/co/authenticate",method="POST",status="200"} 1"#,
        r#"latchlet_http_requests_total{route="/co/authenticate",method="POST",status="403"} 1"#,
        r#"latchlet_http_requests_total{route="/api/v2/users/{id}",method="GET",status="401"} 1"#,
        r#"latchlet_http_requests_total{route="none",method="GET",status="404"} 1"#,
        r#"latchlet_http_request_duration_seconds_count{route="/co/authenticate",method="POST"} 2"#,
        r#"latchlet_refusals_total{route="/co/authenticate",code="access_denied"} 1"#,
        r#"latchlet_logins_total{outcome="success"} 1"#,
        r#"latchlet_logins_total{outcome="wrong_credentials"} 1"#,
        r#"latchlet_sign_ups_total{outcome="success"} 1"#,
        "latchlet_passwords_hashed_total 3",
        "latchlet_passwords_hashing 0",
        "latchlet_passwords_waiting 0",
    ] {
        assert!(text.lines().any(|it| it == line), "no {line} in {text}");
    }
    for personal in ["ada", "x.org", ticket.as_str(), "127.0.0.1"] {
        assert!(!text.contains(personal), "{personal} in {text}");
    }
    // They are not on the listener that everybody reaches.
    assert_eq!(
        process.get("/metrics").await.status(),
        StatusCode::NOT_FOUND
    );
    process.terminate();
    assert_eq!(process.child.wait().unwrap().code(), Some(0));
}
