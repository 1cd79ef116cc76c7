//! Users and their metadata.

use super::{Store, consents, identities};
use crate::sql::{Query, Row, Transaction, query, taken};
use crate::{ConsentEvent, Identity, StoreError, User};

impl Store {
    /// Adds a user, and what they said to consents. Of any number of sign-ups
    /// with one address, one succeeds.
    pub async fn add_user(&self, user: &User, said: &[ConsentEvent]) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin().await?;
        insert(&mut transaction, user).await?;
        consents::append(&mut transaction, said).await?;
        transaction.commit().await
    }

    /// Adds a user who came from elsewhere, with who they are there.
    pub async fn add_user_with_identity(
        &self,
        user: &User,
        identity: &Identity,
    ) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin().await?;
        insert(&mut transaction, user).await?;
        identities::insert(&mut transaction, identity).await?;
        transaction.commit().await
    }

    /// The user of an id.
    pub async fn user(&self, id: &str) -> Result<Option<User>, StoreError> {
        query("SELECT * FROM users WHERE id = $1")
            .bind(id)
            .optional(&self.pool)
            .await?
            .map(|row| read(&row))
            .transpose()
    }

    /// The user of a connection who signs in with this e-mail address, telephone
    /// number or user name, in their canonical forms.
    pub async fn user_by_login(
        &self,
        connection: &str,
        login: &str,
    ) -> Result<Option<User>, StoreError> {
        query(
            "SELECT * FROM users
             WHERE connection = $1 AND (email = $2 OR phone_number = $2 OR username = $2)",
        )
        .bind(connection)
        .bind(login)
        .optional(&self.pool)
        .await?
        .map(|row| read(&row))
        .transpose()
    }

    /// The users of all connections who have this address, in its canonical
    /// form; the oldest first.
    pub async fn users_by_email(&self, email: &str) -> Result<Vec<User>, StoreError> {
        query("SELECT * FROM users WHERE email = $1 ORDER BY created_at, id")
            .bind(email)
            .all(&self.pool)
            .await?
            .iter()
            .map(read)
            .collect()
    }

    /// A page of all users, the oldest first. The first page is 0.
    pub async fn users(&self, page: u32, per_page: u32) -> Result<Vec<User>, StoreError> {
        query("SELECT * FROM users ORDER BY created_at, id LIMIT $1 OFFSET $2")
            .bind(per_page)
            .bind(i64::from(page) * i64::from(per_page))
            .all(&self.pool)
            .await?
            .iter()
            .map(read)
            .collect()
    }

    /// A page of all users, the newest first. The first page is 0.
    pub async fn newest_users(&self, page: u32, per_page: u32) -> Result<Vec<User>, StoreError> {
        query("SELECT * FROM users ORDER BY created_at DESC, id DESC LIMIT $1 OFFSET $2")
            .bind(per_page)
            .bind(i64::from(page) * i64::from(per_page))
            .all(&self.pool)
            .await?
            .iter()
            .map(read)
            .collect()
    }

    /// How many users there are.
    pub async fn user_count(&self) -> Result<i64, StoreError> {
        query("SELECT count(*) AS number FROM users")
            .one(&self.pool)
            .await?
            .get("number")
    }

    /// Deletes a user with everything of theirs but what they said to consents,
    /// and returns whether there was one.
    pub async fn delete_user(&self, id: &str) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let Some(user) = lock(&mut transaction, id).await? else {
            return Ok(false);
        };
        // What was sent to somebody refers to an address, not to a user, and a
        // login at another provider may have begun with it. The rest goes with
        // the user.
        for statement in [
            "DELETE FROM one_time_codes WHERE recipient = $1 OR recipient = $2",
            "DELETE FROM magic_links WHERE recipient = $1 OR recipient = $2",
        ] {
            query(statement)
                .bind(&user.email)
                .bind(&user.phone_number)
                .execute(&mut transaction)
                .await?;
        }
        query(r"DELETE FROM upstream_logins WHERE lower(parameters) LIKE $1 ESCAPE '\'")
            .bind(&user.email.as_deref().map(containing))
            .execute(&mut transaction)
            .await?;
        query("DELETE FROM users WHERE id = $1")
            .bind(id)
            .execute(&mut transaction)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// The pattern of a text with another in it.
fn containing(text: &str) -> String {
    let literal = text.replace('\\', r"\\").replace('%', r"\%");
    format!("%{}%", literal.replace('_', r"\_"))
}

/// A user whom nobody else changes until the transaction ends.
pub(super) async fn lock(
    transaction: &mut Transaction,
    id: &str,
) -> Result<Option<User>, StoreError> {
    query("SELECT * FROM users WHERE id = $1")
        .bind(id)
        .for_update()
        .optional(transaction)
        .await?
        .map(|row| read(&row))
        .transpose()
}

/// Stores what may change of a user.
pub(super) async fn update(transaction: &mut Transaction, user: &User) -> Result<(), StoreError> {
    let update = query(
        "UPDATE users SET email = $2, email_verified = $3, phone_number = $4, phone_verified = $5,
             username = $6, password_hash = $7, last_password_reset = $8, blocked = $9,
             attributes = $10, user_metadata = $11, app_metadata = $12, updated_at = $13
         WHERE id = $1",
    );
    with(update, user)?
        .execute(transaction)
        .await
        .map_err(name_conflict)?;
    Ok(())
}

async fn insert(transaction: &mut Transaction, user: &User) -> Result<(), StoreError> {
    let insert = query(
        "INSERT INTO users (id, email, email_verified, phone_number, phone_verified, username,
             password_hash, last_password_reset, blocked, attributes, user_metadata, app_metadata,
             updated_at, provider, connection, created_at, last_login, logins_count,
             consent_subject)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
             $19)",
    );
    with(insert, user)?
        .bind(&user.provider)
        .bind(&user.connection)
        .bind(user.created_at)
        .bind(user.last_login)
        .bind(user.logins_count)
        .bind(&user.consent_subject)
        .execute(transaction)
        .await
        .map_err(name_conflict)?;
    Ok(())
}

/// Binds who it is, as `$1`, and what may change of them, as `$2` to `$13`.
fn with(query: Query, user: &User) -> Result<Query, StoreError> {
    Ok(query
        .bind(&user.id)
        .bind(&user.email)
        .bind(user.email_verified)
        .bind(&user.phone_number)
        .bind(user.phone_verified)
        .bind(&user.username)
        .bind(&user.password_hash)
        .bind(user.last_password_reset)
        .bind(user.blocked)
        .bind(serde_json::to_string(&user.attributes)?)
        .bind(serde_json::to_string(&user.user_metadata)?)
        .bind(serde_json::to_string(&user.app_metadata)?)
        .bind(user.updated_at))
}

pub(super) fn read(row: &Row) -> Result<User, StoreError> {
    Ok(User {
        id: row.get("id")?,
        provider: row.get("provider")?,
        connection: row.get("connection")?,
        email: row.get("email")?,
        email_verified: row.get("email_verified")?,
        phone_number: row.get("phone_number")?,
        phone_verified: row.get("phone_verified")?,
        username: row.get("username")?,
        password_hash: row.get("password_hash")?,
        last_password_reset: row.get("last_password_reset")?,
        blocked: row.get("blocked")?,
        consent_subject: row.get("consent_subject")?,
        attributes: row.get("attributes")?,
        user_metadata: row.get("user_metadata")?,
        app_metadata: row.get("app_metadata")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
        last_login: row.get("last_login")?,
        logins_count: row.get("logins_count")?,
    })
}

/// Which of the unique names was taken.
fn name_conflict(error: StoreError) -> StoreError {
    match taken(&error).as_deref() {
        // SQLite has the column, PostgreSQL the name of its key.
        Some("users_id" | "users_pkey") => StoreError::IdTaken,
        Some("users_email") => StoreError::EmailTaken,
        Some("users_phone_number") => StoreError::PhoneNumberTaken,
        Some("users_username") => StoreError::UsernameTaken,
        _ => error,
    }
}
