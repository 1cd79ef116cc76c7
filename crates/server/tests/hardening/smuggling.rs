//! Requests that a proxy in front might read otherwise than this server: what is
//! ambiguous is refused, and what follows it is not read as another request.

use crate::harness::Server;
use crate::raw::{exchange, statuses};

/// A second request, hidden in the first for one of the two readers.
const HIDDEN: &str = "GET /health HTTP/1.1\r\nhost: x\r\nx-hidden: 1\r\nconnection: close\r\n\r\n";

fn post(headers: &str, body: &str) -> Vec<u8> {
    format!("POST /oauth/token HTTP/1.1\r\nhost: x\r\n{headers}\r\n{body}").into_bytes()
}

#[tokio::test]
async fn two_ways_to_tell_a_length() {
    let server = Server::start().await;
    let chunked = format!("0\r\n\r\n{HIDDEN}");
    let length = HIDDEN.len();
    let attacks = [
        (
            "two lengths",
            post(
                &format!("content-length: 0\r\ncontent-length: {length}\r\n"),
                HIDDEN,
            ),
        ),
        (
            "two lengths in one",
            post(&format!("content-length: 0, {length}\r\n"), HIDDEN),
        ),
        (
            "a length with a sign",
            post("content-length: +0\r\n", HIDDEN),
        ),
        ("a negative length", post("content-length: -1\r\n", HIDDEN)),
        (
            "a length in hexadecimal",
            post("content-length: 0x0\r\n", HIDDEN),
        ),
        (
            "a huge length",
            post("content-length: 99999999999999999999\r\n", HIDDEN),
        ),
        (
            "chunked, not last",
            post("transfer-encoding: chunked, identity\r\n", &chunked),
        ),
        (
            "another encoding",
            post("transfer-encoding: xchunked\r\n", &chunked),
        ),
        (
            "a space before the colon",
            post(
                "transfer-encoding : chunked\r\ncontent-length: 0\r\n",
                &chunked,
            ),
        ),
        (
            "a folded header",
            post(
                "x-a: b\r\n transfer-encoding: chunked\r\ncontent-length: 0\r\n",
                HIDDEN,
            ),
        ),
        (
            "a bare CR in a header",
            post(
                "x-a: b\rtransfer-encoding: chunked\r\ncontent-length: 0\r\n",
                HIDDEN,
            ),
        ),
        (
            "a NUL in a header",
            post("x-a: b\0c\r\ncontent-length: 0\r\n", HIDDEN),
        ),
        (
            "a length of a chunk that overflows",
            post(
                "transfer-encoding: chunked\r\n",
                &format!("ffffffffffffffff1\r\n{HIDDEN}"),
            ),
        ),
        (
            "a chunk without a length",
            post("transfer-encoding: chunked\r\n", &format!("\r\n{HIDDEN}")),
        ),
    ];
    for (what, bytes) in attacks {
        let heard = exchange(&server.url, &bytes).await;
        let statuses = statuses(&heard);
        assert!(statuses.len() <= 1, "{what}: {heard}");
        assert!(
            statuses
                .iter()
                .all(|it| (400..500).contains(it) || *it == 501),
            "{what}: {heard}"
        );
    }
}

/// The length gives way to the encoding (RFC 9112 §6.3), and the connection may
/// not go on: what is left is read as nothing, or as exactly what the encoding
/// leaves.
#[tokio::test]
async fn a_length_beside_an_encoding() {
    let server = Server::start().await;
    for headers in [
        "content-length: 4\r\ntransfer-encoding: chunked\r\n",
        "transfer-encoding: chunked\r\ncontent-length: 4\r\n",
        "transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\ncontent-length: 4\r\n",
    ] {
        let body = format!("5c\r\n{}\r\n0\r\n\r\n", &"x".repeat(0x5c));
        let bytes = post(&format!("{headers}connection: close\r\n"), &body);
        let heard = exchange(&server.url, &bytes).await;
        assert!(statuses(&heard).len() <= 1, "{heard}");
        assert!(
            statuses(&heard).iter().all(|it| (400..500).contains(it)),
            "{heard}"
        );
    }
}

#[tokio::test]
async fn heads_have_bounds() {
    let server = Server::start().await;
    let long_path = format!("GET /{} HTTP/1.1\r\nhost: x\r\n\r\n", "a".repeat(70_000));
    let long_header = format!(
        "GET /health HTTP/1.1\r\nhost: x\r\nx-a: {}\r\n\r\n",
        "a".repeat(70_000)
    );
    let many: String = (0..500).map(|it| format!("x-{it}: 1\r\n")).collect();
    let many_headers = format!("GET /health HTTP/1.1\r\nhost: x\r\n{many}\r\n");
    for bytes in [long_path, long_header, many_headers] {
        let heard = exchange(&server.url, bytes.as_bytes()).await;
        let statuses = statuses(&heard);
        assert!(matches!(statuses[..], [] | [414] | [431]), "{heard}");
    }
    for nonsense in [
        "GET /health HTTP/9.9\r\n\r\n",
        "GET /he alth HTTP/1.1\r\nhost: x\r\n\r\n",
        "GET\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ] {
        let heard = exchange(&server.url, nonsense.as_bytes()).await;
        assert!(
            statuses(&heard)
                .iter()
                .all(|it| (400..506).contains(it) && *it != 500),
            "{heard}"
        );
    }
    assert_eq!(server.get("/health").await.status, 200);
}

/// An answer never has a header that a request chose.
#[tokio::test]
async fn no_line_of_a_value_becomes_a_header() {
    let server = Server::start().await;
    let broken = "x%0d%0aset-cookie:%20stolen=1%0d%0a%0d%0a<p>";
    for path in [
        format!(
            "/authorize?client_id=app&response_type=code&state={broken}&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback&prompt=none"
        ),
        format!("/v2/logout?client_id=app&returnTo=https://app.example/{broken}"),
        format!("/v2/logout?client_id={broken}"),
        format!("/client/{broken}.js"),
        format!("/lo/reset?ticket={broken}"),
        format!("/{broken}"),
    ] {
        let bytes = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        let heard = exchange(&server.url, bytes.as_bytes()).await;
        let head = heard.split("\r\n\r\n").next().unwrap().to_lowercase();
        assert!(!head.contains("\nset-cookie: stolen"), "{heard}");
        assert!(!heard.contains("<p>") || heard.contains("<html"), "{heard}");
    }
}
