//! The certificate of a server that speaks TLS itself.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::pem::{Error as PemError, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

/// Why a certificate or its key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read.
    #[error("cannot read {path}: {reason}", path = path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        reason: io::Error,
    },
    /// Everybody on the machine can read the key, or change it.
    #[error(
        "{path} is open to every user of this machine, and whoever has the key can be this \
         server. Take their rights away: chmod 600 {path}",
        path = path.display()
    )]
    OpenKey {
        /// The file.
        path: PathBuf,
    },
    /// A file has something else than it should.
    #[error("{path} has no {wanted} in PEM form that can be read{reason}", path = path.display())]
    Missing {
        /// The file.
        path: PathBuf,
        /// What should be in it.
        wanted: &'static str,
        /// What is wrong with what is there, if something is.
        reason: String,
    },
    /// The certificate is for another key, or neither is of a usable kind.
    #[error(
        "{certificate} and {key} do not belong together, or cannot be used: {reason}. The \
         server's own certificate must come first, then those that lead to its authority",
        certificate = certificate.display(),
        key = key.display()
    )]
    Refused {
        /// The file of the certificate.
        certificate: PathBuf,
        /// The file of the key.
        key: PathBuf,
        /// What the TLS library says.
        reason: rustls::Error,
    },
}

/// Reads a certificate, with those that lead to its authority, and its key.
pub fn load(certificate: &Path, key: &Path) -> Result<TlsAcceptor, TlsError> {
    let missing = |path: &Path, wanted, error: Option<PemError>| TlsError::Missing {
        path: path.to_owned(),
        wanted,
        reason: error.map(|it| format!(": {it}")).unwrap_or_default(),
    };
    let chain: Vec<_> = CertificateDer::pem_slice_iter(&read(certificate)?)
        .collect::<Result<_, _>>()
        .map_err(|error| missing(certificate, "certificate", Some(error)))?;
    if chain.is_empty() {
        return Err(missing(certificate, "certificate", None));
    }
    check_rights(key)?;
    let secret = PrivateKeyDer::from_pem_slice(&read(key)?).map_err(|error| match error {
        PemError::NoItemsFound => missing(key, "private key", None),
        other => missing(key, "private key", Some(other)),
    })?;
    let mut config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(chain, secret)
        .map_err(|reason| TlsError::Refused {
            certificate: certificate.to_owned(),
            key: key.to_owned(),
            reason,
        })?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn read(path: &Path) -> Result<Vec<u8>, TlsError> {
    fs::read(path).map_err(|reason| unreadable(path, reason))
}

fn unreadable(path: &Path, reason: io::Error) -> TlsError {
    let path = path.to_owned();
    TlsError::Unreadable { path, reason }
}

/// A group may read the key, as one for certificates does on Debian.
#[cfg(unix)]
fn check_rights(path: &Path) -> Result<(), TlsError> {
    use std::os::unix::fs::PermissionsExt;
    let file = fs::metadata(path).map_err(|reason| unreadable(path, reason))?;
    match file.permissions().mode() & 0o027 {
        0 => Ok(()),
        _ => {
            let path = path.to_owned();
            Err(TlsError::OpenKey { path })
        }
    }
}

#[cfg(not(unix))]
fn check_rights(_: &Path) -> Result<(), TlsError> {
    Ok(())
}
