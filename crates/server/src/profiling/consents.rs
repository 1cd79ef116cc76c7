//! What a change says to consents.
//!
//! A value of a consent's field agrees, deleting it withdraws, and a receipt
//! in the history that is not `granted` refuses. Of the receipt the server
//! takes where and in which language that was said; the words, their version
//! and the time are its own.

use data_encoding::BASE64URL_NOPAD;
use latchlet_core::progressive::{DAY, Decision, History, Receipt, Seconds, consent_text};
use latchlet_core::{Field, FieldKind, Object, Value};
use latchlet_store::{ConsentEvent, UnixMillis};

use crate::auth::secret;

/// The longest tag of a language that is in use (BCP 47).
const MAX_LOCALE: usize = 35;

/// What was said to one consent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    document: String,
    decision: Decision,
    text: String,
    receipt: Receipt,
}

/// What a client claims, and what is stored.
pub struct Claimed<'a> {
    /// The receipts in the claimed history.
    pub receipts: &'a [(String, Receipt)],
    /// The stored history.
    pub stored: &'a History,
    /// The stored metadata.
    pub metadata: &'a Object,
}

/// What a record has beside what was said.
pub struct Circumstances {
    /// Who says it: `sub`.
    pub subject: String,
    /// When.
    pub at: UnixMillis,
    /// The edition of the questions.
    pub form_version: String,
    /// The origin of the page.
    pub origin: String,
    /// The id of the request.
    pub request_id: String,
}

/// What a change says to consents. A refusal deletes what was agreed to.
pub fn said(
    consents: &[&Field],
    claimed: &Claimed<'_>,
    change: &mut Object,
    now: Seconds,
) -> Vec<Said> {
    let mut all = Vec::new();
    for field in consents {
        let (name, last) = (&field.name, find(&claimed.stored.receipts, &field.name));
        let is_of_this_version = |receipt: &&Receipt| receipt.version == version(field);
        let receipt = find(claimed.receipts, name).filter(is_of_this_version);
        // The history is sent whole: what was said before is no news.
        let news = receipt
            .filter(|it| last.is_none_or(|last| last.version != it.version || last.at < it.at));
        // An agreement that has waited somewhere, and was taken back meanwhile.
        let is_outdated = receipt.is_some_and(|it| {
            !it.granted || last.is_some_and(|last| last.version == it.version && last.at > it.at)
        });
        if is_outdated && change.get(name).is_some_and(|it| *it != Value::Null) {
            change.remove(name);
        }
        let is_stored = claimed.metadata.get(name).is_some();
        let granted = match change.get(name) {
            Some(Value::Null) if is_stored => false,
            Some(Value::Null) | None if news.is_some_and(|it| !it.granted) => false,
            Some(Value::Null) | None => continue,
            // Sent again, because no reply came.
            Some(_) if receipt.is_some_and(|it| it.granted && is_same(last, it)) => continue,
            Some(_) => true,
        };
        if !granted && is_stored {
            change.insert(name.as_str(), Value::Null);
        }
        let decision = match Decision::of(last, granted) {
            Decision::Denied if is_stored => Decision::Withdrawn,
            decision => decision,
        };
        let receipt = Receipt {
            granted,
            // The time of its own clock, unless that is far ahead, so that the
            // receipt is known again when it is sent again.
            at: news.map_or(now, |it| it.at.min(now + DAY)),
            locale: receipt.map_or("", |it| locale(&it.locale)).to_owned(),
            method: match receipt.map(|it| it.method.as_str()) {
                Some("signUp") => "signUp",
                _ => "profile",
            }
            .to_owned(),
            ..blank(field)
        };
        all.extend(Said::new(field, decision, receipt));
    }
    all
}

/// What a sign-up agrees to. It has no history: where nothing is said, nothing
/// is known.
pub fn at_sign_up(consents: &[&Field], metadata: &Object, language: &str) -> Vec<Said> {
    consents
        .iter()
        .filter(|field| metadata.get(&field.name).is_some())
        .filter_map(|field| {
            let receipt = Receipt {
                granted: true,
                locale: locale(language).to_owned(),
                method: "signUp".to_owned(),
                ..blank(field)
            };
            Said::new(field, Decision::Granted, receipt)
        })
        .collect()
}

/// Puts receipts into a history.
pub fn note(said: &[Said], history: &mut History) {
    for it in said {
        let receipts = &mut history.receipts;
        receipts.retain(|(name, _)| *name != it.document);
        receipts.push((it.document.clone(), it.receipt.clone()));
    }
    if !said.is_empty() {
        // In order, as a history that was read is.
        history.merge(&History::default());
    }
}

impl Said {
    fn new(field: &Field, decision: Decision, receipt: Receipt) -> Option<Self> {
        let text = consent_text(field)?;
        Some(Self {
            document: field.name.clone(),
            decision,
            receipt: Receipt {
                hash: BASE64URL_NOPAD.encode(&secret::digest(&text)),
                ..receipt
            },
            text,
        })
    }

    /// As it is recorded.
    pub fn to_event(&self, circumstances: &Circumstances) -> ConsentEvent {
        ConsentEvent {
            subject: circumstances.subject.clone(),
            document: self.document.clone(),
            version: self.receipt.version.clone(),
            text: self.text.clone(),
            locale: self.receipt.locale.clone(),
            decision: self.decision.code().to_owned(),
            method: self.receipt.method.clone(),
            at: circumstances.at,
            form_version: circumstances.form_version.clone(),
            origin: circumstances.origin.clone(),
            request_id: circumstances.request_id.clone(),
        }
    }
}

/// Whether one act is meant.
fn is_same(last: Option<&Receipt>, receipt: &Receipt) -> bool {
    last.is_some_and(|last| (last.at, last.granted) == (receipt.at, receipt.granted))
        && last.is_some_and(|last| last.version == receipt.version)
}

fn blank(field: &Field) -> Receipt {
    Receipt {
        version: version(field).to_owned(),
        granted: false,
        at: 0,
        locale: String::new(),
        method: String::new(),
        hash: String::new(),
    }
}

fn version(field: &Field) -> &str {
    match &field.kind {
        FieldKind::Consent(consent) => &consent.version,
        _ => "",
    }
}

fn find<'a>(receipts: &'a [(String, Receipt)], name: &str) -> Option<&'a Receipt> {
    let (_, receipt) = receipts.iter().find(|(document, _)| document == name)?;
    Some(receipt)
}

/// A tag of a language, or nothing.
fn locale(text: &str) -> &str {
    let is_tag = text.len() <= MAX_LOCALE
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if is_tag { text } else { "" }
}
