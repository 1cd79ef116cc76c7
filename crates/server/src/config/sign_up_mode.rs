//! `sign_up`: what a sign-up says of an address that has an account.

use latchlet_core::config::{Code, Reader};

use super::EmailVerification;

/// The option, for the reader of the connection.
pub(super) const NAME: &str = "sign_up";

const COMPAT: &str = "compat";
const STRICT: &str = "strict";

/// What a sign-up says of an address that has an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignUpMode {
    /// It is refused, as at Auth0: whoever asks learns who has an account.
    #[default]
    Compat,
    /// What it says of any other. Its owner gets a letter, and nobody logs in with a
    /// password before the address is verified.
    Strict,
}

impl SignUpMode {
    /// Reads the option.
    pub(super) fn read(own: &mut Reader<'_>, verification: &EmailVerification) -> Self {
        let Some(name) = own.text(NAME) else {
            return Self::default();
        };
        match name.as_str() {
            COMPAT => Self::Compat,
            STRICT => {
                if !verification.at_sign_up {
                    let message = "needs `email_verification`: only the owner of an address may \
                                   log in after such a sign-up";
                    own.problem(NAME, Code::InvalidValue, message);
                }
                if own.get("requires_username").is_some() {
                    let message = "is for connections without user names: a name that is taken \
                                   has to be told";
                    own.problem(NAME, Code::InvalidValue, message);
                }
                Self::Strict
            }
            _ => {
                own.one_of(NAME, &name, [COMPAT, STRICT]);
                Self::default()
            }
        }
    }
}
