//! Who users are elsewhere.

use latchlet_core::Object;

use super::{Store, users};
use crate::sql::{Row, Transaction, query, taken};
use crate::{Identity, StoreError, User};

impl Store {
    /// Links an identity to a user. It can belong to one only.
    pub async fn add_identity(&self, identity: &Identity) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin().await?;
        insert(&mut transaction, identity).await?;
        transaction.commit().await
    }

    /// The user whom an identity belongs to.
    pub async fn user_by_identity(
        &self,
        connection: &str,
        subject: &str,
    ) -> Result<Option<User>, StoreError> {
        query(
            "SELECT users.* FROM users JOIN identities ON users.id = identities.user_id
             WHERE identities.connection = $1 AND identities.subject = $2",
        )
        .bind(connection)
        .bind(subject)
        .optional(&self.pool)
        .await?
        .map(|row| users::read(&row))
        .transpose()
    }

    /// The identities of a user, in the order in which they were linked.
    pub async fn identities(&self, user_id: &str) -> Result<Vec<Identity>, StoreError> {
        query("SELECT * FROM identities WHERE user_id = $1 ORDER BY id")
            .bind(user_id)
            .all(&self.pool)
            .await?
            .iter()
            .map(read)
            .collect()
    }

    /// Replaces what a provider says about a person.
    pub async fn update_identity_profile(
        &self,
        connection: &str,
        subject: &str,
        profile: &Object,
    ) -> Result<(), StoreError> {
        query("UPDATE identities SET profile = $3 WHERE connection = $1 AND subject = $2")
            .bind(connection)
            .bind(subject)
            .bind(serde_json::to_string(profile)?)
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}

impl Store {
    /// Takes what a provider says of a person now. `change` sees the user as
    /// they are, and what was said before; nobody else changes them meanwhile.
    pub async fn follow_identity(
        &self,
        identity: &Identity,
        change: impl FnOnce(&mut User, &Object),
    ) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin().await?;
        let Some(mut user) = users::lock(&mut transaction, &identity.user_id).await? else {
            return Ok(());
        };
        let row = query("SELECT * FROM identities WHERE connection = $1 AND subject = $2")
            .bind(&identity.connection)
            .bind(&identity.subject)
            .optional(&mut transaction)
            .await?;
        let Some(row) = row else { return Ok(()) };
        change(&mut user, &read(&row)?.profile);
        users::update(&mut transaction, &user).await?;
        query("UPDATE identities SET profile = $3 WHERE connection = $1 AND subject = $2")
            .bind(&identity.connection)
            .bind(&identity.subject)
            .bind(serde_json::to_string(&identity.profile)?)
            .execute(&mut transaction)
            .await?;
        transaction.commit().await
    }
}

pub(super) async fn insert(
    transaction: &mut Transaction,
    identity: &Identity,
) -> Result<(), StoreError> {
    query(
        "INSERT INTO identities (user_id, provider, connection, subject, is_social, profile)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&identity.user_id)
    .bind(&identity.provider)
    .bind(&identity.connection)
    .bind(&identity.subject)
    .bind(identity.is_social)
    .bind(serde_json::to_string(&identity.profile)?)
    .execute(transaction)
    .await
    .map_err(|error| match taken(&error).as_deref() {
        Some("identities_subject") => StoreError::IdentityTaken,
        _ => error,
    })?;
    Ok(())
}

fn read(row: &Row) -> Result<Identity, StoreError> {
    Ok(Identity {
        user_id: row.get("user_id")?,
        provider: row.get("provider")?,
        connection: row.get("connection")?,
        subject: row.get("subject")?,
        is_social: row.get("is_social")?,
        profile: row.get("profile")?,
    })
}
