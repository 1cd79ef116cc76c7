//! The server with a certificate of its own.

use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ProtocolVersion, RootCertStore};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::process::{Folder, good};

const OPTIONS: [&str; 8] = [
    "--config",
    "server.json",
    "--listen",
    "127.0.0.1:0",
    "--tls-certificate",
    "certificate.pem",
    "--tls-key",
    "key.pem",
];

/// Puts a certificate for this machine and its key beside the config, and
/// returns the authority that vouches for it.
fn certify(folder: &Folder) -> CertificateDer<'static> {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
    let certificate = params.signed_by(&key, &authority).unwrap();
    write(folder, "certificate.pem", &certificate.pem());
    write(folder, "key.pem", &key.serialize_pem());
    authority.der().clone()
}

/// Writes a file that nobody else may read.
fn write(folder: &Folder, name: &str, text: &str) {
    let path = folder.0.path().join(name);
    fs::write(&path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
}

/// The binary, ended with the test.
struct Running(Child, SocketAddr);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

/// Starts the binary. Another program may take the port between finding it
/// free and listening on it; then the next one is tried.
fn start(folder: &Folder) -> Running {
    (0..5).find_map(|_| try_start(folder)).unwrap()
}

fn try_start(folder: &Folder) -> Option<Running> {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let mut options = OPTIONS.map(str::to_owned);
    options[3] = address.to_string();
    let log = fs::File::create(folder.log()).unwrap();
    let mut command = folder.command(&[]);
    command.args(options).stdout(Stdio::null()).stderr(log);
    let mut running = Running(command.spawn().unwrap(), address);
    let listening = format!("listening on {address}, reached at https://{address}");
    while !fs::read_to_string(folder.log())
        .unwrap()
        .contains(&listening)
    {
        if running.0.try_wait().unwrap().is_some() {
            return None;
        }
        thread::sleep(Duration::from_millis(10));
    }
    Some(running)
}

#[tokio::test]
async fn a_client_that_knows_the_authority_gets_in_by_tls() {
    let folder = good();
    let mut roots = RootCertStore::empty();
    roots.add(certify(&folder)).unwrap();
    let running = start(&folder);
    let address = running.1;
    let config = ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connector = TlsConnector::from(Arc::new(config));
    let stream = TcpStream::connect(address).await.unwrap();
    let name = ServerName::try_from("127.0.0.1").unwrap();
    let mut stream = connector.connect(name, stream).await.unwrap();
    let version = stream.get_ref().1.protocol_version();
    assert_eq!(version, Some(ProtocolVersion::TLSv1_3));
    let request = format!(
        "GET /.well-known/openid-configuration HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).await.unwrap();
    assert!(reply.starts_with("HTTP/1.1 200"), "{reply}");
    let issuer = format!("\"issuer\":\"https://{address}/\"");
    assert!(reply.contains(&issuer), "{reply}");
    assert!(
        reply.contains("strict-transport-security: max-age="),
        "{reply}"
    );
}

/// What is no TLS is not answered, and others are served meanwhile.
#[tokio::test]
async fn a_client_that_speaks_plain_http_gets_no_answer() {
    let folder = good();
    certify(&folder);
    let running = start(&folder);
    let _silent = TcpStream::connect(running.1).await.unwrap();
    let mut stream = TcpStream::connect(running.1).await.unwrap();
    stream
        .write_all(b"GET /health HTTP/1.1\r\n\r\n")
        .await
        .unwrap();
    let mut reply = Vec::new();
    // What comes is an alert of TLS, or the end of the connection.
    stream.read_to_end(&mut reply).await.unwrap_or_default();
    assert!(!reply.starts_with(b"HTTP"), "{reply:?}");
}

#[test]
fn files_that_cannot_be_used_are_told_with_what_to_do() {
    let folder = good();
    let mut shown = Vec::new();
    let mut fails = |options: &[&str]| {
        let (code, message) = folder.fails(options);
        assert_eq!(code, 2, "{message}");
        shown.push(message);
    };
    fails(&OPTIONS[..6]);
    fails(&OPTIONS);
    certify(&folder);
    let certificate = fs::read_to_string(folder.0.path().join("certificate.pem")).unwrap();
    write(&folder, "certificate.pem", "no PEM");
    fails(&OPTIONS);
    write(&folder, "certificate.pem", &certificate);
    let key = fs::read_to_string(folder.0.path().join("key.pem")).unwrap();
    write(&folder, "key.pem", &certificate);
    fails(&OPTIONS);
    write(
        &folder,
        "key.pem",
        &KeyPair::generate().unwrap().serialize_pem(),
    );
    fails(&OPTIONS);
    write(&folder, "key.pem", &key);
    let path = folder.0.path().join("key.pem");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    fails(&OPTIONS);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    fails(&[&OPTIONS[..], &["--public-url", "http://127.0.0.1:3000"]].concat());
    insta::assert_snapshot!(shown.join("\n"));
}
