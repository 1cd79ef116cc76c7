//! What somebody agreed to, when, and by which words.

use crate::field::{Field, FieldKind};

use super::policy::Seconds;

/// What was said to a consent, as it is kept in the history. The auth backend
/// of this project keeps a longer record beside, which nobody can change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The version of the document.
    pub version: String,
    /// Whether it was agreed to.
    pub granted: bool,
    /// When.
    pub at: Seconds,
    /// The language of the words.
    pub locale: String,
    /// On which screen: `signUp` or `profile`.
    pub method: String,
    /// SHA-256 of [`consent_text`], in base64url without padding.
    pub hash: String,
}

/// What is said to a consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Agreed.
    Granted,
    /// Not agreed.
    Denied,
    /// Agreed before, and not any more.
    Withdrawn,
}

impl Decision {
    /// From what was said before to what is said now.
    pub fn of(before: Option<&Receipt>, granted: bool) -> Self {
        match (before, granted) {
            (_, true) => Self::Granted,
            (Some(before), false) if before.granted => Self::Withdrawn,
            (_, false) => Self::Denied,
        }
    }

    /// The code as it is written.
    pub fn code(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Denied => "denied",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// The words that a person sees beside the box of a consent, one a line.
///
/// They are the label, the hint, the purpose, the address and the version of
/// the document. A line that is not there is empty. `None` for a field of
/// another kind.
pub fn consent_text(field: &Field) -> Option<String> {
    let FieldKind::Consent(consent) = &field.kind else {
        return None;
    };
    let part = |part: &Option<String>| part.clone().unwrap_or_default();
    let lines = [
        field.label.clone(),
        part(&field.hint),
        part(&field.purpose),
        part(&consent.url),
        consent.version.clone(),
    ];
    Some(lines.join("\n"))
}
