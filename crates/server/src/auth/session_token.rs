//! The tokens that a tenant and this server send each other through the
//! browser of somebody who is logging in: HS256, with a secret that both have.

use data_encoding::BASE64URL_NOPAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use latchlet_core::Object;
use latchlet_store::UnixMillis;

use super::TokenRefused;
use super::token::plain_header;
use crate::fault::Fault;

/// A secret that a tenant has, too.
#[derive(Clone, PartialEq, Eq)]
pub struct SharedSecret(String);

/// A key of HS256 has as many bits as its hash (RFC 7518 §3.2).
const MIN_BYTES: usize = 32;

impl SharedSecret {
    /// A secret, if it is long enough.
    pub fn new(secret: String) -> Option<Self> {
        (secret.len() >= MIN_BYTES).then_some(Self(secret))
    }

    /// The claims of a token of an issuer: HS256 alone, and not too old.
    pub fn read(&self, token: &str, issuer: &str, now: UnixMillis) -> Result<Object, TokenRefused> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[issuer]);
        validation.set_required_spec_claims(&["exp", "iss", "sub"]);
        validation.validate_aud = false;
        // Compared below, by the clock of the server.
        validation.validate_exp = false;
        plain_header(token).ok_or(TokenRefused::Invalid)?;
        let key = DecodingKey::from_secret(self.0.as_bytes());
        let claims = decode::<Object>(token, &key, &validation)
            .map_err(|_| TokenRefused::Invalid)?
            .claims;
        let now = now.div_euclid(1000) as f64;
        let time = |name| {
            claims
                .get(name)
                .map(|at| at.as_number().unwrap_or(f64::NAN))
        };
        let is_young = time("exp").is_some_and(|at| at > now);
        let has_begun = time("nbf").is_none_or(|at| at <= now);
        let has_subject = claims.text("sub").is_some_and(|sub| !sub.is_empty());
        match is_young && has_begun && has_subject {
            true => Ok(claims),
            false => Err(TokenRefused::Invalid),
        }
    }

    /// A signed token.
    pub fn sign(&self, claims: &Object) -> Result<String, Fault> {
        let key = EncodingKey::from_secret(self.0.as_bytes());
        encode(&Header::new(Algorithm::HS256), claims, &key)
            .map_err(|error| Fault::SigningKey(error.to_string()))
    }
}

impl std::fmt::Debug for SharedSecret {
    /// Without the secret.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SharedSecret")
    }
}

/// Whose token this claims to be, so that the secret of theirs is tried.
pub fn claimed_issuer(token: &str) -> Option<String> {
    let payload = BASE64URL_NOPAD.decode(token.split('.').nth(1)?.as_bytes());
    let claims: Object = serde_json::from_slice(&payload.ok()?).ok()?;
    claims.text("iss").map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use data_encoding::BASE64URL_NOPAD;
    use latchlet_core::{Object, Value};

    use super::{SharedSecret, claimed_issuer};

    fn claims() -> Object {
        let mut claims = Object::new();
        claims.insert("sub", "auth0|1");
        claims.insert("iss", "tenant.example");
        claims.insert("exp", Value::Number(100.0));
        claims
    }

    fn secret(of: &str) -> SharedSecret {
        SharedSecret::new(of.repeat(32)).unwrap()
    }

    #[test]
    fn a_token_is_read_by_whoever_has_the_secret() {
        let token = secret("a").sign(&claims()).unwrap();
        assert_eq!(claimed_issuer(&token).as_deref(), Some("tenant.example"));
        let read = |key: &str, issuer, now| secret(key).read(&token, issuer, now).is_ok();
        assert!(read("a", "tenant.example", 99_999));
        assert!(!read("a", "tenant.example", 100_000));
        assert!(!read("a", "other.example", 0));
        assert!(!read("b", "tenant.example", 0));
    }

    #[test]
    fn a_token_without_what_it_needs_or_of_another_algorithm_is_none() {
        for missing in ["sub", "iss", "exp"] {
            let mut claims = claims();
            claims.remove(missing);
            let token = secret("a").sign(&claims).unwrap();
            assert!(
                secret("a").read(&token, "tenant.example", 0).is_err(),
                "{missing}"
            );
        }
        let token = secret("a").sign(&claims()).unwrap();
        let (_, rest) = token.split_once('.').unwrap();
        let none = BASE64URL_NOPAD.encode(br#"{"alg":"none","typ":"JWT"}"#);
        let payload = rest.split('.').next().unwrap();
        for forged in [
            [&none, ".", rest].concat(),
            [&none, ".", payload, "."].concat(),
        ] {
            assert!(secret("a").read(&forged, "tenant.example", 0).is_err());
        }
        assert_eq!(claimed_issuer("nonsense"), None);
        assert!(SharedSecret::new("short".to_owned()).is_none());
    }
}
