//! The ID token of another provider (OpenID Connect Core §3.1.3.7).

use aws_lc_rs::digest::{self, SHA256, SHA512};
use data_encoding::BASE64URL_NOPAD;
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use latchlet_core::{Object, Value};
use latchlet_store::UnixMillis;

use super::secret;

#[cfg(test)]
mod tests;

/// The algorithms that are taken. One with a shared secret never is, nor none.
const ALGORITHMS: [Algorithm; 4] = [
    Algorithm::RS256,
    Algorithm::PS256,
    Algorithm::ES256,
    Algorithm::EdDSA,
];
/// By how many seconds two clocks may differ.
const LEEWAY: f64 = 60.0;
/// The most characters of `sub` (§2).
const MAX_SUBJECT: usize = 255;

/// The keys that a provider publishes.
#[derive(Clone, Debug, Default)]
pub struct ProviderKeys(Vec<Jwk>);

/// What an ID token must say.
pub struct Expected<'a> {
    /// The provider.
    pub issuer: &'a str,
    /// What this server is called there.
    pub client_id: &'a str,
    /// What was sent along.
    pub nonce: &'a str,
    /// The access token that came with it.
    pub access_token: Option<&'a str>,
    /// How many seconds ago the person may have logged in there.
    pub max_age: Option<i64>,
    /// Now.
    pub now: UnixMillis,
}

/// Why an ID token is refused.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdTokenRefused {
    /// It is signed by a key that is not known.
    #[error("its key is not among the provider's")]
    UnknownKey,
    /// Something is wrong with it.
    #[error("{0}")]
    Invalid(&'static str),
}

use IdTokenRefused::{Invalid, UnknownKey};

impl ProviderKeys {
    /// Reads a set of keys. Those that cannot be read are not for us.
    pub fn read(set: &serde_json::Value) -> Option<Self> {
        let keys = set.get("keys")?.as_array()?.iter();
        let keys = keys.filter_map(|key| serde_json::from_value(key.clone()).ok());
        Some(Self(keys.collect()))
    }

    /// The claims of a token, if it is by the provider, for us, of this login,
    /// and not too old.
    pub fn verify(&self, token: &str, expected: &Expected<'_>) -> Result<Object, IdTokenRefused> {
        let header = decode_header(token).map_err(|_| Invalid("it is no signed JWT"))?;
        if !ALGORITHMS.contains(&header.alg) {
            return Err(Invalid("its algorithm is not taken"));
        }
        if header.crit.is_some() {
            return Err(Invalid("its header says something that is not understood"));
        }
        let key = self.find(header.kid.as_deref(), header.alg)?;
        let key = DecodingKey::from_jwk(key).map_err(|_| Invalid("its key is not a key"))?;
        let mut validation = Validation::new(header.alg);
        validation.set_required_spec_claims::<&str>(&[]);
        // All of these are compared below: the times by the clock of the
        // server, the rest as OpenID Connect says it.
        validation.validate_exp = false;
        validation.validate_aud = false;
        let claims = decode::<Object>(token, &key, &validation)
            .map_err(|_| Invalid("its signature is not the provider's"))?
            .claims;
        check(&claims, header.alg, expected)?;
        Ok(claims)
    }

    /// The key of a token: the one of its id; without an id, the only one there
    /// is.
    fn find(&self, kid: Option<&str>, algorithm: Algorithm) -> Result<&Jwk, IdTokenRefused> {
        let mut fitting = self.0.iter().filter(|key| {
            (kid.is_none() || key.common.key_id.as_deref() == kid) && fits(key, algorithm)
        });
        match (fitting.next(), fitting.next()) {
            (None, _) => Err(UnknownKey),
            (Some(_), Some(_)) if kid.is_none() => Err(Invalid("it does not say which key it has")),
            (Some(key), _) => Ok(key),
        }
    }
}

/// Whether a key is for signatures by an algorithm.
fn fits(key: &Jwk, algorithm: Algorithm) -> bool {
    let common = &key.common;
    let is_for_signatures = matches!(common.public_key_use, None | Some(PublicKeyUse::Signature));
    let is_of_kind = matches!(
        (&key.algorithm, algorithm),
        (
            AlgorithmParameters::RSA(_),
            Algorithm::RS256 | Algorithm::PS256
        ) | (AlgorithmParameters::EllipticCurve(_), Algorithm::ES256)
            | (AlgorithmParameters::OctetKeyPair(_), Algorithm::EdDSA)
    );
    let says_so = common
        .key_algorithm
        .is_none_or(|says| says == algorithm.into());
    is_for_signatures && is_of_kind && says_so
}

fn check(
    claims: &Object,
    algorithm: Algorithm,
    expected: &Expected<'_>,
) -> Result<(), IdTokenRefused> {
    let must = |holds: bool, otherwise| {
        if holds {
            Ok(())
        } else {
            Err(Invalid(otherwise))
        }
    };
    let now = expected.now.div_euclid(1000) as f64;
    let time = |name| claims.get(name).and_then(Value::as_number);
    must(
        claims.text("iss") == Some(expected.issuer),
        "it is by another issuer",
    )?;
    let (is_for_us, is_for_others) = match claims.get("aud") {
        Some(Value::Text(one)) => (one == expected.client_id, false),
        Some(Value::List(all)) => (
            all.iter()
                .any(|it| it.as_text() == Some(expected.client_id)),
            all.len() > 1,
        ),
        _ => (false, false),
    };
    must(is_for_us, "it is for another client")?;
    match claims.get("azp") {
        Some(azp) => must(
            azp.as_text() == Some(expected.client_id),
            "it was issued to another client",
        )?,
        None => must(
            !is_for_others,
            "it does not say which client it was issued to",
        )?,
    }
    must(
        time("exp").is_some_and(|at| now < at + LEEWAY),
        "it is too old",
    )?;
    for begin in ["iat", "nbf"] {
        let is_past = |at| at <= now + LEEWAY;
        let is_there = begin == "iat";
        must(
            claims
                .get(begin)
                .map_or(!is_there, |_| time(begin).is_some_and(is_past)),
            "it is from the future, or does not say when it was issued",
        )?;
    }
    let nonce = claims.text("nonce").unwrap_or_default();
    must(
        secret::same(nonce.as_bytes(), expected.nonce.as_bytes()),
        "it is of another login",
    )?;
    if let Some(max_age) = expected.max_age {
        let oldest = now - max_age as f64 - LEEWAY;
        must(
            time("auth_time").is_some_and(|at| at >= oldest),
            "the login there is older than was asked for",
        )?;
    }
    if let Some(at_hash) = claims.get("at_hash") {
        let computed = expected
            .access_token
            .map(|token| half_hash(token, algorithm));
        must(
            computed.is_some() && at_hash.as_text() == computed.as_deref(),
            "it came with another access token",
        )?;
    }
    let subject = claims.text("sub").unwrap_or_default();
    must(
        (1..=MAX_SUBJECT).contains(&subject.len()) && !subject.contains(char::is_control),
        "it does not say who it is about",
    )
}

/// The left half of the hash of an access token (§3.1.3.6).
fn half_hash(token: &str, algorithm: Algorithm) -> String {
    let hash = match algorithm {
        Algorithm::EdDSA => &SHA512,
        _ => &SHA256,
    };
    let hash = digest::digest(hash, token.as_bytes());
    let half = hash.as_ref().get(..hash.as_ref().len() / 2);
    BASE64URL_NOPAD.encode(half.unwrap_or_default())
}
