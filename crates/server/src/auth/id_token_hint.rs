//! An ID token of ours that comes back, to say whose session is meant. It may
//! be long over: that is when people log out.

use jsonwebtoken::{Algorithm, Validation, decode, decode_header};
use serde::Deserialize;

use super::Keys;

/// What an ID token that comes back says.
#[derive(Debug, Deserialize)]
pub struct IdTokenHint {
    /// The application that it was issued to.
    pub aud: String,
    /// Who.
    pub sub: String,
    /// The session.
    pub sid: String,
}

impl IdTokenHint {
    /// Reads a token, if this server signed it.
    pub fn read(token: &str, keys: &Keys, issuer: &str) -> Option<Self> {
        let kid = decode_header(token).ok()?.kid?;
        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_issuer(&[issuer]);
        validation.set_required_spec_claims(&["iss", "aud", "sub"]);
        validation.validate_exp = false;
        validation.validate_aud = false;
        let decoded = decode::<Self>(token, keys.verifying(&kid)?, &validation);
        decoded.ok().map(|token| token.claims)
    }
}
