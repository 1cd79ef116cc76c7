//! Whether a change lets a question go away that must be answered.

use latchlet_core::config::Progressive;
use latchlet_core::progressive::{
    Asked, History, OriginRoot, Plan, ProfileField, Rest, Seconds, plan,
};
use latchlet_core::{Object, Texts, Violation};
use latchlet_wire::FieldError;

use super::Person;
use crate::form::pointer;

/// The server's own plan at a login, before a change.
pub struct Planned<'a> {
    progressive: &'a Progressive,
    person: &'a Person,
    stored: &'a History,
    now: Seconds,
    plan: Plan,
}

impl<'a> Planned<'a> {
    /// The plan for somebody with this history.
    pub fn new(
        progressive: &'a Progressive,
        person: &'a Person,
        stored: &'a History,
        now: Seconds,
    ) -> Self {
        let Progressive { policy, schema, .. } = progressive;
        let facts = person.facts(&person.metadata, stored);
        Self {
            plan: plan(policy, schema, &facts, now),
            progressive,
            person,
            stored,
            now,
        }
    }

    /// Takes from a claimed history what nobody can have done while a question
    /// waits that must be answered. One that is not asked cannot have been
    /// shown, and where nothing is asked there is no prompt to be over or put
    /// off. Otherwise each such claim would put the question off again.
    /// `metadata` is that after the change.
    pub fn correct(&self, claimed: &mut History, metadata: &Object) {
        let owed = self.owed(metadata);
        if owed.is_empty() {
            return;
        }
        claimed
            .entries
            .retain(|(name, _)| !owed.contains(&name.as_str()) || asks(&self.plan, name));
        if self.plan.ask.is_empty() {
            claimed.prompt = None;
            claimed.rest = Rest::default();
        }
    }

    /// The questions that must be answered, are asked, and are not asked any
    /// more though nothing answers them.
    ///
    /// What is asked before and after the answers is asked regardless of the
    /// new history, and with the answers regardless of what it depended on. If
    /// it is not asked with the new history, that history closed, skipped or
    /// put it off. One that is open is still asked at this login, and would
    /// not be at the next if a rest could begin meanwhile.
    pub fn left_out(&self, metadata: &Object, history: &History) -> Vec<FieldError> {
        if history == self.stored {
            return Vec::new();
        }
        let after = self.after(metadata, history);
        let put_off = history.rest.until > self.stored.rest.until.max(self.now);
        let goes_away = |asked: &&Asked| put_off || !asks(&after, &asked.name);
        let due = self.due(metadata);
        due.iter()
            .filter(goes_away)
            .filter_map(|it| self.error(it))
            .collect()
    }

    /// The questions that must be answered, are asked, and are not answered by
    /// a change after which nobody is asked any more.
    pub fn unanswered(&self, metadata: &Object) -> Vec<FieldError> {
        let due = self.due(metadata);
        due.iter().filter_map(|it| self.error(it)).collect()
    }

    /// What was asked before a change, must be answered, and is not.
    fn due(&self, metadata: &Object) -> Vec<Asked> {
        let mut ask = self.after(metadata, self.stored).ask;
        ask.retain(|asked| {
            asked.required
                && !asked.depends
                && asked.known.is_none()
                && asks(&self.plan, &asked.name)
        });
        ask
    }

    fn error(&self, asked: &Asked) -> Option<FieldError> {
        let question = self.progressive.schema.field(&asked.name)?;
        (!may_be_known_to_the_page(question)).then(|| FieldError {
            path: pointer(&question.field.name),
            code: "required".to_owned(),
            message: Violation::Required.describe(&question.field, &Texts::default()),
        })
    }

    /// What must be answered at some login, and is not.
    fn owed(&self, metadata: &Object) -> Vec<&'a str> {
        let facts = self.person.facts(metadata, self.stored);
        let questions = self.progressive.schema.fields.iter();
        questions
            .filter(|question| question.is_required(self.now))
            .filter(|question| facts.known(question).is_none())
            .filter(|question| !may_be_known_to_the_page(question))
            .map(|question| question.field.name.as_str())
            .collect()
    }

    fn after(&self, metadata: &Object, history: &History) -> Plan {
        let Progressive { policy, schema, .. } = self.progressive;
        plan(
            policy,
            schema,
            &self.person.facts(metadata, history),
            self.now,
        )
    }
}

fn asks(plan: &Plan, name: &str) -> bool {
    plan.ask.iter().any(|asked| asked.name == name)
}

/// Whether the config says that the page may know the answer, which the server
/// cannot see.
fn may_be_known_to_the_page(question: &ProfileField) -> bool {
    question
        .from
        .iter()
        .any(|origin| origin.root == OriginRoot::Known)
}
