//! Mail through npm's `smtp-server`, read by npm's `postal-mime`. `cargo xtask
//! test` installs both first, and runs these tests.

use std::process::Stdio;

use latchlet_server::config::MailConfig;
use latchlet_server::mail::{Letter, Post, Smtp, SmtpError, link_letter};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use crate::harness::{Server, config};
use crate::process::{Folder, Process};

const NEEDS: &str = "needs npm's smtp-server, which `cargo xtask test` installs";

/// The SMTP server, in a process of its own.
struct Mailer {
    _process: Child,
    lines: Lines<BufReader<ChildStdout>>,
    port: u16,
}

impl Mailer {
    async fn start(mode: &str) -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/mail/server.mjs");
        let mut process = Command::new("node")
            .args([script, mode])
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = lines.next_line().await.unwrap().ok_or(NEEDS).unwrap();
        Self {
            _process: process,
            lines,
            port: port.parse().unwrap(),
        }
    }

    fn config(&self) -> MailConfig {
        MailConfig {
            smtp_url: format!("smtp://127.0.0.1:{}", self.port),
            from: "Ada \u{202e}\"Café\" <login@example.com>".to_owned(),
        }
    }

    fn smtp(&self) -> Smtp {
        Smtp::new(&self.config(), None).unwrap()
    }

    /// The next mail that it takes.
    async fn mail(&mut self) -> Value {
        let line = self.lines.next_line().await.unwrap().unwrap();
        serde_json::from_str(&line).unwrap()
    }
}

fn letter(subject: &str, text: &str) -> Letter {
    Letter {
        to: "ada@example.com".to_owned(),
        subject: subject.to_owned(),
        text: text.to_owned(),
        html: format!("<p>{}</p>", text.len()),
        link: None,
        code: None,
    }
}

#[tokio::test]
#[ignore = "needs npm's smtp-server, which `cargo xtask test` installs"]
async fn letters_arrive_as_they_were_written() {
    let mut mailer = Mailer::start("").await;
    let server = Server::start_with_post(config(), Post::Smtp(mailer.smtp())).await;
    server
        .sign_up(json!({ "email": "o'neil+{{7*7}}@example.com" }))
        .await;
    let forgot = json!({
        "client_id": "app", "connection": "users", "email": "O'Neil+{{7*7}}@example.com",
    });
    assert_eq!(
        server
            .post("/dbconnections/change_password", &forgot)
            .await
            .status,
        200
    );
    let mail = mailer.mail().await;
    let address = "o'neil+{{7*7}}@example.com";
    assert_eq!(
        mail["envelope"],
        json!({ "from": "login@example.com", "to": [address] })
    );
    assert_eq!(mail["to"][0]["address"], address);
    assert_eq!(mail["from"]["address"], "login@example.com");
    assert_eq!(mail["subject"], "Choose a new password for 127.0.0.1");
    let (text, html) = (
        mail["text"].as_str().unwrap(),
        mail["html"].as_str().unwrap(),
    );
    assert!(text.contains(address), "{text}");
    assert!(html.contains("o&#39;neil+{{7*7}}@example.com"), "{html}");
    let link = text
        .lines()
        .find(|line| line.contains("/lo/reset?ticket="))
        .unwrap()
        .trim();
    assert!(html.contains(&format!("href=\"{link}\"")), "{html}");
    assert_eq!(server.get(server.path(link)).await.status, 200);
}

/// What stands in a letter is text, whatever it looks like, and none of it is
/// taken out.
#[tokio::test]
#[ignore = "needs npm's smtp-server, which `cargo xtask test` installs"]
async fn hostile_texts_stay_texts() {
    let mut mailer = Mailer::start("").await;
    let smtp = mailer.smtp();
    let hostile = [
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "{{constructor.constructor('alert(1)')()}} ${7*7} <%= 7*7 %> #{7*7}",
        "\u{202e}moc.elpmaxe.live\u{202c} \u{200b}\u{feff}",
        "O'Brien <3 & \"x\" ’–😀",
    ];
    for hostile in hostile {
        smtp.send(&link_letter(
            hostile,
            "ada@example.com",
            "https://login.example.com/x?a=1&b=%22",
        ))
        .await
        .unwrap();
        let mail = mailer.mail().await;
        assert_eq!(mail["subject"], format!("Log in to {hostile}"));
        assert!(mail["text"].as_str().unwrap().contains(hostile), "{mail:#}");
        let html = mail["html"].as_str().unwrap();
        let escaped = hostile
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        let escaped = escaped.replace('"', "&quot;").replace('\'', "&#39;");
        assert!(html.contains(&escaped), "{html}");
        assert!(
            !html.contains("<script") && !html.contains("<img"),
            "{html}"
        );
        assert!(html.contains("a=1&amp;b=%22"), "{html}");
    }
}

/// No line of a subject, a name or an address becomes a header or a command.
#[tokio::test]
#[ignore = "needs npm's smtp-server, which `cargo xtask test` installs"]
async fn nothing_becomes_a_header_or_a_command() {
    let mut mailer = Mailer::start("").await;
    let smtp = mailer.smtp();
    for line_end in ["\r\n", "\n", "\r", "\r\n\r\n", "\u{2028}", "\0"] {
        let subject = format!("Hello{line_end}Bcc: eve@evil.example{line_end}{line_end}<p>body");
        let text =
            format!("first{line_end}.{line_end}RCPT TO:<eve@evil.example>{line_end}.\r\n..\r\n");
        match smtp.send(&letter(&subject, &text)).await {
            Ok(()) => {
                let mail = mailer.mail().await;
                assert_eq!(
                    mail["envelope"]["to"],
                    json!(["ada@example.com"]),
                    "{line_end:?}"
                );
                assert_eq!(mail["bcc"], Value::Null, "{line_end:?} {mail:#}");
                let headers = mail["headers"].as_array().unwrap();
                assert!(!headers.iter().any(|it| it["key"] == "bcc"), "{headers:?}");
                assert!(
                    mail["text"].as_str().unwrap().contains("RCPT TO"),
                    "{mail:#}"
                );
            }
            Err(error) => assert!(matches!(error, SmtpError::Letter(_)), "{error}"),
        }
    }
    for to in [
        "ada@example.com\r\nBcc: eve@evil.example",
        "ada@example.com>\r\nRCPT TO:<eve@evil.example",
        "ada@example.com,eve@evil.example",
        "<ada@example.com>",
    ] {
        let letter = Letter {
            to: to.to_owned(),
            ..letter("Hello", "text")
        };
        assert!(
            matches!(smtp.send(&letter).await, Err(SmtpError::Letter(_))),
            "{to:?}"
        );
    }
}

#[tokio::test]
#[ignore = "needs npm's smtp-server, which `cargo xtask test` installs"]
async fn a_letter_that_is_not_taken_for_now_is_sent_again() {
    let mut mailer = Mailer::start("--later").await;
    mailer.smtp().send(&letter("Hello", "text")).await.unwrap();
    let mail = mailer.mail().await;
    assert_eq!(
        (&mail["subject"], &mail["attempts"]),
        (&json!("Hello"), &json!(2))
    );
}

/// The answer is the same with the mailer down; the log says what happened, and
/// not to whom.
#[tokio::test]
#[ignore = "needs npm's smtp-server, which `cargo xtask test` installs"]
async fn a_letter_that_is_refused_is_in_the_log_without_its_address() {
    let mailer = Mailer::start("--never").await;
    let mut config = config();
    config["connections"] = json!([{ "name": "users" }]);
    config["mail"] = json!({ "smtp_url": mailer.config().smtp_url, "from": "login@example.com" });
    let folder = Folder::with(&config.to_string());
    let process = Process::start(&folder);
    process.sign_up("canary@example.com").await;
    let forgot =
        json!({ "client_id": "app", "connection": "users", "email": "canary@example.com" });
    let request = process
        .http
        .post(format!("{}/dbconnections/change_password", process.url));
    assert_eq!(request.json(&forgot).send().await.unwrap().status(), 200);
    while !process.log(&folder).contains("a mail was not sent") {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let log = process.log(&folder);
    assert!(
        log.contains("refused it: it answered 550") && !log.contains("canary"),
        "{log}"
    );
}
