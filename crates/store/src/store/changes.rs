//! Changes of profiles.

use super::{Store, consents, passwords, users};
use crate::sql::{Transaction, query};
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
        let mut transaction = self.pool.begin().await?;
        // Locked first: who waited for the same submission must find its reply.
        let Some(user) = users::lock(&mut transaction, id).await? else {
            return Ok(Changed::NoUser);
        };
        if let Some(submission) = submission
            && let Some((fingerprint, reply)) =
                find(&mut transaction, id, &submission.key, now).await?
        {
            return Ok(match fingerprint == submission.fingerprint {
                true => Changed::Replayed(reply),
                false => Changed::KeyReused,
            });
        }
        let former = user.password_hash.clone();
        let decided = match decide(user) {
            Ok(decided) => decided,
            Err(refusal) => return Ok(Changed::Refused(refusal)),
        };
        users::update(&mut transaction, &decided.user).await?;
        if former != decided.user.password_hash
            && let Some(former) = former
        {
            let history = decided.password_history;
            passwords::keep_former(&mut transaction, id, &former, history, now).await?;
        }
        if decided.ends_sessions {
            passwords::end_sessions(&mut transaction, id).await?;
        }
        consents::append(&mut transaction, &decided.consents).await?;
        if let Some(submission) = submission {
            query(
                "INSERT INTO submissions (user_id, key, fingerprint, reply, expires_at)
                 VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (user_id, key) DO UPDATE SET fingerprint = excluded.fingerprint,
                     reply = excluded.reply, expires_at = excluded.expires_at",
            )
            .bind(id)
            .bind(&submission.key)
            .bind(&submission.fingerprint)
            .bind(&decided.reply)
            .bind(submission.expires_at)
            .execute(&mut transaction)
            .await?;
        }
        transaction.commit().await?;
        Ok(Changed::Made(decided.reply))
    }
}

/// The fingerprint and the reply of a submission that is still kept.
async fn find(
    transaction: &mut Transaction,
    user_id: &str,
    key: &str,
    now: UnixMillis,
) -> Result<Option<(Digest, String)>, StoreError> {
    let row = query(
        "SELECT fingerprint, reply FROM submissions
         WHERE user_id = $1 AND key = $2 AND expires_at > $3",
    )
    .bind(user_id)
    .bind(key)
    .bind(now)
    .optional(transaction)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some((row.get("fingerprint")?, row.get("reply")?)))
}
