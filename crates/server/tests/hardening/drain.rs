//! A process that is asked to end finishes what it has begun.

use std::process::Command;
use std::time::Duration;

use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::harness::PASSWORD;
use crate::process::{Process, good};
use crate::raw::{connect, heard, statuses};

#[tokio::test]
async fn a_request_in_flight_is_answered() {
    let folder = good();
    let mut process = Process::start(&folder);
    let body = json!({
        "client_id": "app", "connection": "users", "email": "ada@example.com",
        "password": PASSWORD,
    })
    .to_string();
    let (first, rest) = body.split_at(20);
    let mut stream = connect(&process.url).await;
    let head = format!(
        "POST /dbconnections/signup HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{first}",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    // It has begun when the log has its first line about it.
    while !process.log(&folder).contains("/dbconnections/signup") {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let id = process.child.id().to_string();
    assert!(Command::new("kill").arg(id).status().unwrap().success());
    // Nobody else comes in.
    let address = process.url.strip_prefix("http://").unwrap().to_owned();
    while TcpStream::connect(&address).await.is_ok() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    stream.write_all(rest.as_bytes()).await.unwrap();
    let heard = heard(&mut stream).await;
    assert_eq!(statuses(&heard), [200], "{heard}");
    assert_eq!(process.child.wait().unwrap().code(), Some(0));

    // And what it acknowledged is there.
    let process = Process::start(&folder);
    process.sign_in("ada@example.com").await;
}
