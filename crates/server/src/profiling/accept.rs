//! Whether a change of somebody's metadata is taken, and what it becomes.

use latchlet_core::progressive::{HISTORY, History};
use latchlet_core::{Object, Value};
use latchlet_store::UnixMillis;
use latchlet_wire::error::code;
use latchlet_wire::profile::merged;
use latchlet_wire::{ApiError, FieldError};

use super::consents::{self, Said};
use super::history::possible;
use super::required::Planned;
use super::{Person, Questions, write};
use crate::form::{self, MAX_METADATA};

/// A change that is taken.
#[derive(Debug)]
pub struct Accepted {
    /// The metadata afterwards.
    pub metadata: Object,
    /// What changed, for a backend that merges key by key.
    pub change: Object,
    /// What was said to consents.
    pub said: Vec<Said>,
}

/// What a change claims of the history.
enum Claim {
    /// Nothing.
    None,
    /// That there is none.
    Cleared,
    /// This one.
    Some(History),
}

/// Judges a change, key by key. The history in it is merged with the one that
/// is stored. `ends`: it is the last that is heard of the prompt.
pub fn accept(
    questions: &Questions<'_>,
    person: &Person,
    mut change: Object,
    ends: bool,
    now: UnixMillis,
) -> Result<Accepted, ApiError> {
    let claim = take_claim(&mut change)?;
    let mut change = form::of_change(questions.fields(), &change, now)?;
    write::check(questions, &person.metadata, &change)?;

    let seconds = now.div_euclid(1000);
    let stored = History::read(&person.metadata);
    let planned = questions
        .progressive
        .map(|progressive| Planned::new(progressive, person, &stored, seconds));
    let cleared = matches!(claim, Claim::Cleared);
    let mut history = stored.clone();
    let mut receipts = Vec::new();
    match claim {
        Claim::None => {}
        Claim::Cleared => history = History::default(),
        Claim::Some(mut claimed) => {
            receipts = core::mem::take(&mut claimed.receipts);
            let mut claimed = possible(claimed, &stored, questions, person.login, seconds);
            if let Some(planned) = &planned {
                planned.correct(&mut claimed, &merged(&person.metadata, &change));
            }
            history.merge(&claimed);
        }
    }
    let claimed = consents::Claimed {
        receipts: &receipts,
        stored: &stored,
        metadata: &person.metadata,
    };
    let said = consents::said(&questions.consents(), &claimed, &mut change, seconds);
    consents::note(&said, &mut history);

    let mut metadata = merged(&person.metadata, &change);
    if let Some(planned) = &planned {
        form::refuse(match ends {
            true => planned.unanswered(&metadata),
            false => planned.left_out(&metadata, &history),
        })?;
    }
    if history != stored || cleared {
        let value = match history == History::default() {
            true => Value::Null,
            false => history.to_value(),
        };
        change.insert(HISTORY, value);
        metadata = merged(&person.metadata, &change);
    }
    if serde_json::json!(metadata).to_string().len() > MAX_METADATA {
        return Err(ApiError::new(
            400,
            code::INVALID_BODY,
            "Payload validation error: user_metadata would take more than 32 KiB.",
        ));
    }
    Ok(Accepted {
        metadata,
        change,
        said,
    })
}

fn take_claim(change: &mut Object) -> Result<Claim, ApiError> {
    match change.get(HISTORY) {
        None => Ok(Claim::None),
        Some(Value::Null) => {
            change.remove(HISTORY);
            Ok(Claim::Cleared)
        }
        Some(Value::Object(_)) => {
            let claimed = History::read(change);
            change.remove(HISTORY);
            Ok(Claim::Some(claimed))
        }
        Some(_) => {
            form::refuse(vec![FieldError {
                path: form::pointer(HISTORY),
                code: "wrong_type".to_owned(),
                message: "This key has the history of questions, which is an object.".to_owned(),
            }])?;
            Ok(Claim::None)
        }
    }
}
