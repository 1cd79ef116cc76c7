//! What is known of one person, and leaving no trace of it.

use super::{Store, browsers, sessions};
use crate::sql::query;
use crate::{Digest, PersonalData, StoreError};

impl Store {
    /// Everything that is known of a user.
    pub async fn personal_data(&self, id: &str) -> Result<Option<PersonalData>, StoreError> {
        let Some(user) = self.user(id).await? else {
            return Ok(None);
        };
        let sessions = query("SELECT * FROM sessions WHERE user_id = $1 ORDER BY signed_in_at, id")
            .bind(id)
            .all(&self.pool)
            .await?;
        let sessions: Result<Vec<_>, StoreError> = sessions.iter().map(sessions::read).collect();
        let browsers =
            query("SELECT * FROM browser_sessions WHERE user_id = $1 ORDER BY signed_in_at, id")
                .bind(id)
                .all(&self.pool)
                .await?;
        let browsers: Result<Vec<_>, StoreError> = browsers
            .iter()
            .map(|row| browsers::read(Digest::default(), row))
            .collect();
        Ok(Some(PersonalData {
            identities: self.identities(id).await?,
            sessions: sessions?,
            browsers: browsers?,
            consents: self.consents(&user.consent_subject).await?,
            user,
        }))
    }

    /// Leaves no byte of what was deleted in the files of the database, as far
    /// as they are this program's business: PostgreSQL's are not. Whoever
    /// writes meanwhile waits.
    pub async fn scrub(&self) -> Result<(), StoreError> {
        self.pool.scrub().await
    }
}
