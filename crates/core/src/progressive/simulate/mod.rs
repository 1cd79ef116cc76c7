//! The simulator: what would be asked of somebody at their first logins, and
//! why.
//!
//! It drives [`plan`] and [`History`] as the box does, with a clock of its own.

mod persona;

use crate::codec;
use crate::field::FieldKind;
use crate::value::{Object, Value};

use super::facts::{Facts, answer};
use super::history::{History, Outcome};
use super::history_value::HISTORY;
use super::plan::{Asked, Plan, plan};
use super::policy::{Policy, Schema, Seconds};

pub use persona::{Does, Persona};

/// One login of a simulated person.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Which login it is.
    pub login: u32,
    /// When.
    pub at: Seconds,
    /// What is asked, and why.
    pub plan: Plan,
    /// What the person does with the prompt, if there is one.
    pub does: Option<Does>,
    /// What they answer.
    pub answered: Vec<String>,
}

/// The first logins of a person, the sign-up's own among them, and what is
/// stored of them in the end.
pub fn simulate(
    policy: &Policy,
    schema: &Schema,
    persona: &Persona,
    logins: u32,
) -> (Vec<Step>, Object) {
    let mut metadata = persona.metadata.clone();
    let steps = (1..=logins).map(|login| visit(policy, schema, persona, login, &mut metadata));
    (steps.collect(), metadata)
}

fn visit(
    policy: &Policy,
    schema: &Schema,
    persona: &Persona,
    login: u32,
    metadata: &mut Object,
) -> Step {
    let at = persona.time_of(login);
    let mut history = History::read(metadata);
    history.login.seen(&at.to_string(), None);
    for event in persona.events(login) {
        history.report(event, at);
    }
    let plan = {
        let facts = Facts {
            user: &persona.user,
            login: history.login.count,
            signed_up: Some(persona.signed_up),
            claims: &persona.claims,
            profile: &persona.profile,
            metadata,
            known: Some(&persona.known),
            connection: &persona.connection,
            locale: &persona.locale,
            history: &history,
            requested: persona.requests(login),
        };
        plan(policy, schema, &facts, at)
    };
    for (name, value, source) in &plan.keep {
        metadata.insert(name.as_str(), value.clone());
        history.change(name, |entry| entry.source = *source);
    }
    let mut step = Step {
        login,
        at,
        does: (!plan.ask.is_empty()).then(|| persona.does(login)),
        answered: Vec::new(),
        plan,
    };
    if let Some(does) = step.does {
        let shown = step.plan.ask.iter().map(Asked::noted);
        match step.plan.is_requested {
            true => history.asked(shown, login, at),
            false => history.shown(shown, login, at),
        }
        step.answered = respond(policy, schema, persona, &step, does, &mut history, metadata);
    }
    metadata.insert(HISTORY, history.to_value());
    step
}

/// What the person does with a prompt. What they answered is returned.
fn respond(
    policy: &Policy,
    schema: &Schema,
    persona: &Persona,
    step: &Step,
    does: Does,
    history: &mut History,
    metadata: &mut Object,
) -> Vec<String> {
    let mut answered = Vec::new();
    match (does, policy.snooze.first()) {
        (Does::Leave, _) => {}
        (Does::Snooze, Some(time)) if step.plan.may_skip && !step.plan.is_requested => {
            history.snoozed(step.at.saturating_add(*time), step.at);
        }
        (Does::Skip | Does::Snooze, _) if step.plan.may_skip => end(policy, step, history, true),
        (Does::Decline, _) if step.plan.may_skip => {
            let declinable =
                |asked: &&Asked| schema.field(&asked.name).is_some_and(|it| it.declinable);
            let declined: Vec<&Asked> = step.plan.ask.iter().filter(declinable).collect();
            for asked in &declined {
                history.came(&asked.name, &asked.edition, Outcome::Declined, step.at);
            }
            end(policy, step, history, declined.is_empty());
        }
        _ => {
            for asked in &step.plan.ask {
                let given = said(schema, persona, metadata, &asked.name);
                let is_consent = schema
                    .field(&asked.name)
                    .is_some_and(|question| matches!(question.field.kind, FieldKind::Consent(_)));
                // A box that is left open is a no, and is not asked again.
                if given.is_none() && !is_consent {
                    continue;
                }
                match given {
                    Some(value) => metadata.insert(asked.name.as_str(), value),
                    None => metadata.remove(&asked.name),
                };
                history.came(&asked.name, &asked.edition, Outcome::Answered, step.at);
                answered.push(asked.name.clone());
            }
            end(policy, step, history, answered.is_empty());
        }
    }
    answered
}

/// What was asked is over.
fn end(policy: &Policy, step: &Step, history: &mut History, skipped: bool) {
    match (step.plan.is_requested, skipped) {
        (true, _) => history.left(step.plan.ask.iter().map(Asked::noted), step.at),
        (false, true) => history.skipped(policy, step.at),
        (false, false) => history.closed(step.at),
    }
}

/// What the person answers: their own answer, or what is there to be confirmed.
fn said(schema: &Schema, persona: &Persona, metadata: &Object, name: &str) -> Option<Value> {
    let field = &schema.field(name)?.field;
    let own = persona
        .answers
        .get(name)
        .and_then(|value| answer(field, value));
    match own {
        Some(answer) => codec::encode_one(field, &answer),
        None => metadata.get(name).cloned(),
    }
}

impl Step {
    /// The login as data, for snapshot tests.
    pub fn to_value(&self) -> Value {
        let mut object = Object::new();
        object.insert("login", self.login);
        object.insert("at", Value::Number(self.at as f64));
        if let Some(does) = self.does {
            object.insert("does", does.code());
            let answered = self.answered.iter().map(|name| name.as_str().into());
            object.insert("answered", answered.collect::<Vec<Value>>());
        }
        object.insert("plan", self.plan.to_value());
        object.into()
    }
}
