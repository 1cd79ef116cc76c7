//! Scopes: what an application may do, as words between spaces.

use crate::config::{Client, GrantType, ServerConfig};

/// What OpenID Connect lets an application ask for.
pub const OPENID: [&str; 5] = ["openid", "profile", "email", "phone", OFFLINE];

/// Whether an application may come back without the person.
const OFFLINE: &str = "offline_access";

/// Whether a scope has a word.
pub fn has(scope: &str, word: &str) -> bool {
    words(scope).any(|each| each == word)
}

/// The words of one scope that another one has, too.
pub fn of_both(scope: &str, other: &str) -> String {
    joined(words(scope).filter(|word| has(other, word)))
}

/// What people grant of a scope that an application asks for: what this server
/// and the API know, in the order of the request, each once.
pub fn of_people(
    config: &ServerConfig,
    client: &Client,
    wanted: &str,
    audience: Option<&str>,
) -> String {
    let api = audience.and_then(|audience| config.api(audience));
    let refreshes = client.grant_types.contains(&GrantType::RefreshToken);
    let known = |word: &str| match word {
        OFFLINE => refreshes,
        _ if OPENID.contains(&word) => true,
        _ => api.is_some_and(|api| api.scopes_of_people.iter().any(|each| each == word)),
    };
    let mut granted: Vec<&str> = Vec::new();
    for word in words(wanted) {
        if known(word) && !granted.contains(&word) {
            granted.push(word);
        }
    }
    granted.join(" ")
}

/// The words of a scope.
pub fn words(scope: &str) -> impl Iterator<Item = &str> {
    scope.split_ascii_whitespace()
}

/// A scope of words.
pub fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(" ")
}
