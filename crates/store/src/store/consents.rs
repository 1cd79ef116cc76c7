//! The chain of consents, and the archive of their words.

use super::Store;
use crate::consent::sha256;
use crate::sql::{Row, Transaction, query};
use crate::{ConsentEvent, ConsentRecord, StoreError};

impl Store {
    /// Adds what was said to consents, where there is no user of this server
    /// to change.
    pub async fn add_consents(&self, events: &[ConsentEvent]) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin().await?;
        append(&mut transaction, events).await?;
        transaction.commit().await
    }

    /// What somebody said to consents, in order.
    pub async fn consents(&self, subject: &str) -> Result<Vec<ConsentRecord>, StoreError> {
        query(
            "SELECT consent_events.*, text FROM consent_events
             LEFT JOIN consent_texts ON sha256 = text_sha256
             WHERE subject = $1 ORDER BY id",
        )
        .bind(subject)
        .all(&self.pool)
        .await?
        .iter()
        .map(read)
        .collect()
    }

    /// The words of a hash.
    pub async fn consent_text(&self, sha256: &str) -> Result<Option<String>, StoreError> {
        query("SELECT text FROM consent_texts WHERE sha256 = $1")
            .bind(sha256)
            .optional(&self.pool)
            .await?
            .map(|row| row.get("text"))
            .transpose()
    }

    /// Checks the chain from its beginning: no record is missing or out of its
    /// place, and every hash, that of the words included, is what it has to
    /// be. Returns the first id at which that is not so. What is missing at
    /// the end leaves no trace here: whoever keeps the last hash elsewhere can
    /// tell.
    pub async fn broken_consent(&self) -> Result<Option<i64>, StoreError> {
        const AT_ONCE: i64 = 1_000;
        let (mut id, mut hash) = (0, String::new());
        loop {
            let rows = query(
                "SELECT consent_events.*, text FROM consent_events
                 LEFT JOIN consent_texts ON sha256 = text_sha256
                 WHERE id > $1 ORDER BY id LIMIT $2",
            )
            .bind(id)
            .bind(AT_ONCE)
            .all(&self.pool)
            .await?;
            if rows.is_empty() {
                return Ok(None);
            }
            for row in &rows {
                id += 1;
                let record = read(row)?;
                let is_whole = record.id == id
                    && record.prev_hash == hash
                    && record.hash == record.computed_hash()?
                    && record.text_sha256 == sha256(record.event.text.as_bytes());
                if !is_whole {
                    return Ok(Some(id));
                }
                hash = record.hash;
            }
        }
    }
}

/// Adds to the end of the chain, to which nobody else adds meanwhile. It comes
/// last in a transaction: the others wait until it ends.
pub(super) async fn append(
    transaction: &mut Transaction,
    events: &[ConsentEvent],
) -> Result<(), StoreError> {
    if events.is_empty() {
        return Ok(());
    }
    transaction.lock("consents").await?;
    let row = query("SELECT id, hash FROM consent_events ORDER BY id DESC LIMIT 1")
        .optional(&mut *transaction)
        .await?;
    let mut last = match row {
        Some(row) => Some((row.get("id")?, row.get("hash")?)),
        None => None,
    };
    for event in events {
        let record = ConsentRecord::after(last, event)?;
        query(
            "INSERT INTO consent_texts (sha256, text) VALUES ($1, $2)
             ON CONFLICT (sha256) DO NOTHING",
        )
        .bind(&record.text_sha256)
        .bind(&event.text)
        .execute(&mut *transaction)
        .await?;
        query(
            "INSERT INTO consent_events (id, subject, document, version, text_sha256, locale,
                 decision, method, at, form_version, origin, request_id, prev_hash, hash)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        )
        .bind(record.id)
        .bind(&event.subject)
        .bind(&event.document)
        .bind(&event.version)
        .bind(&record.text_sha256)
        .bind(&event.locale)
        .bind(&event.decision)
        .bind(&event.method)
        .bind(event.at)
        .bind(&event.form_version)
        .bind(&event.origin)
        .bind(&event.request_id)
        .bind(&record.prev_hash)
        .bind(&record.hash)
        .execute(&mut *transaction)
        .await?;
        last = Some((record.id, record.hash));
    }
    Ok(())
}

fn read(row: &Row) -> Result<ConsentRecord, StoreError> {
    let text: Option<String> = row.get("text")?;
    Ok(ConsentRecord {
        id: row.get("id")?,
        event: ConsentEvent {
            subject: row.get("subject")?,
            document: row.get("document")?,
            version: row.get("version")?,
            text: text.unwrap_or_default(),
            locale: row.get("locale")?,
            decision: row.get("decision")?,
            method: row.get("method")?,
            at: row.get("at")?,
            form_version: row.get("form_version")?,
            origin: row.get("origin")?,
            request_id: row.get("request_id")?,
        },
        text_sha256: row.get("text_sha256")?,
        prev_hash: row.get("prev_hash")?,
        hash: row.get("hash")?,
    })
}
