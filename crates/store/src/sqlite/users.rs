//! Users and their metadata.

use latchlet_core::Object;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::{Store, consents};
use crate::{ConsentEvent, StoreError, User};

impl Store {
    /// Adds a user, and what they said to consents. Of any number of sign-ups
    /// with one address, one succeeds.
    pub async fn add_user(&self, user: &User, said: &[ConsentEvent]) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        sqlx::query(
            "INSERT INTO users (id, provider, connection, email, email_verified, phone_number,
                 phone_verified, username, password_hash, last_password_reset, attributes,
                 user_metadata, app_metadata, created_at, updated_at, last_login, logins_count)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&user.id)
        .bind(&user.provider)
        .bind(&user.connection)
        .bind(&user.email)
        .bind(user.email_verified)
        .bind(&user.phone_number)
        .bind(user.phone_verified)
        .bind(&user.username)
        .bind(&user.password_hash)
        .bind(user.last_password_reset)
        .bind(serde_json::to_string(&user.attributes)?)
        .bind(serde_json::to_string(&user.user_metadata)?)
        .bind(serde_json::to_string(&user.app_metadata)?)
        .bind(user.created_at)
        .bind(user.updated_at)
        .bind(user.last_login)
        .bind(user.logins_count)
        .execute(&mut *transaction)
        .await
        .map_err(name_conflict)?;
        consents::append(&mut transaction, said).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The user of an id.
    pub async fn user(&self, id: &str) -> Result<Option<User>, StoreError> {
        sqlx::query("SELECT * FROM users WHERE id = ?")
            .bind(id)
            .fetch_optional(&self.pool)
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
        sqlx::query(
            "SELECT * FROM users
             WHERE connection = ?1 AND (email = ?2 OR phone_number = ?2 OR username = ?2)",
        )
        .bind(connection)
        .bind(login)
        .fetch_optional(&self.pool)
        .await?
        .map(|row| read(&row))
        .transpose()
    }
}

pub(super) fn read(row: &SqliteRow) -> Result<User, StoreError> {
    let object = |column: &str| -> Result<Object, StoreError> {
        Ok(serde_json::from_str(row.try_get(column)?)?)
    };
    Ok(User {
        id: row.try_get("id")?,
        provider: row.try_get("provider")?,
        connection: row.try_get("connection")?,
        email: row.try_get("email")?,
        email_verified: row.try_get("email_verified")?,
        phone_number: row.try_get("phone_number")?,
        phone_verified: row.try_get("phone_verified")?,
        username: row.try_get("username")?,
        password_hash: row.try_get("password_hash")?,
        last_password_reset: row.try_get("last_password_reset")?,
        attributes: object("attributes")?,
        user_metadata: object("user_metadata")?,
        app_metadata: object("app_metadata")?,
        created_at: row.try_get("created_at")?,
        updated_at: row.try_get("updated_at")?,
        last_login: row.try_get("last_login")?,
        logins_count: row.try_get("logins_count")?,
    })
}

/// Which of the unique names was taken. SQLite tells it in its message alone.
fn name_conflict(error: sqlx::Error) -> StoreError {
    if let Some(database) = error.as_database_error()
        && database.is_unique_violation()
    {
        if database.message().contains("users.email") {
            return StoreError::EmailTaken;
        }
        if database.message().contains("users.phone_number") {
            return StoreError::PhoneNumberTaken;
        }
        if database.message().contains("users.username") {
            return StoreError::UsernameTaken;
        }
    }
    error.into()
}
