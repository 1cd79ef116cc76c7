//! Changes that could not be sent wait in the browser, encrypted, for the next
//! login of the same person.

use latchlet_core::progressive::{HISTORY, History};
use latchlet_core::{Object, Value};

use crate::browser::{crypto, json, vault};

use super::{Access, Change};

/// Keeps a change, with what waits already. Whether that worked.
pub async fn put(client_id: &str, access: &Access, change: &Change) -> bool {
    let Some(owner) = owner(client_id, access).await else {
        return false;
    };
    let mut metadata = read(&owner).await.unwrap_or_default();
    let mut history = History::read(&metadata);
    history.merge(&change.history);
    for (name, value) in change.answers.iter() {
        metadata.insert(name, value.clone());
    }
    metadata.insert(HISTORY, history.to_value());
    vault::put(&owner, &json::stringify(&metadata.into())).await
}

/// What waits: answers and a history.
pub async fn get(client_id: &str, access: &Access) -> Option<(Object, History)> {
    let mut metadata = read(&owner(client_id, access).await?).await?;
    let history = History::read(&metadata);
    metadata.remove(HISTORY);
    Some((metadata, history))
}

/// The answers that nothing was said to since, on another device.
pub fn without_outdated(answers: Object, queued: &History, stored: &History) -> Object {
    let said_at = |history: &History, name: &str| {
        let receipts = history.receipts.iter().filter(|(field, _)| field == name);
        let agreed = receipts.map(|(_, receipt)| receipt.at);
        let entry = history.entry(name).map(|entry| entry.outcome_at);
        entry.into_iter().chain(agreed).max()
    };
    let is_new = |name: &str| said_at(stored, name) <= said_at(queued, name);
    let answers = answers.iter().filter(|(name, _)| is_new(name));
    answers.map(|(name, value)| (name, value.clone())).collect()
}

/// It has been sent, or will never be accepted.
pub async fn remove(client_id: &str, access: &Access) {
    if let Some(owner) = owner(client_id, access).await {
        vault::remove(&owner).await;
    }
}

async fn read(owner: &str) -> Option<Object> {
    match json::parse(&vault::get(owner).await?)? {
        Value::Object(metadata) => Some(metadata),
        _ => None,
    }
}

/// The name of what is of one person at one application. It tells nobody who
/// that is.
async fn owner(client_id: &str, access: &Access) -> Option<String> {
    let known = !access.user.is_empty();
    let name = [client_id, "\n", &access.user].concat();
    crypto::sha256(&name).await.filter(|_| known)
}
