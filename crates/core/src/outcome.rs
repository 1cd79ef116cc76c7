//! How an attempt ended, in terms that a screen can show.

/// Why an attempt did not succeed: errors on fields, or one notice for all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Failure {
    /// Sentences for fields, by name.
    pub fields: Vec<(String, String)>,
    /// A sentence for the whole form.
    pub notice: Option<Notice>,
}

/// A sentence for a person, with a stable code for machines.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// The code.
    pub code: String,
    /// The sentence.
    pub text: String,
}

impl Failure {
    /// A failure that concerns the whole form.
    pub fn notice(code: &str, text: String) -> Self {
        Self {
            fields: Vec::new(),
            notice: Some(Notice {
                code: code.to_owned(),
                text,
            }),
        }
    }

    /// Whether it was the e-mail address, the user name or the password.
    pub fn is_wrong_credentials(&self) -> bool {
        self.notice.as_ref().is_some_and(|notice| {
            matches!(
                notice.code.as_str(),
                "access_denied" | "invalid_grant" | "invalid_user_password"
            )
        })
    }

    /// A failure that concerns one field.
    pub fn field(name: &str, text: String) -> Self {
        Self {
            fields: vec![(name.to_owned(), text)],
            notice: None,
        }
    }
}
