//! What somebody said to a consent: a chain of records, each with the hash of
//! the one before it, and an archive of the words that were shown.

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest as _, Sha256};

use crate::{StoreError, UnixMillis};

/// What somebody said to a consent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentEvent {
    /// Who: the pseudonym of a user, or `sub` at a tenant.
    pub subject: String,
    /// The document: the name of its field.
    pub document: String,
    /// The version of the document.
    pub version: String,
    /// The very words that were shown.
    pub text: String,
    /// The language of the page.
    pub locale: String,
    /// `granted`, `denied` or `withdrawn`.
    pub decision: String,
    /// On which screen.
    pub method: String,
    /// When.
    pub at: UnixMillis,
    /// The edition of the form.
    pub form_version: String,
    /// The origin of the page.
    pub origin: String,
    /// The id of the request.
    pub request_id: String,
}

/// A record of what somebody said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentRecord {
    /// Its place in the chain; the first is 1.
    pub id: i64,
    /// What was said.
    pub event: ConsentEvent,
    /// The SHA-256 of the words, in base64url.
    pub text_sha256: String,
    /// The hash of the record before it; empty for the first.
    pub prev_hash: String,
    /// Its own hash.
    pub hash: String,
}

impl ConsentRecord {
    /// The record that follows one.
    pub(crate) fn after(
        last: Option<(i64, String)>,
        event: &ConsentEvent,
    ) -> Result<Self, StoreError> {
        let (id, prev_hash) = last.unwrap_or_default();
        let mut record = Self {
            id: id.saturating_add(1),
            text_sha256: sha256(event.text.as_bytes()),
            event: event.clone(),
            prev_hash,
            hash: String::new(),
        };
        record.hash = record.computed_hash()?;
        Ok(record)
    }

    /// What the hash has to be: the SHA-256 of a JSON array of everything else
    /// in the row, without white space, in the order of the table.
    pub(crate) fn computed_hash(&self) -> Result<String, StoreError> {
        let it = &self.event;
        let row = serde_json::json!([
            self.id,
            it.subject,
            it.document,
            it.version,
            self.text_sha256,
            it.locale,
            it.decision,
            it.method,
            it.at,
            it.form_version,
            it.origin,
            it.request_id,
            self.prev_hash,
        ]);
        Ok(sha256(&serde_json::to_vec(&row)?))
    }
}

/// A SHA-256 in base64url, without padding.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(&Sha256::digest(bytes))
}
