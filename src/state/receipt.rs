//! Receipts of consents.

use latchlet_core::progressive::{Receipt, Seconds, consent_text};
use latchlet_core::{Field, FieldKind};

use crate::browser::crypto;

use super::BoxState;

/// What was said to a consent, for the history.
pub async fn receipt(parent: &BoxState, field: &Field, granted: bool, at: Seconds) -> Receipt {
    let text = consent_text(field).unwrap_or_default();
    let version = match &field.kind {
        FieldKind::Consent(consent) => consent.version.clone(),
        _ => String::new(),
    };
    Receipt {
        version,
        granted,
        at,
        locale: parent.config.language.clone(),
        method: "profile".to_owned(),
        hash: crypto::sha256(&text).await.unwrap_or_default(),
    }
}
