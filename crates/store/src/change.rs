//! A change of a profile that must be made wholly, and once.

use crate::{ConsentEvent, Digest, UnixMillis, User};

/// What a caller decided, having seen the user as they are.
pub struct Decided {
    /// The user as they are then. Who they are, when they came and how often they
    /// signed in stay as they were.
    pub user: User,
    /// What they said to consents.
    pub consents: Vec<ConsentEvent>,
    /// What is replied.
    pub reply: String,
    /// Whether everything ends that the person is signed in to.
    pub ends_sessions: bool,
    /// How many former passwords are kept, if the password is another one.
    pub password_history: u32,
}

/// A request that its sender may send again, having heard no reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// What the sender calls it.
    pub key: String,
    /// The SHA-256 of what it says.
    pub fingerprint: Digest,
    /// Until when its reply is kept.
    pub expires_at: UnixMillis,
}

/// What came of a change.
#[derive(Debug, PartialEq, Eq)]
pub enum Changed<R> {
    /// It is made, and this is the reply.
    Made(String),
    /// It was made before, with this reply.
    Replayed(String),
    /// The sender gave its key to another request before.
    KeyReused,
    /// The caller refused, and nothing is changed.
    Refused(R),
    /// There is no such user.
    NoUser,
}
