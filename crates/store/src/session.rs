//! A sign-in, from the ticket to the tokens.
//!
//! A ticket is good once and becomes a session with an authorization code; the
//! code is good once and becomes tokens; a refresh token is good once and
//! becomes the next. Whoever uses a code or a refresh token again may be a
//! thief or may have been robbed, so the whole session ends.

use crate::UnixMillis;

/// The SHA-256 of a secret that only a client may hold.
pub type Digest = [u8; 32];

/// What `/co/authenticate` gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginTicket {
    /// The ticket.
    pub ticket: Digest,
    /// What only the browser has that it was given to: a cookie, and a verifier
    /// for PKCE.
    pub proof: Digest,
    /// The application that it was given to.
    pub client_id: String,
    /// Who signed in.
    pub user_id: String,
    /// When they did.
    pub created_at: UnixMillis,
    /// Until when the ticket is good.
    pub expires_at: UnixMillis,
}

/// One sign-in, and what was granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// 128 random bits in hexadecimal, `sid` in tokens.
    pub id: String,
    /// Who signed in.
    pub user_id: String,
    /// The application that they signed in to.
    pub client_id: String,
    /// The scope that was granted.
    pub scope: String,
    /// The API that access tokens are for.
    pub audience: Option<String>,
    /// When they signed in.
    pub signed_in_at: UnixMillis,
    /// Until when the session lives, however often it is refreshed.
    pub expires_at: UnixMillis,
}

/// A browser in which somebody is signed in to this server, so that an
/// application can ask without asking them again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrowserSession {
    /// The cookie of the browser.
    pub id: Digest,
    /// Who signed in.
    pub user_id: String,
    /// When they did.
    pub signed_in_at: UnixMillis,
    /// Until when it lives if nobody uses it.
    pub idle_end: UnixMillis,
    /// Until when it lives, however often it is used.
    pub expires_at: UnixMillis,
}

/// What `/authorize` gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationCode {
    /// The code.
    pub code: Digest,
    /// Where it was sent to.
    pub redirect_uri: String,
    /// The SHA-256 of the verifier, in base64url (PKCE S256).
    pub code_challenge: String,
    /// What the ID token repeats.
    pub nonce: Option<String>,
    /// Until when the code is good.
    pub expires_at: UnixMillis,
}

/// What came of using an authorization code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeUse {
    /// It was good, and is used up now.
    Good(Box<(Session, AuthorizationCode)>),
    /// It was used before. Its session has been revoked.
    Reused,
    /// There is no such code, or it is too old.
    Unknown,
}

/// What came of using a refresh token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefreshUse {
    /// It was good, and the next one has taken its place.
    Good(Session),
    /// It was used before. Its session has been revoked.
    Reused,
    /// There is no such token for this application, or its time is over.
    Unknown,
}
