//! The RSA keys that tokens are signed with.
//!
//! They live in the database, so that tokens stay good over a restart. The
//! newest key signs; every key verifies and stands in the published set.

use std::collections::BTreeMap;

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256, RsaPublicKeyComponents};
use data_encoding::BASE64URL_NOPAD;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use latchlet_store::{SigningKey, Store, UnixMillis};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::secret;
use crate::fault::Fault;

/// The keys that tokens are signed with.
pub struct Keys {
    kid: String,
    signing: KeyPair,
    verifying: BTreeMap<String, DecodingKey>,
    published: Value,
}

impl Keys {
    /// Reads the keys from the store, and makes the first one.
    pub async fn load(store: &Store, now: UnixMillis) -> Result<Self, Fault> {
        let mut stored = store.signing_keys().await?;
        if stored.is_empty() {
            store.add_first_signing_key(&generate(now)?).await?;
            // Read again: another process may have been faster.
            stored = store.signing_keys().await?;
        }
        Self::of(&stored)
    }

    fn of(stored: &[SigningKey]) -> Result<Self, Fault> {
        let mut signing = None;
        let mut verifying = BTreeMap::new();
        let mut published = Vec::new();
        for key in stored {
            let pair = KeyPair::from_pkcs8(&key.pkcs8).map_err(unusable)?;
            let public: RsaPublicKeyComponents<Vec<u8>> = pair.public_key().into();
            published.push(json!({
                "kty": "RSA",
                "use": "sig",
                "alg": "RS256",
                "kid": key.kid,
                "n": BASE64URL_NOPAD.encode(&public.n),
                "e": BASE64URL_NOPAD.encode(&public.e),
            }));
            verifying.insert(
                key.kid.clone(),
                DecodingKey::from_rsa_raw_components(&public.n, &public.e),
            );
            signing.get_or_insert((key.kid.clone(), pair));
        }
        let (kid, signing) = signing.ok_or_else(|| unusable("there is none"))?;
        Ok(Self {
            kid,
            signing,
            verifying,
            published: json!({ "keys": published }),
        })
    }

    /// The set for `/.well-known/jwks.json`.
    pub fn published(&self) -> &Value {
        &self.published
    }

    /// The claims of a token that one of our keys has signed for us: RS256
    /// alone, and with the claims that are named. An id in its header that is
    /// not ours finds no key, and an address there is never followed. How old it
    /// may be and who it is for are the caller's questions.
    pub fn verified<T: DeserializeOwned>(
        &self,
        token: &str,
        issuer: &str,
        claims: &[&str],
    ) -> Option<T> {
        let kid = decode_header(token).ok()?.kid?;
        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_issuer(&[issuer]);
        validation.set_required_spec_claims(claims);
        validation.validate_exp = false;
        validation.validate_aud = false;
        let decoded = decode(token, self.verifying.get(&kid)?, &validation);
        decoded.ok().map(|token| token.claims)
    }

    /// A signed token (RS256).
    ///
    /// The key is parsed and checked once here; jsonwebtoken's `encode` would
    /// do it again for every token.
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

fn generate(now: UnixMillis) -> Result<SigningKey, Fault> {
    let pair = KeyPair::generate(KeySize::Rsa2048).map_err(unusable)?;
    Ok(SigningKey {
        kid: secret::id()?,
        pkcs8: pair.as_der().map_err(unusable)?.as_ref().to_vec(),
        created_at: now,
    })
}

fn unusable(reason: impl ToString) -> Fault {
    Fault::SigningKey(reason.to_string())
}
