//! Clients that hold a connection and send next to nothing: others are answered
//! meanwhile, and the process does not grow.

use std::fs;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::process::{Process, good};
use crate::raw::connect;

/// More than there are places, and rounds of drops; `--long` has many rounds.
const SOCKETS: usize = 1_200;

fn rounds() -> usize {
    match std::env::var_os("LATCHLET_TEST_LONG") {
        Some(_) => 60,
        None => 3,
    }
}

/// The memory of a process, in KiB.
fn resident(id: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// What a socket says at first: nothing, a part of its headers, or all of them
/// and a part of a body.
fn beginning(number: usize) -> &'static [u8] {
    match number % 3 {
        0 => b"",
        1 => b"GET /health HTTP/1.1\r\nhost: x\r\nx-drop: ",
        _ => {
            b"POST /oauth/token HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
              content-length: 60000\r\n\r\n "
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_only_holds_a_place_keeps_nobody_out() {
    let folder = good();
    let process = Process::start(&folder);
    process.sign_up("ada@example.com").await;
    let before = resident(process.child.id());
    let mut sockets: Vec<TcpStream> = Vec::new();
    for number in 0..SOCKETS {
        let mut socket = connect(&process.url).await;
        socket.write_all(beginning(number)).await.unwrap();
        sockets.push(socket);
    }
    for _ in 0..rounds() {
        for (number, socket) in sockets.iter_mut().enumerate() {
            // Whoever made room has been sent away.
            if number % 3 != 0 {
                let _closed = socket.write_all(b" ").await;
            }
        }
        // On a connection of its own, as somebody who just comes.
        let http = reqwest::Client::new();
        let health = http.get(format!("{}/health", process.url));
        assert_eq!(health.send().await.unwrap().status(), 200);
        process.sign_in("ada@example.com").await;
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    if let (Some(before), Some(after)) = (before, resident(process.child.id())) {
        let grown = after.saturating_sub(before);
        // Some 50 KiB for each of 1,024 places.
        assert!(grown < 100 * 1_024, "{before} KiB became {after} KiB");
    }
}

/// A connection that says nothing is closed, before its first request and after.
#[tokio::test]
async fn silence_is_not_for_ever() {
    let folder = good();
    let process = Process::start(&folder);
    let mut silent = connect(&process.url).await;
    let mut idle = connect(&process.url).await;
    idle.write_all(b"GET /health HTTP/1.1\r\nhost: x\r\n\r\n")
        .await
        .unwrap();
    let mut begun = connect(&process.url).await;
    begun.write_all(b"GET /health HT").await.unwrap();
    // They hear the end of the connection, and the one that asked its answer
    // before.
    let (silent, idle, begun) = tokio::join!(
        crate::raw::heard(&mut silent),
        crate::raw::heard(&mut idle),
        crate::raw::heard(&mut begun),
    );
    assert!(idle.starts_with("HTTP/1.1 200"), "{idle}");
    for other in [silent, begun] {
        assert!(
            other.is_empty() || other.starts_with("HTTP/1.1 408"),
            "{other}"
        );
    }
}
