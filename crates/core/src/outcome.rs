//! How an attempt ended, in terms that a screen can show.

/// Why an attempt did not succeed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failure {
    /// A stable code for machines: the auth backend's, or one of ours.
    pub code: String,
    /// Sentences for fields, by name.
    pub fields: Vec<(String, String)>,
    /// A sentence for the whole form; empty where the fields have it all.
    pub notice: String,
}

impl Failure {
    /// A failure that concerns the whole form.
    pub fn notice(code: &str, text: String) -> Self {
        Self {
            code: code.to_owned(),
            fields: Vec::new(),
            notice: text,
        }
    }

    /// A failure that concerns one field.
    pub fn field(code: &str, name: &str, text: String) -> Self {
        Self {
            code: code.to_owned(),
            fields: vec![(name.to_owned(), text)],
            notice: String::new(),
        }
    }

    /// The first sentence that a person reads.
    pub fn text(&self) -> &str {
        match (self.notice.as_str(), self.fields.first()) {
            ("", Some((_, text))) => text,
            (notice, _) => notice,
        }
    }

    /// Whether it was the e-mail address, the user name or the password.
    pub fn is_wrong_credentials(&self) -> bool {
        matches!(
            self.code.as_str(),
            "access_denied" | "invalid_grant" | "invalid_user_password"
        )
    }
}
