//! A form on the screen: its fields, its steps, and the way from a submit to a
//! request.

use latchlet_core::gather::Gather;
use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::RangeInclusive;
use std::rc::Rc;

use latchlet_core::value::Function;
use latchlet_core::{Answer, Answers, Failure, Form, Message, Object, Value, codec};
use reactive_graph::owner::StoredValue;

use crate::browser::functions::{NoResult, Returned};
use crate::browser::{history, page};

use super::{BoxState, Event, FieldState, Signal};

/// A form on the screen.
pub struct FormState {
    /// The box that it is in.
    pub parent: Rc<BoxState>,
    /// What is asked.
    pub form: Form,
    /// Its fields, in order.
    pub fields: Vec<Rc<FieldState>>,
    /// What the last submit found wrong: the id of a control, and a sentence.
    pub summary: Signal<Vec<(String, String)>>,
    /// The step that is shown.
    pub step: Signal<usize>,
    /// Is told when a field was left, or changed where that is all of it.
    pub on_left: RefCell<Option<Box<dyn Fn()>>>,
    /// What conditions find under `known`.
    known: Object,
    /// The fields that decide whether others are asked.
    deciding: Vec<String>,
    /// The name of its steps in the history of the page. A page that is loaded
    /// again has entries of a form that is no more.
    history_key: String,
}

impl FormState {
    /// The state of a form that nobody has touched.
    pub fn new(parent: &Rc<BoxState>, form: Form) -> Rc<Self> {
        Self::with_known(parent, form, parent.config.known.clone(), "")
    }

    /// The same, with more that conditions find under `known`, for somebody who
    /// is logged in.
    pub fn with_known(parent: &Rc<BoxState>, form: Form, known: Object, whose: &str) -> Rc<Self> {
        let state = Rc::new_cyclic(|weak| {
            let fields: Vec<_> = form
                .fields
                .iter()
                .map(|field| FieldState::new(parent.clone(), weak.clone(), field.clone(), whose))
                .gather();
            StoredValue::new_local(Keeper(fields.clone()));
            let drafted = fields.iter().map(Rc::downgrade).gather();
            parent.drafted.replace(drafted);
            let conditions = form.fields.iter().filter_map(|field| field.when.as_ref());
            Self {
                parent: parent.clone(),
                fields,
                summary: Signal::new(Vec::new()),
                step: Signal::new(0),
                on_left: RefCell::default(),
                known,
                deciding: conditions
                    .flat_map(|condition| condition.fields())
                    .map(str::to_owned)
                    .gather(),
                history_key: parent.id(&["step-", &(page::now() as u64).to_string()].concat()),
                form,
            }
        });
        state.decide();
        if state.form.steps.len() > 1 {
            let watched = Rc::downgrade(&state);
            history::follow(&state.history_key, move |step| {
                if let Some(state) = watched.upgrade() {
                    state.show_step(step);
                }
            });
        }
        state
    }

    /// The field of a name.
    pub fn field(&self, name: &str) -> Option<&Rc<FieldState>> {
        self.fields.iter().find(|state| state.field.name == name)
    }

    /// The control of a field changed.
    pub fn changed(&self, name: &str) {
        if self.deciding.iter().any(|deciding| deciding == name) {
            self.decide();
        }
    }

    /// Somebody left a field.
    pub fn left(&self) {
        if let Some(on_left) = &*self.on_left.borrow() {
            on_left();
        }
    }

    /// Moves focus to the first control that is asked.
    pub fn focus_first(&self) {
        let mut fields = self.asked_in(self.step.get_once());
        if let Some(field) = fields.next() {
            field.control.focus_or_inside();
        }
    }

    /// Finds out which fields are asked.
    fn decide(&self) {
        if self.form.fields.iter().all(|field| field.when.is_none()) {
            return;
        }
        let asked = self.form.asked(&self.answers(), Some(&self.known));
        for (field, asked) in self.fields.iter().zip(asked) {
            let asked = asked != Some(false) && !field.declined.get();
            if field.asked.get_once() != asked {
                field.asked.set(asked);
            }
        }
    }

    /// What every control holds.
    pub fn answers(&self) -> Answers {
        let mut answers = Answers::default();
        for state in &self.fields {
            answers.set(&state.field.name, state.answer());
        }
        answers
    }

    /// The fields of a step that are asked.
    fn asked_in(&self, step: usize) -> impl Iterator<Item = &Rc<FieldState>> {
        let places = self.form.steps.get(step).into_iter();
        places
            .flat_map(|step| &step.groups)
            .flat_map(|group| &group.fields)
            .filter_map(|place| self.fields.get(*place))
            .filter(|state| state.asked.get_once())
    }

    /// Judges the step that is shown, and goes to the next one, if there is
    /// one. The answers, once everything is accepted and nothing speaks
    /// against a request; the box is busy then.
    ///
    /// `hook` is the page's own step before the request.
    pub async fn submit(self: &Rc<Self>, hook: Option<Function>) -> Option<Answers> {
        let parent = &self.parent;
        if parent.busy.get_once() {
            return None;
        }
        parent.alert.set(Cow::default());
        parent.status.set(Cow::default());
        let step = self.step.get_once();
        let last = step + 1 >= self.form.steps.len();
        // An earlier step may ask for more than it did, and the browser's
        // Forward asks for nothing.
        let first = if last { 0 } else { step };
        if !self.judge(first..=step) {
            return None;
        }
        parent.slow.set(false);
        parent.busy.set(true);
        let accepted = self.judge_slowly(first..=step).await;
        if !parent.is_alive() {
            return None;
        }
        if accepted && !last {
            parent.busy.set(false);
            history::push(&self.history_key, step + 1);
            self.show_step(step + 1);
            return None;
        }
        let ready = accepted && self.ask_page() && self.run_hook(hook).await;
        if !ready || !parent.is_alive() {
            parent.busy.set(false);
            return None;
        }
        Some(self.answers())
    }

    /// Judges the fields of some steps. Whether all are accepted.
    fn judge(&self, steps: RangeInclusive<usize>) -> bool {
        self.summarise(steps, |state| state.submitted(&state.answer()))
    }

    /// Shows the first step where something is wrong, and puts that into the
    /// summary. Whether nothing is wrong.
    fn summarise(
        &self,
        mut steps: RangeInclusive<usize>,
        wrong: impl Fn(&Rc<FieldState>) -> Option<String>,
    ) -> bool {
        let wrong = |state: &Rc<FieldState>| Some((state.id(), wrong(state)?));
        let found = steps.find_map(|step| {
            let summary: Vec<_> = self.asked_in(step).filter_map(wrong).gather();
            (!summary.is_empty()).then_some((step, summary))
        });
        let shown = self.step.get_once();
        let (step, summary) = found.unwrap_or((shown, Vec::new()));
        if step != shown {
            self.step.set(step);
            history::go(step as i32 - shown as i32);
        }
        let nothing = summary.is_empty();
        // After the step, whose heading takes focus as well.
        self.summary.set(summary);
        nothing
    }

    /// Waits for the page's own checks, and judges again.
    async fn judge_slowly(&self, steps: RangeInclusive<usize>) -> bool {
        let slow: Vec<_> = steps
            .clone()
            .flat_map(|step| self.asked_in(step))
            .filter_map(|state| Some((state.clone(), state.check.clone()?)))
            .filter(|(_, check)| check.is_slow())
            .gather();
        if slow.is_empty() {
            return true;
        }
        for (state, check) in slow {
            // Whoever goes on typing is judged by what they typed last.
            while !check.wait(&self.parent, &state.answer()).await {
                if !self.parent.is_alive() {
                    return false;
                }
            }
        }
        self.parent.is_alive() && self.judge(steps)
    }

    /// Whether the page lets this submit happen.
    fn ask_page(&self) -> bool {
        let values = self.values();
        let screen = self.parent.screen_name();
        if !self
            .parent
            .tell(Event::BeforeSubmit(screen, values.clone()))
        {
            return false;
        }
        self.parent.tell(Event::Submitted(screen, values));
        true
    }

    /// What the page is told: the answers of the fields that are asked, without
    /// secrets.
    fn values(&self) -> Value {
        let asked = self.fields.iter().filter(|it| it.asked.get_once());
        asked
            .filter(|state| !state.field.is_secret())
            .filter_map(|state| {
                let answer = state.answer();
                let value = match &answer {
                    Answer::Bool(ticked) => (*ticked).into(),
                    answer => codec::encode_one(&state.field, answer)?,
                };
                Some((state.field.name.as_str(), value))
            })
            .collect::<Object>()
            .into()
    }

    /// Runs the page's own step. Whether it lets the request happen.
    async fn run_hook(&self, hook: Option<Function>) -> bool {
        let Some(hook) = hook else {
            return true;
        };
        let result = match self.parent.functions.call(hook, &[self.values()]) {
            Returned::Now(result) => result,
            Returned::Later(later) => later.await,
        };
        let Err(why) = result else {
            return true;
        };
        let (code, text) = match why {
            NoResult::Threw { code, text } => (code, text),
            NoResult::TookTooLong => ("hook_timeout".to_owned(), String::new()),
        };
        if self.parent.is_alive() {
            let text = match text.is_empty() {
                true => self.parent.text(Message::ServerFailed).into_owned(),
                false => text,
            };
            self.parent.fail(Failure::notice(&code, text));
        }
        false
    }

    /// The request failed: errors go to their fields, which may be in an earlier
    /// step, and the rest is said aloud.
    pub fn reject(&self, mut failure: Failure) {
        self.parent.busy.set(false);
        self.parent.status.set(Cow::default());
        for (name, error) in &failure.fields {
            if let Some(state) = self.field(name) {
                state.rejected(error);
            }
        }
        let refused = |state: &Rc<FieldState>| {
            let mut fields = failure.fields.iter();
            let (_, error) = fields.find(|(name, _)| *name == state.field.name)?;
            Some(error.clone())
        };
        let last = self.form.steps.len().saturating_sub(1);
        let unseen = self.summarise(0..=last, refused);
        if unseen && failure.notice.is_empty() {
            failure.notice = self.parent.text(Message::FormMismatch).into_owned();
        }
        self.parent.fail(failure);
    }

    /// Shows a step, because somebody went there.
    fn show_step(&self, step: usize) {
        let shown = self.step.get_once();
        if step >= self.form.steps.len() || step == shown {
            return;
        }
        if self.parent.busy.get_once() {
            // What is under way belongs to this step.
            history::go(shown as i32 - step as i32);
            return;
        }
        self.parent.alert.set(Cow::default());
        self.summary.set(Vec::new());
        self.step.set(step);
        self.parent.moved_step();
    }

    /// Goes back a step, as the browser's Back would.
    pub fn back(&self) {
        if !self.parent.busy.get_once() {
            history::go(-1);
        }
    }

    /// The login goes on at another address. Whoever comes back from there
    /// finds a form that can be used, without the password.
    pub fn leave_for(self: &Rc<Self>, address: &str) {
        let form = self.clone();
        page::leave_for(address, move || {
            form.parent.busy.set(false);
            form.parent.status.set(Cow::default());
            form.clear_secrets();
        });
    }

    /// What was typed here is not kept.
    pub fn forget(&self) {
        for field in &self.fields {
            field.forget();
        }
    }

    /// Empties the password: it was wrong, and nobody wants to mend what they
    /// cannot see.
    pub fn clear_secrets(&self) {
        for state in self.fields.iter().filter(|state| state.field.is_secret()) {
            state.control.set_value("");
        }
    }
}

/// Keeps what was typed when the screen goes, whether another one comes or the
/// page puts another box in its place.
struct Keeper(Vec<Rc<FieldState>>);

impl Drop for Keeper {
    fn drop(&mut self) {
        for field in &self.0 {
            field.keep();
        }
        if let Some(field) = self.0.first() {
            field.parent.write_draft();
        }
    }
}
