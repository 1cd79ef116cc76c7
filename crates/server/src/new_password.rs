//! Whether a new password may be somebody's: the policy that the box shows, and
//! what only the server can know.

use std::collections::HashSet;
use std::sync::LazyLock;

use latchlet_core::password::{MAX_BYTES, PasswordReport};
use latchlet_core::{Message, Object};
use latchlet_store::User;
use latchlet_wire::{ApiError, password};

use crate::config::DatabaseConnection;

/// What everybody tries first (`common_passwords.md` says where it is from).
static COMMON: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("common_passwords.txt").lines().collect());

/// Shorter words stand in too many good passwords by chance.
const MIN_WORD: usize = 4;

/// Why a password may not be somebody's.
#[derive(Clone, Debug, PartialEq)]
pub enum Refused {
    /// It is too long to be hashed.
    TooLong,
    /// It breaks the policy.
    TooWeak(PasswordReport),
    /// Everybody tries it first.
    TooCommon,
    /// What is known of the person or the site stands in it.
    Personal,
    /// It is one of the person's last ones, of which there are so many.
    Reused(u32),
}

impl Refused {
    /// As the contract says it.
    pub fn to_api(&self) -> ApiError {
        match self {
            Self::TooLong => password::too_long(),
            Self::TooWeak(report) => password::too_weak(report),
            Self::TooCommon => password::too_common(),
            Self::Personal => password::has_user_info(),
            Self::Reused(history) => password::reused(*history),
        }
    }

    /// What a person hears.
    pub fn message(&self) -> Message {
        match self {
            Self::TooLong => Message::PasswordTooLong,
            Self::TooWeak(_) => Message::PasswordTooWeak,
            Self::TooCommon => Message::PasswordTooCommon,
            Self::Personal => Message::PasswordHasUserInfo,
            Self::Reused(_) => Message::PasswordReused,
        }
    }
}

/// Checks all but the history, which takes hashing. `host` is the server's.
pub fn check(
    connection: &DatabaseConnection,
    host: &str,
    person: &User,
    password: &str,
) -> Result<(), Refused> {
    if password.len() > MAX_BYTES {
        return Err(Refused::TooLong);
    }
    let report = connection.rules.password_policy.check(password);
    if !report.verified() {
        return Err(Refused::TooWeak(report));
    }
    let rules = &connection.password_rules;
    let lower = password.to_lowercase();
    if rules.dictionary && (COMMON.contains(&*lower) || rules.own_dictionary.contains(&lower)) {
        return Err(Refused::TooCommon);
    }
    if rules.no_personal_info && words(host, person).any(|word| lower.contains(&word)) {
        return Err(Refused::Personal);
    }
    Ok(())
}

/// The words that somebody who knows the person and the site would try, in
/// lower case.
fn words(host: &str, person: &User) -> impl Iterator<Item = String> {
    let local_part = person
        .email
        .as_deref()
        .and_then(|it| it.split(['@', '+']).next());
    let texts = [local_part, person.username.as_deref()];
    let name = |object: &'_ Object, keys: &[&str]| -> Vec<String> {
        let texts = keys.iter().filter_map(|key| object.text(key));
        texts.map(str::to_owned).collect()
    };
    let attributes = ["name", "given_name", "family_name", "nickname"];
    let metadata = ["name", "first", "last"];
    let names = name(&person.attributes, &attributes)
        .into_iter()
        .chain(name(&person.user_metadata, &metadata));
    let mut words: Vec<String> = texts
        .into_iter()
        .flatten()
        .map(str::to_owned)
        .chain(names)
        .flat_map(|text| parts(&text))
        .collect();
    words.extend(labels(host));
    words.into_iter()
}

/// A text and its words, those that are long enough.
fn parts(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let mut parts = vec![lower.trim().to_owned()];
    parts.extend(
        lower
            .split(|c: char| !c.is_alphanumeric())
            .map(str::to_owned),
    );
    parts.retain(|part| part.chars().count() >= MIN_WORD);
    parts
}

/// The labels of a host, without the last of several: nobody is called `com`.
fn labels(host: &str) -> Vec<String> {
    let labels = match host.rsplit_once('.') {
        Some((labels, _)) => labels,
        None => host,
    };
    labels.split('.').flat_map(parts).collect()
}

#[cfg(test)]
mod tests {
    use latchlet_core::password::PasswordPolicy;
    use latchlet_core::{Connection, Object};
    use latchlet_store::User;

    use super::{COMMON, Refused, check};
    use crate::config::{DatabaseConnection, EmailVerification, PasswordRules, SignUpMode};

    fn connection(password_rules: PasswordRules) -> DatabaseConnection {
        DatabaseConnection {
            rules: Connection {
                password_policy: PasswordPolicy::of_length(4),
                ..Connection::default()
            },
            disable_signup: false,
            email_verification: EmailVerification::default(),
            sign_up: SignUpMode::default(),
            password_rules,
            form: None,
            progressive: None,
            the_box: Object::new(),
        }
    }

    fn ada() -> User {
        User {
            id: String::new(),
            provider: "auth0".to_owned(),
            connection: String::new(),
            email: Some("a.lovelace+news@mail.example".to_owned()),
            email_verified: false,
            phone_number: None,
            phone_verified: false,
            username: Some("Enchantress".to_owned()),
            password_hash: None,
            last_password_reset: None,
            blocked: false,
            consent_subject: String::new(),
            attributes: [("given_name", "Ada Augusta"), ("family_name", "Ng")]
                .into_iter()
                .collect(),
            user_metadata: [("first", "Byron"), ("company", "Analytical")]
                .into_iter()
                .collect(),
            app_metadata: Object::new(),
            created_at: 0,
            updated_at: 0,
            last_login: None,
            logins_count: 0,
        }
    }

    #[test]
    fn there_are_enough_common_passwords_and_they_are_in_lower_case() {
        assert!(COMMON.len() > 9_000);
        assert!(
            COMMON
                .iter()
                .all(|it| !it.is_empty() && it.to_lowercase() == **it)
        );
    }

    #[test]
    fn the_whole_password_is_compared_whatever_its_case() {
        let own = ["Acme2026".to_lowercase()].into_iter().collect();
        let rules = PasswordRules {
            own_dictionary: own,
            ..PasswordRules::default()
        };
        let check = |password| check(&connection(rules.clone()), "x.org", &ada(), password);
        for password in ["letmein", "LetMeIn", "ACME2026"] {
            assert_eq!(check(password), Err(Refused::TooCommon), "{password}");
        }
        for password in ["letmein of course", "acme2026!"] {
            assert_eq!(check(password), Ok(()), "{password}");
        }
    }

    #[test]
    fn what_is_known_of_the_person_and_the_site() {
        let connection = connection(PasswordRules::default());
        let check = |password| check(&connection, "login.bigshop.example", &ada(), password);
        for password in [
            "my Lovelace 1815",
            "ENCHANTRESS9",
            "augusta1815",
            "byron-1815",
            "go bigshop go",
        ] {
            assert_eq!(check(password), Err(Refused::Personal), "{password}");
        }
        // `Ada` and `Ng` are too short, and nobody said that a company counts.
        for password in ["adamant ng 1815", "analytical 1815", "examples of mine"] {
            assert_eq!(check(password), Ok(()), "{password}");
        }
    }

    #[test]
    fn both_can_be_switched_off() {
        let rules = PasswordRules {
            dictionary: false,
            no_personal_info: false,
            ..PasswordRules::default()
        };
        let connection = connection(rules);
        for password in ["letmein", "my lovelace 1815"] {
            assert_eq!(check(&connection, "x.org", &ada(), password), Ok(()));
        }
    }
}
