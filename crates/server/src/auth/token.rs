//! Access tokens and ID tokens: their claims, and reading them back.

use std::collections::BTreeMap;

use jsonwebtoken::{Header, decode_header};
use latchlet_core::Object;
use latchlet_store::{Session, UnixMillis};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Keys, audience};
use crate::fault::Fault;

/// How long things are good, in seconds; Auth0's defaults for applications in
/// a browser.
pub struct Lifetimes;

impl Lifetimes {
    /// From `/co/authenticate` to `/authorize`.
    pub const LOGIN_TICKET: i64 = 60;
    /// From `/passwordless/start` to the code that it sent.
    pub const ONE_TIME_CODE: i64 = 180;
    /// From `/passwordless/start` to the link that it sent.
    pub const MAGIC_LINK: i64 = 600;
    /// From `/dbconnections/change_password` to the link that it sent.
    pub const RESET_TICKET: i64 = 3_600;
    /// From a letter about a new address to the link in it; Auth0's default.
    pub const EMAIL_VERIFICATION: i64 = 5 * 86_400;
    /// The session of a browser that nobody uses; Auth0's default.
    pub const BROWSER_IDLE: i64 = 3 * 86_400;
    /// The session of a browser, however often it is used; Auth0's default.
    pub const BROWSER_ABSOLUTE: i64 = 7 * 86_400;
    /// From `/authorize` to another provider, and back.
    pub const UPSTREAM_LOGIN: i64 = 600;
    /// From `/authorize` to `/oauth/token`.
    pub const CODE: i64 = 60;
    /// What a tenant is told through the browser.
    pub const SESSION_TOKEN: i64 = 60;
    /// The reply to a change that may be sent again.
    pub const SUBMISSION: i64 = 86_400;
    /// The longest that a token can live that a signing key has signed; the
    /// longest that Auth0 takes for an API.
    pub const LONGEST: i64 = 2_592_000;
    /// An access token.
    pub const ACCESS_TOKEN: u32 = 7_200;
    /// An ID token.
    pub const ID_TOKEN: i64 = 36_000;
    /// A refresh token that is not used.
    pub const REFRESH_TOKEN_IDLE: i64 = 15 * 86_400;
    /// A session, however often its refresh token is used.
    pub const REFRESH_TOKEN_ABSOLUTE: i64 = 30 * 86_400;
}

/// The claims of an access token.
#[derive(Debug, Serialize, Deserialize)]
pub struct AccessClaims {
    iss: String,
    /// The provider, a `|` and the user's id; of an application that asks for
    /// itself, its id and `@clients`.
    pub sub: String,
    #[serde(with = "audience")]
    aud: Vec<String>,
    iat: i64,
    exp: i64,
    /// Ours have none; one that has it is held to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nbf: Option<i64>,
    /// What was granted, separated by spaces.
    pub scope: String,
    /// The application.
    pub azp: String,
    /// The session, which may be revoked before the token ends. An application
    /// that asks for itself has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    /// How it was asked for, where there was no browser.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gty: Option<String>,
}

/// Why an access token is refused.
#[derive(Debug, PartialEq, Eq)]
pub enum TokenRefused {
    /// It is not one of ours, or too old.
    Invalid,
    /// It is for another API.
    Audience,
}

impl AccessClaims {
    /// Reads a token that must be for one audience: RS256 alone, one of our
    /// keys, our issuer, not too old.
    pub async fn read(
        token: &str,
        keys: &Keys,
        issuer: &str,
        audience: &str,
        now: UnixMillis,
    ) -> Result<Self, TokenRefused> {
        let claims = keys.verified::<Self>(token, issuer, &["exp", "iss", "aud", "sub"]);
        let claims = claims.await.ok_or(TokenRefused::Invalid)?;
        let is_early = claims.nbf.is_some_and(|nbf| nbf > now / 1000);
        if claims.exp <= now / 1000 || is_early {
            return Err(TokenRefused::Invalid);
        }
        match claims.aud.iter().any(|each| each == audience) {
            true => Ok(claims),
            false => Err(TokenRefused::Audience),
        }
    }

    /// Whether a scope was granted.
    pub fn may(&self, scope: &str) -> bool {
        self.scope.split(' ').any(|granted| granted == scope)
    }
}

/// The header of a token that is a JWT and nothing more: of no other kind, and
/// without an extension that must be understood (RFC 7515 §4.1.11).
pub(super) fn plain_header(token: &str) -> Option<Header> {
    let header = decode_header(token).ok()?;
    let typ = header.typ.as_deref().unwrap_or("JWT");
    (typ.eq_ignore_ascii_case("jwt") && header.crit.is_none()).then_some(header)
}

/// What an access token says.
pub struct AccessGrant<'a> {
    /// Who it is for.
    pub subject: String,
    /// The application that has it.
    pub client_id: &'a str,
    /// The API that it opens.
    pub audience: Option<&'a str>,
    /// What it lets do there.
    pub scope: &'a str,
    /// How many seconds it is good.
    pub lifetime: u32,
    /// The session that it lives with.
    pub session: Option<&'a str>,
    /// How it was asked for, where there was no browser.
    pub grant_type: Option<&'a str>,
}

/// A token for an API, and for `/userinfo` if there is somebody to tell about.
pub fn issue_access_token(
    keys: &Keys,
    issuer: &str,
    grant: AccessGrant<'_>,
    now: UnixMillis,
) -> Result<String, Fault> {
    let user_info = grant.session.map(|_| [issuer, "userinfo"].concat());
    keys.sign(&AccessClaims {
        iss: issuer.to_owned(),
        sub: grant.subject,
        aud: grant
            .audience
            .map(str::to_owned)
            .into_iter()
            .chain(user_info)
            .collect(),
        iat: now / 1000,
        exp: now / 1000 + i64::from(grant.lifetime),
        nbf: None,
        scope: grant.scope.to_owned(),
        azp: grant.client_id.to_owned(),
        sid: grant.session.map(str::to_owned),
        gty: grant.grant_type.map(str::to_owned),
    })
}

/// A token that tells the application who signed in.
pub fn issue_id_token(
    keys: &Keys,
    issuer: &str,
    session: &Session,
    profile: &Object,
    nonce: Option<&str>,
    now: UnixMillis,
) -> Result<String, Fault> {
    let mut claims: BTreeMap<&str, serde_json::Value> = profile
        .iter()
        .map(|(key, value)| (key, json!(value)))
        .collect();
    claims.extend([
        ("iss", json!(issuer)),
        ("aud", json!(session.client_id)),
        ("iat", json!(now / 1000)),
        ("exp", json!(now / 1000 + Lifetimes::ID_TOKEN)),
        ("auth_time", json!(session.signed_in_at / 1000)),
        ("sid", json!(session.id)),
    ]);
    if let Some(nonce) = nonce {
        claims.insert("nonce", json!(nonce));
    }
    keys.sign(&claims)
}
