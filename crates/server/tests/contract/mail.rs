//! Mail through a real SMTP connection, and the mailbox of `serve --dev`

use std::time::Duration;

use data_encoding::BASE64;
use latchlet_server::config::MailConfig;
use latchlet_server::mail::{Post, Smtp};
use serde_json::json;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use crate::harness::{Server, config};
use crate::process::{Folder, Process};

/// Takes one mail as RFC 5321 has it, and hands over its lines.
async fn take_mail(listener: TcpListener, taken: oneshot::Sender<Vec<String>>) {
    let (stream, _) = listener.accept().await.unwrap();
    converse(stream, taken).await;
}

async fn converse(stream: TcpStream, taken: oneshot::Sender<Vec<String>>) {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    let mut mail = Vec::new();
    writer.write_all(b"220 sink\r\n").await.unwrap();
    while let Some(line) = lines.next_line().await.unwrap() {
        let reply: &[u8] = match line.get(..4).unwrap_or_default() {
            "EHLO" => b"250-sink\r\n250 AUTH PLAIN\r\n",
            "AUTH" => b"235 welcome\r\n",
            "DATA" => b"354 go on\r\n",
            "QUIT" => b"221 bye\r\n",
            _ => b"250 ok\r\n",
        };
        let is_data = line == "DATA";
        mail.push(line);
        writer.write_all(reply).await.unwrap();
        if is_data {
            while let Some(line) = lines.next_line().await.unwrap() {
                if line == "." {
                    break;
                }
                mail.push(line);
            }
            writer.write_all(b"250 taken\r\n").await.unwrap();
            break;
        }
    }
    taken.send(mail).unwrap();
}

#[tokio::test]
async fn a_mail_is_sent_as_text_and_as_html() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (taken, mail) = oneshot::channel();
    tokio::spawn(take_mail(listener, taken));
    let smtp = MailConfig {
        smtp_url: format!("smtp://me%40example.com:old@127.0.0.1:{port}"),
        from: "Latchlet <login@example.com>".to_owned(),
    };
    let post = Post::Smtp(Smtp::new(&smtp, Some("from the environment")).unwrap());
    let server = Server::start_with_post(config(), post).await;
    server.sign_up(json!({})).await;
    let body = json!({ "client_id": "app", "connection": "users", "email": "ada@example.com" });
    server.post("/dbconnections/change_password", &body).await;
    let mail = tokio::time::timeout(Duration::from_secs(10), mail)
        .await
        .unwrap()
        .unwrap();
    let has = |text: &str| mail.iter().any(|line| line.contains(text));
    let login = BASE64.encode(b"\0me@example.com\0from the environment");
    assert!(has(&format!("AUTH PLAIN {login}")), "{mail:#?}");
    assert!(has("MAIL FROM:<login@example.com>"), "{mail:#?}");
    assert!(has("RCPT TO:<ada@example.com>"));
    assert!(has("multipart/alternative") && has("text/plain") && has("text/html"));
    assert!(has("Subject: Choose a new password for 127.0.0.1"));
    assert!(has("/lo/reset?ticket"), "{mail:#?}");
    assert_eq!(server.get("/dev/mailbox").await.status, 404);
    assert_eq!(server.get("/dev/mailbox.json").await.status, 404);
}

/// A letter is on its way when the process is asked to end: who asked for it was
/// told that it comes.
#[tokio::test]
async fn a_process_that_ends_sends_what_it_has_promised() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let mut config = config();
    config["connections"] = json!([{ "name": "users" }]);
    config["mail"] = json!({
        "smtp_url": format!("smtp://me@127.0.0.1:{port}"), "from": "login@example.com",
    });
    let folder = Folder::with(&config.to_string());
    let mut process = Process::start(&folder);
    process.sign_up("ada@x.org").await;
    let body = json!({ "client_id": "app", "connection": "users", "email": "ada@x.org" });
    process.send("/dbconnections/change_password", body).await;
    let (stream, _) = listener.accept().await.unwrap();
    process.terminate();
    while !process.log(&folder).contains("asked to end") {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let (taken, mail) = oneshot::channel();
    tokio::spawn(converse(stream, taken));
    let mail = mail.await.unwrap();
    assert!(
        mail.contains(&"RCPT TO:<ada@x.org>".to_owned()),
        "{mail:#?}"
    );
    assert_eq!(process.child.wait().unwrap().code(), Some(0));
}

#[tokio::test]
async fn the_mailbox_shows_text_as_text() {
    let server = Server::start().await;
    assert!(
        server
            .get("/dev/mailbox")
            .await
            .text
            .contains("Nothing was sent yet.")
    );
    let body = json!({
        "client_id": "app",
        "connection": "email",
        "email": "o'neil&co@example.com",
        "send": "code",
    });
    server.post("/passwordless/start", &body).await;
    let code = server.letter(1).await.code.unwrap();
    let page = server.get("/dev/mailbox").await;
    assert!(page.text.contains("o&#39;neil&amp;co@example.com") && page.text.contains(&code));
    let letters = server.get("/dev/mailbox.json").await.json();
    assert_eq!(letters[0]["to"], "o'neil&co@example.com");
    assert_eq!(letters[0]["code"], code);
    for (host, status) in [
        ("localhost:3000", 200),
        ("[::1]", 200),
        ("evil.example", 404),
        ("127.0.0.1.evil.example", 404),
    ] {
        for path in ["/dev/mailbox", "/dev/mailbox.json"] {
            let request = server.navigate(path).header("host", host);
            assert_eq!(request.send().await.unwrap().status(), status, "{host}");
        }
    }
    for name in ["forwarded", "via", "x-forwarded-for", "x-forwarded-host"] {
        let request = server
            .navigate("/dev/mailbox.json")
            .header(name, "127.0.0.1");
        assert_eq!(request.send().await.unwrap().status(), 404, "{name}");
    }
}
