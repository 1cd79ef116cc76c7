//! New keys.

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use latchlet_store::{SigningKey, UnixMillis};
use rcgen::{CertificateParams, DnType, PKCS_RSA_SHA256};

use super::set::unusable;
use crate::auth::secret;
use crate::fault::Fault;

/// What the certificate of a key calls it. Not the server's address: keys
/// outlive it.
const COMMON_NAME: &str = "Latchlet signing key";

/// A key of 2048 bits with its certificate. It takes a while, so it is made
/// where nobody waits for the thread.
pub async fn key(now: UnixMillis, signs_from: Option<UnixMillis>) -> Result<SigningKey, Fault> {
    let made = tokio::task::spawn_blocking(move || generate(now, signs_from)).await;
    made.map_err(unusable)?
}

fn generate(now: UnixMillis, signs_from: Option<UnixMillis>) -> Result<SigningKey, Fault> {
    let pair = KeyPair::generate(KeySize::Rsa2048).map_err(unusable)?;
    let pkcs8 = pair.as_der().map_err(unusable)?.as_ref().to_vec();
    Ok(SigningKey {
        kid: secret::id()?,
        certificate: Some(certificate(&pkcs8)?),
        pkcs8,
        created_at: now,
        signs_from,
    })
}

/// A certificate for libraries that take a key out of one. It is signed by the
/// key itself, and its dates are as wide as they can be: whether the key is good
/// is told by the set that it stands in.
fn certificate(pkcs8: &[u8]) -> Result<Vec<u8>, Fault> {
    let pair = rcgen::KeyPair::from_pkcs8_der_and_sign_algo(&pkcs8.into(), &PKCS_RSA_SHA256);
    let mut parameters = CertificateParams::default();
    let name = &mut parameters.distinguished_name;
    name.push(DnType::CommonName, COMMON_NAME);
    let signed = parameters.self_signed(&pair.map_err(unusable)?);
    Ok(signed.map_err(unusable)?.der().to_vec())
}
