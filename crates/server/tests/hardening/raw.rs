//! Bytes on a socket, as no client library would send them.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A connection to a server at an address such as `http://127.0.0.1:3000`.
pub async fn connect(url: &str) -> TcpStream {
    let address = url.strip_prefix("http://").unwrap();
    TcpStream::connect(address).await.unwrap()
}

/// Sends bytes, and hears everything until the server closes the connection.
pub async fn exchange(url: &str, bytes: &[u8]) -> String {
    let mut stream = connect(url).await;
    // The server may have closed already: what it said is what matters.
    let _sent = stream.write_all(bytes).await;
    heard(&mut stream).await
}

/// Everything until the server closes the connection.
pub async fn heard(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let _reset = stream.read_to_end(&mut bytes).await;
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The status lines of all answers that were heard.
pub fn statuses(heard: &str) -> Vec<u16> {
    heard
        .split("HTTP/1.1 ")
        .skip(1)
        .map(|rest| rest[..3].parse().unwrap())
        .collect()
}
