//! A user as others see them: the profile of the Management API, and the
//! claims of ID tokens and `/userinfo`.

use latchlet_core::{Object, Value};
use latchlet_store::{Identity, User};

use crate::clock;

/// What `profile` lets an application know: the claims of OpenID Connect, and
/// what Auth0 has beside them. What else a provider says stays in the profile.
const OF_PROFILE: [&str; 13] = [
    "birthdate",
    "family_name",
    "gender",
    "given_name",
    "locale",
    "middle_name",
    "name",
    "nickname",
    "picture",
    "preferred_username",
    "profile",
    "website",
    "zoneinfo",
];

/// The whole profile, for the person themselves. `identities` is who they are at
/// other providers.
pub fn full(user: &User, identities: &[Identity]) -> Value {
    let mut profile = Object::new();
    profile.insert("user_id", subject(user));
    if let Some(email) = &user.email {
        profile.insert("email", email.as_str());
        profile.insert("email_verified", user.email_verified);
    }
    if let Some(number) = &user.phone_number {
        profile.insert("phone_number", number.as_str());
        profile.insert("phone_verified", user.phone_verified);
    }
    if let Some(username) = &user.username {
        profile.insert("username", username.as_str());
    }
    extend(&mut profile, &names(user));
    profile.insert("identities", all_identities(user, identities));
    profile.insert("user_metadata", user.user_metadata.clone());
    profile.insert("app_metadata", user.app_metadata.clone());
    profile.insert("created_at", clock::iso(user.created_at));
    profile.insert("updated_at", clock::iso(user.updated_at));
    if let Some(last_login) = user.last_login {
        profile.insert("last_login", clock::iso(last_login));
    }
    if let Some(reset) = user.last_password_reset {
        profile.insert("last_password_reset", clock::iso(reset));
    }
    if user.blocked {
        profile.insert("blocked", true);
    }
    profile.insert("logins_count", user.logins_count);
    profile.into()
}

/// What a scope lets an application know (OpenID Connect Core §5.4).
pub fn claims(user: &User, scope: &str) -> Object {
    let granted = |name| scope.split(' ').any(|each| each == name);
    let mut claims = Object::new();
    claims.insert("sub", subject(user));
    if granted("profile") {
        let names = names(user);
        let names = names.iter().filter(|(name, _)| OF_PROFILE.contains(name));
        extend(
            &mut claims,
            &names.map(|(name, it)| (name, it.clone())).collect(),
        );
        claims.insert("updated_at", clock::iso(user.updated_at));
    }
    if granted("email")
        && let Some(email) = &user.email
    {
        claims.insert("email", email.as_str());
        claims.insert("email_verified", user.email_verified);
    }
    if granted("phone")
        && let Some(number) = &user.phone_number
    {
        claims.insert("phone_number", number.as_str());
        claims.insert("phone_number_verified", user.phone_verified);
    }
    claims
}

/// The id with its provider.
pub fn subject(user: &User) -> String {
    [&user.provider, "|", &user.id].concat()
}

/// The attributes at the root. Auth0 always has a name and a nickname; its
/// picture from another server, chosen by a hash of the address, we leave out.
fn names(user: &User) -> Object {
    let mut names = user.attributes.clone();
    let address = user.email.as_deref().or(user.phone_number.as_deref());
    let address = address.unwrap_or_default();
    if names.get("nickname").is_none() {
        let local_part = address.split('@').next().unwrap_or_default();
        let nickname = user.username.as_deref().unwrap_or(local_part);
        names.insert("nickname", nickname);
    }
    if names.get("name").is_none() {
        names.insert("name", address);
    }
    names
}

/// The one that the account began with comes first.
fn all_identities(user: &User, others: &[Identity]) -> Vec<Value> {
    let mut entries = Vec::new();
    if others.iter().all(|it| it.connection != user.connection) {
        let id = user.id.as_str();
        entries.push(entry(&user.connection, id, &user.provider, false));
    }
    for other in others {
        let mut entry = entry(
            &other.connection,
            &other.subject,
            &other.provider,
            other.is_social,
        );
        entry.insert("profileData", other.profile.clone());
        entries.push(entry);
    }
    entries.into_iter().map(Value::from).collect()
}

fn entry(connection: &str, user_id: &str, provider: &str, is_social: bool) -> Object {
    let mut entry = Object::new();
    entry.insert("connection", connection);
    entry.insert("user_id", user_id);
    entry.insert("provider", provider);
    entry.insert("isSocial", is_social);
    entry
}

fn extend(object: &mut Object, other: &Object) {
    for (key, value) in other.iter() {
        object.insert(key, value.clone());
    }
}
