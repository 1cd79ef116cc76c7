//! `fields` of `progressiveProfile`: the questions.

use crate::date::Date;
use crate::field::{Field, FieldKind, Storage};
use crate::progressive::{ProfileField, Write};
use crate::value::Value;

use super::ask::{ON_DEMAND, read_ask};
use super::condition::check_conditions;
use super::fields::{Asked, TWICE, check_equals, read_field};
use super::origin::read_origins;
use super::problem::{Code, Place};
use super::progressive::read_duration;
use super::read::Reader;
use super::spec::{FIELD, QUESTION, WRITERS};

/// Reads the questions.
pub(super) fn read_questions(
    options: &mut Reader<'_>,
    sign_up: &[Field],
    language: &str,
) -> Vec<ProfileField> {
    if options.get("fields").is_none() {
        options.problem("fields", Code::Missing, "say what is asked");
    }
    let list = options.list("fields");
    if list.as_ref().is_some_and(Vec::is_empty) {
        options.problem("fields", Code::InvalidValue, "there is nothing to ask");
    }
    let mut questions: Vec<ProfileField> = Vec::new();
    // Those of the sign-up were checked there.
    let mut own: Vec<(Place, Field)> = Vec::new();
    for (place, item) in list.unwrap_or_default() {
        let Some(mut reader) = Reader::new(item, &place, options.problems()) else {
            continue;
        };
        let name = reader.get("name").and_then(Value::as_text);
        let shared = sign_up.iter().find(|field| Some(&*field.name) == name);
        let field = match shared {
            Some(field) => {
                check_shared(&mut reader, field);
                Some(field.clone())
            }
            None => read_field(&mut reader, &place, language, Asked::Later),
        };
        let Some(field) = field else {
            continue;
        };
        if questions.iter().any(|it| it.field.name == field.name) {
            reader.problem("name", Code::DuplicateName, TWICE);
        }
        check_kind(&mut reader, &field, shared.is_some());
        if shared.is_none() {
            own.push((place, field.clone()));
        }
        questions.push(read_question(&mut reader, field, shared.is_some()));
    }
    // The built-in fields are in no prompt.
    check_conditions(&own, sign_up, &[], options.problems());
    check_equals(&own, sign_up, &[], options.problems());
    questions
}

/// A field of the sign-up is taken as it is.
fn check_shared(reader: &mut Reader<'_>, field: &Field) {
    reader.allow(&[FIELD.names, QUESTION.names].concat());
    for name in FIELD.names.iter().filter(|name| **name != "name") {
        if reader.get(name).is_some() {
            let message = [
                "`",
                &field.name,
                "` is a field of the sign-up and is taken as it is: leave this out",
            ];
            reader.explain(name, Code::InvalidValue, &message);
        }
    }
}

/// Only an answer that is stored in `user_metadata` is known at another login,
/// and only what somebody sees can be answered.
fn check_kind(reader: &mut Reader<'_>, field: &Field, shared: bool) {
    let message = match (&field.kind, field.storage) {
        (FieldKind::Secret, _) => "a secret is not kept where everybody can read it: ask no secret",
        (FieldKind::Hidden, _) => "nobody can answer what is hidden",
        (_, Storage::Root) => {
            "this is an attribute of the user, which only a sign-up can set: ask something else"
        }
        (_, Storage::Nowhere) => "an answer that is not stored would be asked again and again",
        (_, Storage::UserMetadata) => {
            let said = reader.get("storage").and_then(Value::as_text);
            if !shared && said.is_some_and(|said| said != "user_metadata") {
                let message = "answers after the sign-up are stored in `user_metadata` alone";
                reader.problem("storage", Code::InvalidValue, message);
            }
            return;
        }
    };
    let option = if shared { "name" } else { "type" };
    reader.problem(option, Code::InvalidValue, message);
}

fn read_question(reader: &mut Reader<'_>, field: Field, shared: bool) -> ProfileField {
    let mut question = ProfileField {
        ask: read_ask(reader).unwrap_or_default(),
        from: read_origins(reader),
        always: reader.bool("always").unwrap_or(false),
        confirm: read_duration(reader, "confirm"),
        declinable: reader.bool("declinable").unwrap_or(false),
        write: read_writer(reader),
        keep: reader.bool("keep").unwrap_or(false),
        ..ProfileField::new(field)
    };
    let required = question.field.required && !shared;
    check_contradictions(reader, &question, required);
    if required {
        question.ask.required_from = Date::new(1, 1, 1);
    }
    // The prompt says when it is.
    question.field.required = false;
    question
}

fn read_writer(reader: &mut Reader<'_>) -> Write {
    match reader.text("write").as_deref() {
        None | Some("user") => Write::User,
        Some("create") => Write::Create,
        Some("server") => Write::Server,
        Some(other) => {
            reader.one_of("write", other, &WRITERS);
            Write::User
        }
    }
}

/// What cannot both be meant.
fn check_contradictions(reader: &mut Reader<'_>, question: &ProfileField, required: bool) {
    let mut contradiction = |holds: bool, name: &str, message: &str| {
        if holds {
            reader.problem(name, Code::InvalidValue, message);
        }
    };
    let server = question.write == Write::Server;
    contradiction(required && question.ask.on_demand, "required", ON_DEMAND);
    contradiction(
        required && question.ask.required_from.is_some(),
        "required",
        "this holds from the first day on: leave it out, or `ask.requiredFrom`",
    );
    contradiction(
        required && question.declinable,
        "declinable",
        "what must be answered cannot be declined",
    );
    contradiction(
        required && server,
        "required",
        "nobody can answer what only a server writes",
    );
    contradiction(
        question.keep && server,
        "keep",
        "only a server writes this: what another source knows cannot be stored from here",
    );
    let create = question.write == Write::Create;
    let once = "the person answers this once (`write` is `create`): it is not asked again";
    contradiction(create && question.always, "always", once);
    contradiction(create && question.confirm.is_some(), "confirm", once);
    if server && reader.get("ask").is_some() {
        let message = "only a server writes this answer (`write`), and so it is never asked";
        reader.problem("ask", Code::InvalidValue, message);
    }
}
