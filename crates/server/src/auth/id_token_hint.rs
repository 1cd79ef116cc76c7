//! An ID token of ours that comes back, to say whose session is meant. It may
//! be long over: that is when people log out.

use serde::Deserialize;
use serde::de::IgnoredAny;

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
    /// What an access token alone says.
    scope: Option<IgnoredAny>,
}

impl IdTokenHint {
    /// Reads a token, if this server signed it.
    pub async fn read(token: &str, keys: &Keys, issuer: &str) -> Option<Self> {
        let claims = keys.verified::<Self>(token, issuer, &["iss", "aud", "sub"]);
        claims.await.filter(|hint| hint.scope.is_none())
    }
}
