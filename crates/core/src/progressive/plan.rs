//! The plan: what is asked at this login.

use crate::gather::Gather;
use core::cmp::Reverse;

use crate::answers::Answers;
use crate::codec;
use crate::condition;
use crate::date::{Date, Today};
use crate::judge::Context;
use crate::pattern;
use crate::value::{Object, Value};

use super::facts::{Facts, Known, Source};
use super::policy::{DAY, Policy, ProfileField, Schema, Seconds, Write};
use super::reason::{Reason, Waits, Why};
use super::verdict::{Question, edition};

/// What is asked at a login, and a reason for every question.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What is asked now, in the order of the schema.
    pub ask: Vec<Asked>,
    /// Whether the prompt can be skipped.
    pub may_skip: bool,
    /// Whether a part of the page asks for it, so that it is no prompt of the
    /// policy's.
    pub is_requested: bool,
    /// The earliest time at which something may be asked that waits for one.
    pub next_at: Option<Seconds>,
    /// The earliest login at which something may be asked that waits for one.
    pub next_login: Option<u32>,
    /// Why each question is asked, or is not, in the order of the schema.
    pub reasons: Vec<(String, Reason)>,
    /// What another source knows and `user_metadata` is to have, too.
    pub keep: Vec<(String, Value, Source)>,
}

/// A question that is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The name of its field.
    pub name: String,
    /// Why.
    pub why: Why,
    /// Whether it must be answered.
    pub required: bool,
    /// Whether it depends on another answer of the same prompt, or on what only
    /// the page knows.
    pub depends: bool,
    /// The answer that is known, to be confirmed or changed.
    pub known: Option<Known>,
    /// Its edition, for the history.
    pub edition: String,
}

impl Asked {
    /// The question and its edition, as a history takes note of them.
    pub fn noted(&self) -> (&str, &str) {
        (&self.name, &self.edition)
    }
}

/// What is asked at this login.
///
/// - What is known is not asked, unless it is always asked or due to be
///   confirmed.
/// - At most `max_fields` are asked. What a part of the page asks for comes
///   first and alone, then what must be answered, then what has the larger
///   priority, then what comes first in the schema.
/// - Nothing is asked before a rest ends. Nothing is asked before the cool-down
///   ends but a consent to a document that has another version. Neither holds
///   up what a part of the page asks for.
/// - At a login at which something was asked nothing else is, but what is open
///   of it still is.
pub fn plan(policy: &Policy, schema: &Schema, facts: &Facts<'_>, now: Seconds) -> Plan {
    let questions: Vec<Question<'_>> = schema
        .fields
        .iter()
        .map(|question| Question::new(question, facts, policy, now))
        .gather();
    let mut reasons: Vec<Reason> = questions
        .iter()
        .map(|question| {
            question
                .verdict()
                .map_or_else(|reason| reason, Reason::Asked)
        })
        .gather();
    let depending = Choice::new(policy, schema, facts, &questions).choose(&mut reasons);
    let mut ask = Vec::new();
    for ((place, question), reason) in questions.iter().enumerate().zip(&reasons) {
        if let Reason::Asked(why) = reason {
            ask.push(Asked {
                name: question.question.field.name.clone(),
                why: *why,
                required: question.is_required(),
                depends: depending.contains(&place),
                known: question.known.clone(),
                edition: edition(question.question, policy).to_owned(),
            });
        }
    }
    let (mut next_at, mut next_login) = (None, None);
    for reason in &reasons {
        match reason.waits(facts.login) {
            Waits::Time(at) => next_at = Some(next_at.map_or(at, |next: Seconds| next.min(at))),
            Waits::Login(at) => next_login = Some(next_login.map_or(at, |next: u32| next.min(at))),
            Waits::No | Waits::Other | Waits::Never => {}
        }
    }
    let names = schema.fields.iter().map(|it| it.field.name.clone());
    Plan {
        may_skip: ask.iter().all(|asked| !asked.required),
        is_requested: ask.iter().any(|asked| asked.why == Why::Requested),
        next_at,
        next_login,
        keep: schema
            .fields
            .iter()
            .filter_map(|it| keep(facts, it, now))
            .gather(),
        ask,
        reasons: names.zip(reasons).gather(),
    }
}

/// The choice among the questions that may be asked.
struct Choice<'a> {
    policy: &'a Policy,
    questions: &'a [Question<'a>],
    answers: Answers,
    known: Object,
    /// Whether the page knows more than is known here.
    known_in_part: bool,
    /// What is chosen, by place in the schema.
    chosen: Vec<usize>,
}

impl<'a> Choice<'a> {
    fn new(
        policy: &'a Policy,
        schema: &Schema,
        facts: &Facts<'_>,
        questions: &'a [Question<'a>],
    ) -> Self {
        Self {
            policy,
            questions,
            answers: facts.answers(schema),
            known: facts.known_to_conditions(),
            known_in_part: facts.known.is_none(),
            chosen: Vec::new(),
        }
    }

    /// Takes the most important questions whose conditions may hold, as many as
    /// fit. The others get the reason why they are not asked. Returns which of
    /// the chosen ones may turn out not to be asked.
    fn choose(mut self, reasons: &mut [Reason]) -> Vec<usize> {
        let requested = reasons.contains(&Reason::Asked(Why::Requested));
        let may_be_asked = |reason: &Reason| match reason {
            Reason::Asked(why) => !requested || *why == Why::Requested,
            _ => false,
        };
        let rank = |it: &Question<'_>| (!it.is_required(), Reverse(it.question.ask.priority));
        // Each behind those that are as important: a sort of the standard
        // library would be larger than the list is long.
        let mut order: Vec<(usize, &Question<'_>)> = Vec::new();
        for (question, reason) in self.questions.iter().enumerate().zip(reasons.iter()) {
            if may_be_asked(reason) {
                let behind = |(_, other): &(usize, &Question<'_>)| rank(other) > rank(question.1);
                let place = order.iter().position(behind).unwrap_or(order.len());
                order.insert(place, question);
            }
        }
        // A question whose condition looks at another one can only be taken
        // after that, which may be a round later.
        loop {
            let before = self.chosen.len();
            for (place, question) in &order {
                if self.chosen.len() < self.policy.max_fields as usize
                    && !self.chosen.contains(place)
                    && self.holds(question) != Some(false)
                {
                    self.chosen.push(*place);
                }
            }
            if self.chosen.len() == before {
                break;
            }
        }
        let mut depending = Vec::new();
        for ((place, question), reason) in self.questions.iter().enumerate().zip(reasons) {
            if !matches!(reason, Reason::Asked(_)) {
                continue;
            }
            let holds = self.holds(question);
            if self.chosen.contains(&place) {
                if holds != Some(true) {
                    depending.push(place);
                }
            } else {
                *reason = match holds {
                    Some(false) => Reason::Condition,
                    _ => Reason::NoRoom,
                };
            }
        }
        depending
    }

    /// Whether the condition of a question holds; `None` if that depends on what
    /// is answered beside it, or on what only the page knows.
    fn holds(&self, question: &Question<'_>) -> Option<bool> {
        let Some(when) = &question.question.field.when else {
            return Some(true);
        };
        let chosen = self
            .chosen
            .iter()
            .filter_map(|place| self.questions.get(*place));
        let unseen: Vec<&str> = chosen.map(|it| it.question.field.name.as_str()).gather();
        when.holds(&condition::Facts {
            answers: &self.answers,
            known: Some(&self.known),
            known_in_part: self.known_in_part,
            unseen: &unseen,
        })
    }
}

/// What another source knows and is to be stored. What the person said is
/// never replaced; what a source said is, by the same source.
fn keep(
    facts: &Facts<'_>,
    question: &ProfileField,
    now: Seconds,
) -> Option<(String, Value, Source)> {
    let name = &question.field.name;
    let known = facts.elsewhere(question).filter(|_| question.keep)?;
    let value = codec::encode_one(&question.field, &known.answer)?;
    let is_ours = match (facts.metadata.get(name), question.write) {
        (_, Write::Server) | (Some(_), Write::Create) => false,
        (None, _) => true,
        (Some(stored), Write::User) => facts.source_of(name) == known.source && *stored != value,
    };
    // What a store would refuse is no answer to be stored.
    let context = Context {
        answers: &Answers::default(),
        known: None,
        today: Today::here(Date::EPOCH.plus_days((now / DAY) as i32)),
        matches: &pattern::matches,
    };
    let is_ours = is_ours && question.field.validate(&known.answer, &context).is_ok();
    (is_ours && known.source != Source::User).then(|| (name.clone(), value, known.source))
}
