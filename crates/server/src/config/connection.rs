//! A database connection: a set of accounts, and what they must be like.

use std::path::Path;

use latchlet_core::config::{Code, Place, Problem, Progressive, Reader, read_connection};
use latchlet_core::field::Field;
use latchlet_core::{Connection, Object, Value};

use super::box_config::BoxConfig;
use super::{
    ConfigError, EmailVerification, PasswordRules, SignUpMode, email_verification, password_rules,
    sign_up_mode,
};

/// What the server alone says of a connection, beside what the box knows too.
const OWN: [&str; 5] = [
    "box",
    "disable_signup",
    email_verification::NAME,
    sign_up_mode::NAME,
    "strategy",
];

/// A database connection.
#[derive(Clone, Debug)]
pub struct DatabaseConnection {
    /// Its name, password policy and user names.
    pub rules: Connection,
    /// Whether only existing users may come in.
    pub disable_signup: bool,
    /// How addresses are verified.
    pub email_verification: EmailVerification,
    /// What a sign-up says of an address that has an account.
    pub sign_up: SignUpMode,
    /// What else the server asks of a new password.
    pub password_rules: PasswordRules,
    /// The additional fields of the sign-up. With them, nothing else is
    /// stored; without, whatever the contract allows.
    pub form: Option<Vec<Field>>,
    /// What the box asks after the sign-up.
    pub progressive: Option<Progressive>,
    /// The whole config of the box, for a page that shows it.
    pub the_box: Object,
}

impl DatabaseConnection {
    /// Reads a connection. `None` only if it has no usable name. `box` names a
    /// config of the box, by its path from the server's config: its
    /// `additionalSignUpFields` are the form, and its entry for this connection
    /// has the rules, so that both sides read one file.
    pub(super) fn read(
        value: &Value,
        place: &Place,
        folder: &Path,
        problems: &mut Vec<Problem>,
    ) -> Result<Option<Self>, ConfigError> {
        let Some(object) = value.as_object() else {
            read_connection(value, place, problems);
            return Ok(None);
        };
        let before = problems.len();
        let mut shared = object.clone();
        for name in OWN.into_iter().chain(password_rules::NAMES) {
            shared.remove(name);
        }
        let rules = read_connection(&shared.into(), place, problems);
        let Some(mut own) = Reader::new(value, place, problems) else {
            return Ok(None);
        };
        let disable_signup = own.bool("disable_signup").unwrap_or(false);
        let email_verification = EmailVerification::read(&mut own);
        let sign_up = SignUpMode::read(&mut own, &email_verification);
        let password_rules = PasswordRules::read(&mut own);
        let the_box = match own.text("box") {
            Some(file) => Some(BoxConfig::load(&folder.join(&file), own.problems())?),
            None => None,
        };
        let Some(mut rules) = rules else {
            return Ok(None);
        };
        // Rules that could not be read are not compared.
        if own.problems().len() == before
            && let Some(config) = &the_box
            && let Some(shown) = config.connections.iter().find(|it| it.name == rules.name)
        {
            agree(&mut rules, shown, &mut own);
        }
        let (form, progressive, the_box) = match the_box {
            Some(config) => (Some(config.fields), config.progressive, config.whole),
            None => (None, None, Object::new()),
        };
        Ok(Some(Self {
            rules,
            disable_signup,
            email_verification,
            sign_up,
            password_rules,
            form,
            progressive,
            the_box,
        }))
    }
}

/// Takes from the box what the server's config does not say. Where both say
/// something, and not the same, one of them would be wrong to somebody.
fn agree(rules: &mut Connection, shown: &Connection, own: &mut Reader<'_>) {
    let said = |own: &Reader<'_>, names: &[&'static str]| {
        names.iter().copied().find(|name| own.get(name).is_some())
    };
    let policy = [
        "passwordPolicy",
        "password_complexity_options",
        "password_options",
    ];
    match said(own, &policy) {
        None => rules.password_policy = shown.password_policy.clone(),
        Some(name) if rules.password_policy != shown.password_policy => own.problem(
            name,
            Code::InvalidValue,
            "the box shows another password policy for this connection: leave it out here, \
             and that of the box holds",
        ),
        Some(_) => {}
    }
    match said(own, &["requires_username", "validation"]) {
        None => rules.username = shown.username.clone(),
        Some(name) if rules.username != shown.username => own.problem(
            name,
            Code::InvalidValue,
            "the box shows other rules for user names of this connection: leave them out here, \
             and those of the box hold",
        ),
        Some(_) => {}
    }
}
