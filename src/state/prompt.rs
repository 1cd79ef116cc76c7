//! The questions that are asked now, and what comes of them.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use latchlet_core::config::Progressive;
use latchlet_core::progressive::{
    Asked, Display, Entry, History, Outcome as Came, Plan, Seconds, Source, Write,
};
use latchlet_core::{Field, FieldKind, Object, Value, codec};

use crate::browser::element::Focus;
use crate::browser::gate::Gate;
use crate::browser::page;

use super::receipt::receipt;
use super::{About, BoxState, FieldState, FormState, Outcome, Person, Signal};

/// The questions that are asked now.
pub struct Prompt {
    /// Whom.
    pub person: Rc<Person>,
    /// What is asked.
    pub asked: Vec<Asked>,
    /// Whether it can be skipped.
    pub may_skip: bool,
    /// The plan that it comes from, as data.
    pub plan: Value,
    /// How it is shown.
    pub display: Display,
    /// Whether a banner is open.
    pub open: Signal<bool>,
    /// Seconds until it is tried again to store the answers.
    pub wait: Signal<Option<u32>>,
    /// Opens when it is over.
    pub over: Gate,
    /// What came of it.
    pub outcome: RefCell<Outcome>,
    /// What had focus before.
    pub focus: Focus,
    /// Whether a part of the page asked for it.
    pub is_requested: bool,
    /// Whether it is no question but what the person wants to look at: all that
    /// they agreed to. Leaving it as it is says nothing.
    pub is_settings: bool,
    /// Whether it is over for the person.
    pub is_over: Cell<bool>,
    /// Its form, while it is on the screen.
    pub on_screen: RefCell<Weak<FormState>>,
    /// The names of questions that are not asked any more.
    pub declined: RefCell<Vec<String>>,
    /// What another source knows, and is stored beside.
    keep: Vec<(String, Value, Source)>,
    since: f64,
}

/// What the controls hold when somebody is done.
#[derive(Default)]
pub struct Collected {
    /// What changes.
    pub answers: Object,
    /// The questions that were answered.
    pub answered: Vec<String>,
    /// Those that were not.
    pub open: Vec<String>,
    /// Consents that were given or not.
    consents: Vec<(Field, bool)>,
}

impl Prompt {
    /// What a plan asks.
    pub fn new(
        person: &Rc<Person>,
        plan: Plan,
        progressive: &Progressive,
        is_settings: bool,
    ) -> Self {
        let display = progressive.policy.display;
        let requested = !person.requested.borrow().is_empty();
        Self {
            person: person.clone(),
            plan: plan.to_value(),
            may_skip: plan.may_skip,
            display,
            open: Signal::new(display != Display::Banner || requested),
            wait: Signal::new(None),
            over: Gate::default(),
            outcome: RefCell::default(),
            focus: Focus::now(),
            is_requested: requested,
            is_settings,
            is_over: Cell::new(false),
            on_screen: RefCell::default(),
            declined: RefCell::default(),
            keep: plan.keep,
            since: page::now(),
            asked: plan.ask,
        }
    }

    /// The questions on the screen, in order.
    fn questions<'a>(&'a self, form: &'a FormState) -> impl Iterator<Item = &'a Rc<FieldState>> {
        let names = self
            .asked
            .iter()
            .filter_map(|asked| form.field(&asked.name));
        names.filter(|state| state.asked.get_once())
    }

    /// What the controls hold, now that somebody is done.
    pub fn collect(&self, form: &FormState) -> Collected {
        let mut all = Collected::default();
        for state in self.questions(form) {
            let (field, answer) = (&state.field, state.answer());
            let name = field.name.clone();
            let value = codec::encode_one(field, &answer);
            let is_consent = matches!(field.kind, FieldKind::Consent(_));
            if is_consent {
                all.consents.push((field.clone(), !answer.is_blank()));
            }
            // Whoever leaves a consent open while they save has not given it.
            match value.is_some() || is_consent {
                true => all.answered.push(name.clone()),
                false => all.open.push(name.clone()),
            }
            match value {
                Some(value) => drop(all.answers.insert(name, value)),
                // It was answered before, and is not any more.
                None if self.person.stored(&name).is_some() => {
                    all.answers.insert(name, Value::Null);
                }
                None => {}
            }
        }
        all
    }

    /// What can be stored while somebody is still at it: answers that are
    /// finished and that the store does not have. Not a consent, which is given
    /// by saving; nor what can be said only once.
    pub fn piece(&self, form: &FormState, progressive: &Progressive) -> Object {
        let mut piece = Object::new();
        for state in self.questions(form) {
            let answer = state.answer();
            let question = progressive.schema.field(&state.field.name);
            let write = question.map_or(Write::User, |question| question.write);
            let stored = self.person.stored(&state.field.name);
            // What stands there from another source is the person's own once
            // they save it.
            let asked = self.asked.iter().find(|it| it.name == state.field.name);
            let known = asked.and_then(|asked| asked.known.as_ref());
            let untouched = match known {
                Some(known) => known.answer == answer,
                None => answer.is_blank() && stored.is_none(),
            };
            if untouched
                || write == Write::Create
                || matches!(state.field.kind, FieldKind::Consent(_))
                || !state.accepts(&answer)
            {
                continue;
            }
            if let Some(value) = codec::encode_one(&state.field, &answer)
                && stored.as_ref() != Some(&value)
            {
                piece.insert(state.field.name.as_str(), value);
            }
        }
        piece
    }

    /// Whether it asks this.
    pub fn asks(&self, name: &str) -> bool {
        self.asked.iter().any(|asked| asked.name == name)
    }

    /// Whether nothing is left to answer.
    pub fn is_empty(&self, form: &FormState) -> bool {
        self.questions(form).next().is_none()
    }

    /// The history and the change when everything is said.
    pub async fn answered(&self, parent: &BoxState, all: &Collected) -> (Object, History) {
        let now = page::seconds();
        let mut history = self.person.history.borrow().clone();
        for name in &all.answered {
            self.came(&mut history, name, Came::Answered, now);
        }
        for name in &all.open {
            self.came(&mut history, name, Came::Skipped, now);
        }
        for (field, granted) in &all.consents {
            let receipt = receipt(parent, field, *granted, now).await;
            history.receipts.retain(|(name, _)| *name != field.name);
            history.receipts.push((field.name.clone(), receipt));
        }
        match self.is_requested {
            true => history.left(self.asked.iter().map(Asked::noted), now),
            false => history.closed(now),
        }
        let mut answers = all.answers.clone();
        keep(&self.keep, &mut answers, &mut history);
        (answers, history)
    }

    /// The history when what is open is left for another login, or put off.
    pub fn left(&self, progressive: &Progressive, snooze: Option<Seconds>) -> History {
        let now = page::seconds();
        let mut history = self.person.history.borrow().clone();
        let said = !self.declined.borrow().is_empty() || !self.outcome.borrow().values.is_empty();
        match snooze {
            _ if self.is_requested => {
                history.left(self.asked.iter().map(Asked::noted), now);
            }
            Some(seconds) => history.snoozed(now.saturating_add(seconds), now),
            // Whoever answered a part did not skip the prompt.
            None if said => {
                for asked in &self.asked {
                    let open = |it: &&Entry| it.outcome == Came::Open;
                    if history.entry(&asked.name).filter(open).is_some() {
                        self.came(&mut history, &asked.name, Came::Skipped, now);
                    }
                }
                history.closed(now);
            }
            None => history.skipped(&progressive.policy, now),
        }
        history
    }

    /// The history with answers that are stored before somebody is done.
    pub fn with_answers(&self, answers: &Object) -> History {
        let mut history = self.person.history.borrow().clone();
        for (name, _) in answers.iter() {
            self.came(&mut history, name, Came::Answered, page::seconds());
        }
        history
    }

    /// A question is not asked any more.
    pub fn decline(&self, name: &str) {
        let mut history = self.person.history.borrow_mut();
        self.came(&mut history, name, Came::Declined, page::seconds());
        self.declined.borrow_mut().push(name.to_owned());
    }

    /// Something came of a question, in the edition that is asked.
    fn came(&self, history: &mut History, name: &str, outcome: Came, now: Seconds) {
        let asked = self.asked.iter().find(|asked| asked.name == name);
        let edition = asked.map_or("", |asked| &asked.edition);
        history.came(name, edition, outcome, now);
    }

    /// Whether the browser goes on to another page with what is said.
    pub fn hands_over(&self) -> bool {
        !self.person.store.capabilities().piecemeal
    }

    /// What a page is told of it.
    pub fn about(&self) -> About {
        About {
            display: match self.display {
                Display::Inline => "inline",
                Display::Modal => "modal",
                Display::Banner => "banner",
            },
            login: self.person.login,
            shown: (page::now() - self.since) as u32,
            declined: self.declined.borrow().clone(),
            ..About::default()
        }
    }
}

/// What another source knows is stored with its source.
pub fn keep(known: &[(String, Value, Source)], answers: &mut Object, history: &mut History) {
    for (name, value, source) in known {
        if answers.get(name).is_none() {
            answers.insert(name.as_str(), value.clone());
            history.change(name, |entry| entry.source = *source);
        }
    }
}
