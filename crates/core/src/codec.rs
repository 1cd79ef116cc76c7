//! The one place where answers become what is sent, and back.
//!
//! At sign-up the contract takes strings alone, so:
//!
//! | answer | sent |
//! |---|---|
//! | text, option, hidden value | exactly as it is, not trimmed |
//! | ticked box, unticked box | `"true"`, `"false"`, as Lock does |
//! | consent | the version of the document, if ticked; else nothing |
//! | number | its shortest decimal, such as `"12.5"` |
//! | date | `"YYYY-MM-DD"` |
//! | empty text, or white space alone | nothing: it is no answer |
//! | e-mail, user name, telephone | their canonical form |
//!
//! What does not fit a sign-up is sent with the first update of the profile,
//! where a list is a JSON array, and everything else is as above.

use crate::answers::{Answer, Answers};
use crate::field::{Field, FieldKind, Storage};
use crate::form::Form;
use crate::gather::Gather;
use crate::value::{Object, Value};
use crate::{email, telephone};

/// What the answers to a form send.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SignUpValues {
    /// `email`, `username`, `password`, and the fields with `storage: 'root'`.
    pub root: Object,
    /// The metadata that a sign-up takes.
    pub user_metadata: Object,
    /// The metadata that is sent after the sign-up.
    pub deferred: Object,
}

/// Turns answers into what is sent. What is not asked is not sent.
pub fn encode(form: &Form, answers: &Answers, known: Option<&Object>) -> SignUpValues {
    let mut values = SignUpValues::default();
    let asked = form.asked(answers, known);
    for (field, asked) in form.fields.iter().zip(asked) {
        let target = match (field.storage, field.deferred) {
            _ if asked == Some(false) => continue,
            (Storage::Nowhere, _) => continue,
            (Storage::Root, _) => &mut values.root,
            (Storage::UserMetadata, false) => &mut values.user_metadata,
            (Storage::UserMetadata, true) => &mut values.deferred,
        };
        if let Some(value) = encode_one(field, answers.get(&field.name)) {
            target.insert(field.name.as_str(), value);
        }
    }
    values
}

/// What one answer sends, if it is one.
pub fn encode_one(field: &Field, answer: &Answer) -> Option<Value> {
    match (&field.kind, answer) {
        (FieldKind::Checkbox, answer) => return Some((!answer.is_blank()).to_string().into()),
        (FieldKind::Consent(consent), answer) => {
            return (!answer.is_blank()).then(|| consent.version.as_str().into());
        }
        (_, answer) if field.is_unanswered(answer) => return None,
        (_, Answer::List(items)) => {
            let items: Vec<Value> = items.iter().map(|item| item.as_str().into()).gather();
            return Some(items.into());
        }
        _ => {}
    }
    Some(canonical(field, answer.to_text()).into())
}

/// The text that is sent for a text: of an e-mail address, a user name and a
/// telephone number, the canonical form.
///
/// Rules and conditions look at this, and so find the same on both sides. What
/// is not valid stays as typed, for the server to name.
pub fn canonical(field: &Field, text: String) -> String {
    let canonical = match &field.kind {
        FieldKind::Email | FieldKind::Identifier(_) => Some(email::identifier(&text)),
        FieldKind::Username(rules) => rules.canonical(&text).ok(),
        FieldKind::Telephone => telephone::canonical(&text),
        _ => None,
    };
    canonical.unwrap_or(text)
}

/// Turns what was received back into answers to a form.
///
/// A value of the wrong type is named by its field, as is one that the form does not ask for, and
/// one that is not to be sent at this time: `deferred` after a sign-up.
pub fn decode(form: &Form, values: &SignUpValues) -> Result<Answers, Vec<NotDecoded>> {
    let mut answers = Answers::default();
    let mut problems = Vec::new();
    let received = [
        (Storage::Root, false, &values.root),
        (Storage::UserMetadata, false, &values.user_metadata),
        (Storage::UserMetadata, true, &values.deferred),
    ];
    for (storage, deferred, object) in received {
        for (name, value) in object.iter() {
            let field = form.fields.iter().find(|field| {
                field.storage == storage && field.deferred == deferred && field.name == name
            });
            match field.map(|field| decode_one(field, value)) {
                Some(Some(answer)) => answers.set(name, answer),
                Some(None) => problems.push(NotDecoded::new(storage, name, "wrong_type")),
                None => problems.push(NotDecoded::new(storage, name, "unknown_field")),
            }
        }
    }
    match problems.is_empty() {
        true => Ok(answers),
        false => Err(problems),
    }
}

/// What one received value answers, if it is of the type that is sent.
pub fn decode_one(field: &Field, value: &Value) -> Option<Answer> {
    if let FieldKind::Checkboxes(_) = field.kind {
        let items = value.as_list()?.iter();
        let items: Option<_> = items
            .map(|item| item.as_text().map(str::to_owned))
            .collect();
        return items.map(Answer::List);
    }
    let text = value.as_text()?;
    match (&field.kind, text) {
        (FieldKind::Checkbox, "true") => Some(Answer::Bool(true)),
        (FieldKind::Checkbox, "false") => Some(Answer::Bool(false)),
        (FieldKind::Checkbox, _) => None,
        // Nobody agreed to a version that is not this one.
        (FieldKind::Consent(consent), text) => {
            (text == consent.version).then_some(Answer::Bool(true))
        }
        _ => Some(field.typed(text)),
    }
}

/// A received value that is no answer to the form.
#[derive(Clone, Debug, PartialEq)]
pub struct NotDecoded {
    /// Where it was received.
    pub storage: Storage,
    /// Its name.
    pub name: String,
    /// `wrong_type` or `unknown_field`.
    pub code: &'static str,
}

impl NotDecoded {
    fn new(storage: Storage, name: &str, code: &'static str) -> Self {
        Self {
            storage,
            name: name.to_owned(),
            code,
        }
    }
}
