//! Finding users: all of them in pages, those of an e-mail address, and one
//! that is known by something else.

use std::sync::Arc;

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use latchlet_core::{Value, email};
use latchlet_store::{StoreError, User};
use latchlet_wire::ApiError;

use super::caller::{READ, application, local_id};
use super::query::{Query, invalid};
use super::shown;
use crate::app::App;
use crate::http::refusal::{Management, Refusal};
use crate::profile;

/// What the query of a list may say.
pub const LIST: [&str; 9] = [
    "fields",
    "include_fields",
    "include_totals",
    "page",
    "per_page",
    "primary_order",
    "q",
    "search_engine",
    "sort",
];
/// And that of a search by e-mail.
pub const BY_EMAIL: [&str; 3] = ["email", "fields", "include_fields"];

/// Users, the oldest first.
pub async fn list(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal<Management>> {
    application(&app, &headers, READ.application).await?;
    let query = Query::read(query.as_deref(), &LIST)?;
    if query.text("search_engine").is_some_and(|it| it != "v3") {
        return Err(invalid("search_engine is v3").into());
    }
    let page = query.page()?;
    let (users, total) = match filter(query.text("q").unwrap_or_default())? {
        Filter::All => {
            let users = match newest_first(query.text("sort"))? {
                true => app.store.newest_users(page.number, page.limit).await?,
                false => app.store.users(page.number, page.limit).await?,
            };
            (users, app.store.user_count().await?)
        }
        filter => {
            let found = filter.find(&app).await?;
            let total = i64::try_from(found.len()).unwrap_or(i64::MAX);
            let users = found.into_iter().skip(page.start as usize);
            (users.take(page.limit as usize).collect(), total)
        }
    };
    let users = shown::fields(&app, &query, &users).await?;
    Ok(Json(page.show("users", users, total)))
}

/// Everybody with an e-mail address, in all connections.
pub async fn by_email(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal<Management>> {
    application(&app, &headers, READ.application).await?;
    let query = Query::read(query.as_deref(), &BY_EMAIL)?;
    let typed = query.text("email").unwrap_or_default();
    let address = email::canonical(typed).ok_or_else(|| invalid("email is an e-mail address"))?;
    let users = app.store.users_by_email(&address).await?;
    let users = shown::fields(&app, &query, &users).await?;
    Ok(Json(users.into()))
}

/// What `q` asks for.
#[derive(Debug, PartialEq, Eq)]
enum Filter {
    All,
    Email(String),
    Username(String),
    Subject(String),
}

impl Filter {
    /// Everybody whom it is true of.
    async fn find(&self, app: &App) -> Result<Vec<User>, StoreError> {
        match self {
            Self::All => Ok(Vec::new()),
            Self::Email(address) => app.store.users_by_email(address).await,
            Self::Username(name) => {
                let mut users = Vec::new();
                for connection in &app.config.connections {
                    let user = app
                        .store
                        .user_by_login(&connection.rules.name, name)
                        .await?;
                    users.extend(user.filter(|user| user.username.as_ref() == Some(name)));
                }
                Ok(users)
            }
            Self::Subject(subject) => {
                let id = local_id(subject).unwrap_or_default();
                let user = app.store.user(id).await?;
                let user = user.filter(|user| profile::subject(user) == *subject);
                Ok(user.into_iter().collect())
            }
        }
    }
}

/// Reads `q`: one property and its whole value, with or without quotes.
fn filter(q: &str) -> Result<Filter, ApiError> {
    let q = q.trim();
    if q.is_empty() {
        return Ok(Filter::All);
    }
    let refused = || {
        invalid(
            "q is email, username or user_id, a colon and the whole value, such as \
             email:\"ada@example.com\"",
        )
    };
    let (name, value) = q.split_once(':').ok_or_else(refused)?;
    let quoted = value.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    let is_plain = |text: &str| !text.contains([' ', '"', '*', '(', ')', '[', ']']);
    let value = match quoted {
        Some(inside) if !inside.contains('"') => inside.replace("\\|", "|"),
        None if is_plain(value) => value.replace("\\|", "|"),
        _ => return Err(refused()),
    };
    match name {
        "email" => Ok(Filter::Email(value.to_lowercase())),
        "username" => Ok(Filter::Username(value.to_lowercase())),
        "user_id" if value.contains('|') => Ok(Filter::Subject(value)),
        _ => Err(refused()),
    }
}

fn newest_first(sort: Option<&str>) -> Result<bool, ApiError> {
    match sort {
        None | Some("created_at:1") => Ok(false),
        Some("created_at:-1") => Ok(true),
        Some(_) => Err(invalid("sort is created_at:1 or created_at:-1")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Filter, filter};

    #[test]
    fn one_property_and_its_whole_value() {
        assert_eq!(filter(" ").unwrap(), Filter::All);
        for q in ["email:\"Ada@x.org\"", "email:ada@x.org"] {
            let found = filter(q).unwrap();
            assert_eq!(found, Filter::Email("ada@x.org".to_owned()), "{q}");
        }
        let subject = Filter::Subject("auth0|1".to_owned());
        assert_eq!(filter("user_id:\"auth0|1\"").unwrap(), subject);
        for q in [
            "ada@x.org",
            "email:ada*",
            "email:\"a\" OR email:\"b\"",
            "name:ada",
            "user_id:1",
        ] {
            assert!(filter(q).is_err(), "{q}");
        }
    }
}
