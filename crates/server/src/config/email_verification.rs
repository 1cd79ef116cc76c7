//! `email_verification`: whether people who sign up are asked to show that their
//! address is theirs.

use latchlet_core::config::{Code, Reader};
use url::Url;

use super::is_safe;

/// The option, for the reader of the connection.
pub(super) const NAME: &str = "email_verification";

/// How addresses are verified.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EmailVerification {
    /// Whether a letter is sent at the sign-up.
    pub at_sign_up: bool,
    /// Where people go on to afterwards; nowhere by default.
    pub result_url: Option<String>,
}

impl EmailVerification {
    /// Reads the option.
    pub(super) fn read(own: &mut Reader<'_>) -> Self {
        let Some(mut options) = own.object(NAME) else {
            return Self::default();
        };
        options.allow(&["enable", "result_url"]);
        let at_sign_up = options.bool("enable").unwrap_or(true);
        let result_url = options.text("result_url");
        let goes = |text: &String| Url::parse(text).is_ok_and(|url| is_safe(&url));
        if result_url.as_ref().is_some_and(|text| !goes(text)) {
            let message = "is no whole `https://` address to go on to";
            options.problem("result_url", Code::InvalidValue, message);
        }
        Self {
            at_sign_up,
            result_url,
        }
    }
}
