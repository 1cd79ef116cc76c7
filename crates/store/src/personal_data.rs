//! Everything that is known of one person.

use crate::{BrowserSession, ConsentRecord, Identity, Session, User};

/// Everything that is known of one person, without what only proves who they
/// are: hashes of passwords and secrets are nothing that they gave.
pub struct PersonalData {
    /// Who they are.
    pub user: User,
    /// Who they are elsewhere.
    pub identities: Vec<Identity>,
    /// What they are or were signed in to.
    pub sessions: Vec<Session>,
    /// The browsers in which they are signed in.
    pub browsers: Vec<BrowserSession>,
    /// What they said to consents.
    pub consents: Vec<ConsentRecord>,
}
