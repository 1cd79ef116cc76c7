//! The one place where answers become what a sign-up sends, and back.
//!
//! At sign-up the contract takes strings alone, so:
//!
//! | answer | sent |
//! |---|---|
//! | text, option, hidden value | exactly as it is, not trimmed |
//! | ticked box, unticked box | `"true"`, `"false"`, as Lock does |
//! | empty text, or white space alone | nothing: it is no answer |
//! | e-mail, user name | their canonical form |

use crate::answers::{Answer, Answers};
use crate::email;
use crate::field::{Field, FieldKind, Storage};
use crate::form::Form;
use crate::value::{Object, Value};

/// What a sign-up sends: attributes of the user, and their metadata.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SignUpValues {
    /// `email`, `username`, `password`, and the fields with `storage: 'root'`.
    pub root: Object,
    /// Everything else.
    pub user_metadata: Object,
}

/// Turns answers into what is sent.
pub fn encode(form: &Form, answers: &Answers) -> SignUpValues {
    let mut values = SignUpValues::default();
    for field in &form.fields {
        if let Some(text) = encode_one(field, answers.get(&field.name)) {
            let target = match field.storage {
                Storage::Root => &mut values.root,
                Storage::UserMetadata => &mut values.user_metadata,
            };
            target.insert(field.name.as_str(), text);
        }
    }
    values
}

fn encode_one(field: &Field, answer: &Answer) -> Option<String> {
    let text = match (&field.kind, answer) {
        (FieldKind::Checkbox, answer) => return Some((!answer.is_blank()).to_string()),
        (_, answer) => answer.text(),
    };
    if field.is_unanswered(answer) {
        return None;
    }
    Some(match &field.kind {
        FieldKind::Email | FieldKind::Identifier { .. } => email::identifier(text),
        // What is not valid is sent as typed, for the server to name.
        FieldKind::Username(rules) => rules.canonical(text).unwrap_or_else(|_| text.to_owned()),
        _ => text.to_owned(),
    })
}

/// Turns what was received back into answers to a form. A value that is not a
/// string, or a box that is neither `"true"` nor `"false"`, is named by its
/// field, as is a value that the form does not ask for.
pub fn decode(form: &Form, values: &SignUpValues) -> Result<Answers, Vec<NotDecoded>> {
    let mut answers = Answers::default();
    let mut problems = Vec::new();
    let received = [
        (Storage::Root, &values.root),
        (Storage::UserMetadata, &values.user_metadata),
    ];
    for (storage, object) in received {
        for (name, value) in object.iter() {
            let field = form
                .fields
                .iter()
                .find(|field| field.storage == storage && field.name == name);
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

fn decode_one(field: &Field, value: &Value) -> Option<Answer> {
    let text = value.as_text()?;
    match (&field.kind, text) {
        (FieldKind::Checkbox, "true") => Some(Answer::Bool(true)),
        (FieldKind::Checkbox, "false") => Some(Answer::Bool(false)),
        (FieldKind::Checkbox, _) => None,
        _ => Some(Answer::Text(text.to_owned())),
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
