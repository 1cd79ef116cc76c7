//! Changes of profiles.

use sqlx::{Row, Sqlite, Transaction};

use super::{Store, consents, users};
use crate::{Changed, Decided, Digest, StoreError, Submission, UnixMillis, User};

impl Store {
    /// Changes a user as `decide` says, who sees them as they are and nobody
    /// else can change them meanwhile. Everything is stored, or nothing is.
    ///
    /// A submission is made once: sent again it gets the reply of the first
    /// time. One that was refused left nothing behind.
    pub async fn change_user<R>(
        &self,
        id: &str,
        submission: Option<&Submission>,
        now: UnixMillis,
        decide: impl FnOnce(User) -> Result<Decided, R>,
    ) -> Result<Changed<R>, StoreError> {
        let mut transaction = self.write().await?;
        if let Some(submission) = submission
            && let Some((fingerprint, reply)) =
                find(&mut transaction, id, &submission.key, now).await?
        {
            return Ok(match fingerprint == submission.fingerprint {
                true => Changed::Replayed(reply),
                false => Changed::KeyReused,
            });
        }
        let row = sqlx::query("SELECT * FROM users WHERE id = ?")
            .bind(id)
            .fetch_optional(&mut *transaction)
            .await?;
        let Some(row) = row else {
            return Ok(Changed::NoUser);
        };
        let decided = match decide(users::read(&row)?) {
            Ok(decided) => decided,
            Err(refusal) => return Ok(Changed::Refused(refusal)),
        };
        sqlx::query("UPDATE users SET user_metadata = ?, updated_at = ? WHERE id = ?")
            .bind(serde_json::to_string(&decided.user.user_metadata)?)
            .bind(decided.user.updated_at)
            .bind(id)
            .execute(&mut *transaction)
            .await?;
        consents::append(&mut transaction, &decided.consents).await?;
        if let Some(submission) = submission {
            sqlx::query(
                "INSERT OR REPLACE INTO submissions (user_id, key, fingerprint, reply, expires_at)
                 VALUES (?, ?, ?, ?, ?)",
            )
            .bind(id)
            .bind(&submission.key)
            .bind(submission.fingerprint.as_slice())
            .bind(&decided.reply)
            .bind(submission.expires_at)
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await?;
        Ok(Changed::Made(decided.reply))
    }
}

/// The fingerprint and the reply of a submission that is still kept.
async fn find(
    transaction: &mut Transaction<'static, Sqlite>,
    user_id: &str,
    key: &str,
    now: UnixMillis,
) -> Result<Option<(Digest, String)>, StoreError> {
    let row = sqlx::query(
        "SELECT fingerprint, reply FROM submissions
         WHERE user_id = ? AND key = ? AND expires_at > ?",
    )
    .bind(user_id)
    .bind(key)
    .bind(now)
    .fetch_optional(&mut **transaction)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let fingerprint: Vec<u8> = row.try_get("fingerprint")?;
    Ok(Some((
        fingerprint.try_into().unwrap_or_default(),
        row.try_get("reply")?,
    )))
}
