//! The keys as one process has read them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256, RsaPublicKeyComponents};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use latchlet_store::SigningKey;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::rotation;
use crate::auth::token::plain_header;
use crate::fault::Fault;

/// Keys: one signs, all verify and are published.
pub struct KeySet {
    stored: Vec<SigningKey>,
    kid: String,
    signing: KeyPair,
    verifying: BTreeMap<String, DecodingKey>,
    published: Value,
}

impl KeySet {
    pub fn of(stored: Vec<SigningKey>) -> Result<Self, Fault> {
        let current = rotation::current(&stored).ok_or_else(|| unusable("there is none"))?;
        let signing = KeyPair::from_pkcs8(&current.pkcs8).map_err(unusable)?;
        let kid = current.kid.clone();
        let mut verifying = BTreeMap::new();
        let mut published = Vec::new();
        // The one that signs stands first, for clients that look no further.
        let mut keys: Vec<_> = stored.iter().collect();
        keys.sort_by_key(|key| Reverse((key.kid == kid, key.created_at)));
        for key in keys {
            let pair = KeyPair::from_pkcs8(&key.pkcs8).map_err(unusable)?;
            let public: RsaPublicKeyComponents<Vec<u8>> = pair.public_key().into();
            published.push(jwk(key, &public));
            verifying.insert(
                key.kid.clone(),
                DecodingKey::from_rsa_raw_components(&public.n, &public.e),
            );
        }
        Ok(Self {
            stored,
            kid,
            signing,
            verifying,
            published: json!({ "keys": published }),
        })
    }

    /// Whether these are the keys that are stored.
    pub fn is_of(&self, stored: &[SigningKey]) -> bool {
        self.stored == stored
    }

    pub fn published(&self) -> Value {
        self.published.clone()
    }

    /// Whether the key of a token is here. `None` if it names none.
    pub fn knows_key_of(&self, token: &str) -> Option<bool> {
        let kid = plain_header(token)?.kid?;
        Some(self.verifying.contains_key(&kid))
    }

    /// An id in the header of a token that is not ours finds no key, and an
    /// address there is never followed.
    pub fn verified<T: DeserializeOwned>(
        &self,
        token: &str,
        issuer: &str,
        claims: &[&str],
    ) -> Option<T> {
        let kid = plain_header(token)?.kid?;
        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_issuer(&[issuer]);
        validation.set_required_spec_claims(claims);
        validation.validate_exp = false;
        validation.validate_aud = false;
        let decoded = decode(token, self.verifying.get(&kid)?, &validation);
        decoded.ok().map(|token| token.claims)
    }

    /// The key is parsed and checked once for the whole set; jsonwebtoken's
    /// `encode` would do it again for every token.
    pub fn sign(&self, claims: &impl Serialize) -> Result<String, Fault> {
        let header = json!({ "alg": "RS256", "typ": "JWT", "kid": self.kid });
        let claims = serde_json::to_vec(claims).map_err(unusable)?;
        let message = [
            BASE64URL_NOPAD.encode(header.to_string().as_bytes()),
            BASE64URL_NOPAD.encode(&claims),
        ]
        .join(".");
        let mut signature = vec![0; self.signing.public_modulus_len()];
        self.signing
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                message.as_bytes(),
                &mut signature,
            )
            .map_err(unusable)?;
        Ok([message, BASE64URL_NOPAD.encode(&signature)].join("."))
    }
}

/// A public key as clients read it (RFC 7517).
fn jwk(key: &SigningKey, public: &RsaPublicKeyComponents<Vec<u8>>) -> Value {
    let mut jwk = json!({
        "kty": "RSA",
        "use": "sig",
        "alg": "RS256",
        "kid": key.kid,
        "n": BASE64URL_NOPAD.encode(&public.n),
        "e": BASE64URL_NOPAD.encode(&public.e),
    });
    if let (Some(jwk), Some(certificate)) = (jwk.as_object_mut(), &key.certificate) {
        let thumbprint = digest(&SHA1_FOR_LEGACY_USE_ONLY, certificate);
        let thumbprint = BASE64URL_NOPAD.encode(thumbprint.as_ref());
        jwk.insert("x5t".to_owned(), thumbprint.into());
        jwk.insert("x5c".to_owned(), json!([BASE64.encode(certificate)]));
    }
    jwk
}

pub fn unusable(reason: impl ToString) -> Fault {
    Fault::SigningKey(reason.to_string())
}
