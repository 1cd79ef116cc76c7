//! The chain of consents, and the archive of their words.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row, Sqlite, Transaction};

use super::Store;
use crate::consent::sha256;
use crate::{ConsentEvent, ConsentRecord, StoreError};

const WITH_TEXTS: &str = "SELECT consent_events.*, text FROM consent_events
     LEFT JOIN consent_texts ON sha256 = text_sha256";

impl Store {
    /// Adds what was said to consents, where there is no user of this server
    /// to change.
    pub async fn add_consents(&self, events: &[ConsentEvent]) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        append(&mut transaction, events).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// What somebody said to consents, in order.
    pub async fn consents(&self, subject: &str) -> Result<Vec<ConsentRecord>, StoreError> {
        let query = [WITH_TEXTS, " WHERE subject = ? ORDER BY id"].concat();
        let rows = sqlx::query(sqlx::AssertSqlSafe(query))
            .bind(subject)
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(read).collect()
    }

    /// The words of a hash.
    pub async fn consent_text(&self, sha256: &str) -> Result<Option<String>, StoreError> {
        let text = sqlx::query_scalar("SELECT text FROM consent_texts WHERE sha256 = ?")
            .bind(sha256)
            .fetch_optional(&self.pool)
            .await?;
        Ok(text)
    }

    /// Checks the chain from its beginning: no record is missing or out of its
    /// place, and every hash, that of the words included, is what it has to
    /// be. Returns the first id at which that is not so. What is missing at
    /// the end leaves no trace here: whoever keeps the last hash elsewhere can
    /// tell.
    pub async fn broken_consent(&self) -> Result<Option<i64>, StoreError> {
        const AT_ONCE: i64 = 1_000;
        let query = [WITH_TEXTS, " WHERE id > ? ORDER BY id LIMIT ?"].concat();
        let (mut id, mut hash) = (0, String::new());
        loop {
            let rows = sqlx::query(sqlx::AssertSqlSafe(query.as_str()))
                .bind(id)
                .bind(AT_ONCE)
                .fetch_all(&self.pool)
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

/// Adds to the end of the chain. The transaction is the only writer, so nobody
/// else adds meanwhile.
pub(super) async fn append(
    transaction: &mut Transaction<'static, Sqlite>,
    events: &[ConsentEvent],
) -> Result<(), StoreError> {
    if events.is_empty() {
        return Ok(());
    }
    let row = sqlx::query("SELECT id, hash FROM consent_events ORDER BY id DESC LIMIT 1")
        .fetch_optional(&mut **transaction)
        .await?;
    let mut last = match row {
        Some(row) => Some((row.try_get("id")?, row.try_get("hash")?)),
        None => None,
    };
    for event in events {
        let record = ConsentRecord::after(last, event)?;
        sqlx::query("INSERT INTO consent_texts (sha256, text) VALUES (?, ?)")
            .bind(&record.text_sha256)
            .bind(&event.text)
            .execute(&mut **transaction)
            .await?;
        sqlx::query(
            "INSERT INTO consent_events (id, subject, document, version, text_sha256, locale,
                 decision, method, at, form_version, origin, request_id, prev_hash, hash)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
        .execute(&mut **transaction)
        .await?;
        last = Some((record.id, record.hash));
    }
    Ok(())
}

fn read(row: &SqliteRow) -> Result<ConsentRecord, StoreError> {
    let text: Option<String> = row.try_get("text")?;
    Ok(ConsentRecord {
        id: row.try_get("id")?,
        event: ConsentEvent {
            subject: row.try_get("subject")?,
            document: row.try_get("document")?,
            version: row.try_get("version")?,
            text: text.unwrap_or_default(),
            locale: row.try_get("locale")?,
            decision: row.try_get("decision")?,
            method: row.try_get("method")?,
            at: row.try_get("at")?,
            form_version: row.try_get("form_version")?,
            origin: row.try_get("origin")?,
            request_id: row.try_get("request_id")?,
        },
        text_sha256: row.try_get("text_sha256")?,
        prev_hash: row.try_get("prev_hash")?,
        hash: row.try_get("hash")?,
    })
}
