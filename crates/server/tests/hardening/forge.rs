//! Tokens as an attacker writes them, and, to see that a claim alone is enough
//! to refuse one, with the server's own key.

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RSA_PKCS1_SHA512, RsaEncoding};
use data_encoding::BASE64URL_NOPAD;
use serde_json::Value;

use crate::harness::Server;

/// Makes tokens.
pub struct Forge {
    pub key: KeyPair,
    pub kid: String,
}

impl Forge {
    /// With the key of a server.
    pub async fn of(server: &Server) -> Self {
        let keys = server.store.signing_keys().await.unwrap();
        let key = &keys[0];
        Self {
            key: KeyPair::from_pkcs8(&key.pkcs8).unwrap(),
            kid: key.kid.clone(),
        }
    }

    /// A header and claims, written as they are, signed as RS256.
    pub fn sign(&self, header: &str, claims: &str) -> String {
        self.sign_by(&RSA_PKCS1_SHA256, header, claims)
    }

    /// The same by SHA-512.
    pub fn sign_512(&self, header: &str, claims: &str) -> String {
        self.sign_by(&RSA_PKCS1_SHA512, header, claims)
    }

    fn sign_by(&self, encoding: &'static dyn RsaEncoding, header: &str, claims: &str) -> String {
        let message = unsigned(header, claims);
        let mut signature = vec![0; self.key.public_modulus_len()];
        let random = SystemRandom::new();
        self.key
            .sign(encoding, &random, message.as_bytes(), &mut signature)
            .unwrap();
        format!("{message}.{}", BASE64URL_NOPAD.encode(&signature))
    }
}

/// Signed with a secret, which an attacker takes to be the public key.
pub fn hmac(algorithm: hmac::Algorithm, secret: &[u8], header: &str, claims: &str) -> String {
    let message = unsigned(header, claims);
    let key = hmac::Key::new(algorithm, secret);
    let tag = hmac::sign(&key, message.as_bytes());
    format!("{message}.{}", BASE64URL_NOPAD.encode(tag.as_ref()))
}

/// The first two parts of a token.
pub fn unsigned(header: &str, claims: &str) -> String {
    let encode = |text: &str| BASE64URL_NOPAD.encode(text.as_bytes());
    format!("{}.{}", encode(header), encode(claims))
}

/// A part of a token, read.
pub fn part(token: &str, number: usize) -> Value {
    let part = token.split('.').nth(number).unwrap();
    serde_json::from_slice(&BASE64URL_NOPAD.decode(part.as_bytes()).unwrap()).unwrap()
}

/// A JSON object with some properties set; `null` takes one out.
pub fn with(object: &Value, changes: Value) -> String {
    let mut object = object.clone();
    crate::harness::merge(&mut object, changes);
    object.to_string()
}
