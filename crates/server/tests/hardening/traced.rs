//! What the system calls of a server say: a sign-up is answered after the sync of
//! the file that covers it, never before.

use std::fs;
use std::process::Command;

use serde_json::json;

use crate::limits::unlimited;
use crate::process::{Folder, Process};

const SIGN_UPS: usize = 10;

/// What a line of strace's says.
#[derive(Debug, PartialEq)]
enum Call {
    /// The log of the database was written to.
    Write,
    /// A sync of it has begun; the thread that waits for it.
    SyncBegun(String),
    /// A sync of a thread has ended well.
    SyncEnded(String),
    /// A reply went out.
    Reply,
}

fn call(line: &str) -> Option<Call> {
    let (thread, rest) = line.split_once(' ')?;
    let (thread, rest) = (thread.to_owned(), rest.trim_start());
    let is_sync = |rest: &str| rest.starts_with("fdatasync(") || rest.starts_with("fsync(");
    let of_log = rest.contains("here.db-wal>");
    if rest.starts_with("pwrite64(") && of_log {
        return Some(Call::Write);
    }
    if is_sync(rest) && of_log {
        return Some(match rest.ends_with("= 0") {
            true => Call::SyncEnded(thread),
            false => Call::SyncBegun(thread),
        });
    }
    let resumed = rest.strip_prefix("<... ")?;
    let resumed = resumed.starts_with("fdatasync resumed") || resumed.starts_with("fsync resumed");
    (resumed && rest.ends_with("= 0")).then_some(Call::SyncEnded(thread))
}

fn reply(line: &str) -> Option<Call> {
    let is_sent = ["sendto(", "writev(", "write("]
        .iter()
        .any(|name| line.contains(name));
    (is_sent && line.contains("HTTP/1.1 200")).then_some(Call::Reply)
}

/// Reads a trace: how many replies there are, of which each comes after a write and
/// a sync that began when all of it was written.
fn replies(trace: &str) -> usize {
    let (mut replies, mut written, mut covered) = (0, false, false);
    // The syncs under way, that began after the last write.
    let mut syncing: Vec<String> = Vec::new();
    for line in trace.lines() {
        match reply(line).or_else(|| call(line)) {
            Some(Call::Write) => {
                (written, covered) = (true, false);
                syncing.clear();
            }
            Some(Call::SyncBegun(thread)) => syncing.push(thread),
            Some(Call::SyncEnded(thread)) => {
                // One that did not wait has no line for its beginning.
                covered |= line.contains("sync(") || syncing.contains(&thread);
            }
            Some(Call::Reply) => {
                assert!(
                    written && covered,
                    "reply {replies} came before the sync:\n{trace}"
                );
                replies += 1;
                (written, covered) = (false, false);
            }
            None => {}
        }
    }
    replies
}

#[tokio::test]
#[ignore = "needs strace"]
async fn no_sign_up_is_answered_before_it_is_on_disk() {
    let mut config = unlimited();
    config["connections"] = json!([{ "name": "users" }]);
    let folder = Folder::with(&config.to_string());
    let process = Process::start(&folder);
    // The first one opens the connection.
    process.sign_up("first@example.com").await;
    let trace = folder.path().join("trace");
    let mut strace = Command::new("strace")
        .args(["-f", "-y", "-s", "32", "-o"])
        .arg(&trace)
        .args([
            "-e",
            "trace=pwrite64,fdatasync,fsync,sendto,write,writev",
            "-p",
        ])
        .arg(process.child.id().to_string())
        .stderr(fs::File::create(folder.path().join("strace")).unwrap())
        .spawn()
        .unwrap();
    let attached = || fs::read_to_string(folder.path().join("strace")).unwrap();
    while !attached().contains("attached") {
        assert!(strace.try_wait().unwrap().is_none(), "{}", attached());
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    for number in 0..SIGN_UPS {
        process.sign_up(&format!("{number}@example.com")).await;
    }
    process.terminate();
    strace.wait().unwrap();
    let trace = fs::read_to_string(trace).unwrap();
    assert_eq!(replies(&trace), SIGN_UPS, "{trace}");
}

#[test]
fn a_trace_in_which_a_reply_is_early_is_found() {
    let write = "7 pwrite64(11</t/here.db-wal>, \"\"..., 24, 0) = 24";
    let sync = "7 fdatasync(11</t/here.db-wal>) = 0";
    let begun = "7 fdatasync(11</t/here.db-wal> <unfinished ...>";
    let ended = "7 <... fdatasync resumed>) = 0";
    let reply =
        "8 sendto(9<TCP:[1]>, \"HTTP/1.1 200 OK\\r\\n\"..., 300, MSG_NOSIGNAL, NULL, 0) = 300";
    for good in [&[write, sync, reply][..], &[write, begun, ended, reply]] {
        assert_eq!(replies(&good.join("\n")), 1);
    }
    for early in [
        &[write, reply, sync][..],
        &[sync, reply],
        &[sync, write, reply],
        &[write, begun, reply, ended],
        &[begun, write, ended, reply],
    ] {
        let trace = early.join("\n");
        assert!(
            std::panic::catch_unwind(|| replies(&trace)).is_err(),
            "{trace}"
        );
    }
}
