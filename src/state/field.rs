//! One field on the screen: its control, and what is said about it.

use latchlet_core::gather::Gather;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use latchlet_core::decimal::Decimal;
use latchlet_core::field::{Options, Prefill, Source};
use latchlet_core::timing::{Content, Timing};
use latchlet_core::{Answer, Answers, Context, Field, FieldKind, Message, Value, Violation};

use crate::browser::element::Node;
use crate::browser::{page, task};

use super::check::{self, Check};
use super::choices::{self, Choices};
use super::kept::OF_SOMEBODY;
use super::{BoxState, Event, FormState, Signal};

/// One field on the screen.
pub struct FieldState {
    /// The box that it is in.
    pub parent: Rc<BoxState>,
    /// What is asked.
    pub field: Field,
    /// Its control; for a group, what stands around the group.
    pub control: Node,
    /// Whether a password is shown.
    pub revealed: Signal<bool>,
    /// Whether it is asked.
    pub asked: Signal<bool>,
    /// Its options.
    pub choices: Signal<Choices>,
    /// The page's own check.
    pub check: Option<Rc<Check>>,
    /// Where a control holds no more than what it shows: the chosen value.
    pub chosen: RefCell<Option<String>>,
    /// Whether the person does not want to be asked it.
    pub declined: Cell<bool>,
    form: Weak<FormState>,
    verdict: Signal<Verdict>,
    /// The name under which an answer is kept.
    kept_name: String,
    /// Whether it is kept when the screen goes.
    keeps: Cell<bool>,
}

/// What is said about a field, and when.
#[derive(Clone, Default)]
struct Verdict {
    timing: Timing,
    error: Cow<'static, str>,
}

impl FieldState {
    /// The state of a field that nobody has touched. `whose` is the person whose
    /// answers are kept apart from those of others, if they are known.
    pub fn new(parent: Rc<BoxState>, form: Weak<FormState>, field: Field, whose: &str) -> Rc<Self> {
        let listed = match field.options() {
            Some(Options::Listed(options)) => Choices::Loaded(Rc::new(options.clone())),
            _ => Choices::Loading,
        };
        let state = Rc::new(Self {
            control: Node::default(),
            revealed: Signal::new(false),
            asked: Signal::new(true),
            choices: Signal::new(listed),
            check: field
                .validator
                .map(|function| Rc::new(Check::new(function))),
            chosen: RefCell::default(),
            declined: Cell::new(false),
            verdict: Signal::new(Verdict::default()),
            kept_name: kept_name(&field, whose),
            keeps: Cell::new(true),
            parent,
            form,
            field,
        });
        state.load();
        if let Prefill::Loaded(source) = &state.field.prefill
            && state.parent.kept.get(&state.kept_name).is_none()
        {
            state.load_prefill(source.clone());
        }
        state
    }

    /// Loads the options, if they are to be loaded.
    pub fn load(&self) {
        if let Some(Options::Loaded(source)) = self.field.options() {
            choices::load(&self.parent, &self.field.name, source, &self.choices);
        }
    }

    /// Puts a prefill in when it comes, unless somebody was faster.
    fn load_prefill(self: &Rc<Self>, source: Source) {
        let state = self.clone();
        task::start(async move {
            let loaded = choices::fetch(&state.parent, &source).await;
            if !state.parent.is_alive() {
                return;
            }
            match loaded {
                Ok(value) => {
                    let answer = as_answer(&value);
                    if state.raw().is_blank() && !answer.is_blank() && !state.control.has_focus() {
                        state.fill(answer);
                    }
                }
                Err(why) => page::console_error(
                    &["Latchlet: no prefill for `", &state.field.name, "`: ", &why].concat(),
                ),
            }
        });
    }

    /// Puts an answer in, as if it had been there from the start.
    fn fill(self: &Rc<Self>, answer: Answer) {
        match &answer {
            Answer::Bool(ticked) => self.control.set_ticked(*ticked),
            answer => self.control.set_value(&answer.to_text()),
        }
        self.parent.kept.set(&self.kept_name, answer);
        // What has options is drawn again, with the one that is chosen.
        if self.field.options().is_some() {
            self.control.set_value("");
            self.choices.set(self.choices.get_once());
        }
        self.changed();
    }

    /// The id of the control; of the first one in a group.
    pub fn id(&self) -> String {
        self.parent.id(&self.field.name)
    }

    /// What is said to be wrong; empty if nothing is.
    pub fn error(&self) -> Cow<'static, str> {
        self.verdict.with(|verdict| verdict.error.clone())
    }

    /// Whether something is said to be wrong.
    pub fn is_rejected(&self) -> bool {
        self.verdict.with(|verdict| !verdict.error.is_empty())
    }

    /// What the control holds at first: what was typed on an earlier screen,
    /// else the prefill.
    pub fn initial(&self) -> Answer {
        match (self.parent.kept.get(&self.kept_name), &self.field.prefill) {
            (Some(answer), _) => answer,
            (None, Prefill::Given(answer)) => answer.clone(),
            (None, Prefill::Loaded(_)) => Answer::Text(String::new()),
        }
    }

    /// What the control holds now, exactly.
    pub fn raw(&self) -> Answer {
        match self.field.kind {
            // A hidden field has no control.
            _ if !self.control.is_there() => self.initial(),
            FieldKind::Checkbox | FieldKind::Consent(_) => Answer::Bool(self.control.is_ticked()),
            FieldKind::Checkboxes(_) => Answer::List(self.control.ticked_values()),
            FieldKind::Radio(_) => {
                let mut ticked = self.control.ticked_values();
                Answer::Text(ticked.pop().unwrap_or_default())
            }
            FieldKind::Combobox(_) => Answer::Text(match &*self.chosen.borrow() {
                Some(value) => value.clone(),
                None => self.control.value(),
            }),
            // Half a date, which the browser keeps to itself.
            FieldKind::Date if self.control.is_unreadable() => Answer::Text("-".to_owned()),
            _ => Answer::Text(self.control.value()),
        }
    }

    /// What the control holds now, in the type of the field.
    pub fn answer(&self) -> Answer {
        match self.raw() {
            Answer::Text(text) => self.field.typed(&text),
            answer => answer,
        }
    }

    /// The control changed.
    pub fn changed(self: &Rc<Self>) {
        let answer = self.answer();
        if let Some(check) = &self.check
            && check.is_slow()
        {
            check.call_off(&self.parent);
        }
        self.judge(&answer, Timing::input);
        if let Some(form) = self.form.upgrade() {
            form.changed(&self.field.name);
        }
        self.parent.draft();
        if let Some(check) = &self.check
            && check.is_slow()
            && self.violation(&answer).is_none()
            && !answer.is_blank()
        {
            let state = self.clone();
            // It is said now: whoever waits has left nothing half written, and
            // may be at another field by then.
            let then = move || {
                state.judge(&state.answer(), Timing::blur);
                let error = state.verdict.peek(|verdict| verdict.error.clone());
                state.parent.status.set(error);
            };
            check::when_quiet(check, &self.parent, answer, then);
        }
    }

    /// Keeps what the control holds beyond its screen, unless it is a secret.
    pub fn keep(&self) {
        if self.field.is_secret() || !self.control.is_there() || !self.keeps.get() {
            return;
        }
        let answer = self.raw();
        // A choice that was kept waits for its option to come.
        let waits = self.field.options().is_some()
            && self
                .choices
                .peek(|choices| !matches!(choices, Choices::Loaded(_)));
        if !waits || !answer.is_blank() {
            self.parent.kept.set(&self.kept_name, answer);
        }
    }

    /// What is typed here is not kept any more, nor what was.
    pub fn forget(&self) {
        self.keeps.set(false);
        self.parent.kept.remove(&self.kept_name);
    }

    /// The control lost focus.
    pub fn left(self: &Rc<Self>) {
        let state = self.clone();
        let judge = move || {
            let answer = state.answer();
            // The browser tells of no key in a date before all of it is there.
            if state.control.is_unreadable() {
                state.judge(&answer, Timing::input);
            }
            state.judge(&answer, Timing::blur);
            if let Some(form) = state.form.upgrade() {
                form.left();
            }
        };
        self.parent.press.after(Box::new(judge));
    }

    /// The form was submitted with this answer. What is wrong with it, if
    /// anything.
    pub fn submitted(&self, answer: &Answer) -> Option<String> {
        // A shown password is hidden before it goes anywhere, so that the
        // browser does not keep it as a text.
        self.revealed.set(false);
        self.judge(answer, Timing::submit);
        self.verdict.peek(|verdict| match &*verdict.error {
            "" => None,
            error => Some(error.to_owned()),
        })
    }

    /// The auth backend found something wrong.
    pub fn rejected(&self, error: &str) {
        let mut timing = self.verdict.peek(|verdict| verdict.timing);
        timing.submit(Content::Invalid);
        let error = error.to_owned().into();
        self.verdict.set(Verdict { timing, error });
        self.tell_error("refused");
    }

    /// Whether nothing is known to be wrong with an answer.
    pub fn accepts(&self, answer: &Answer) -> bool {
        self.violation(answer).is_none()
    }

    /// What says that something is under way here.
    pub fn progress(&self) -> Cow<'static, str> {
        let checking = |check: &Rc<Check>| check.under_way.get();
        match self.check.as_ref().is_some_and(checking) {
            true => self.parent.text(Message::Checking),
            false => Cow::default(),
        }
    }

    fn judge(&self, answer: &Answer, event: fn(&mut Timing, Content)) {
        let violation = self.violation(answer);
        let code = violation.as_ref().map(Violation::code);
        let content = match &violation {
            _ if answer.is_blank() && !self.field.is_secret() => Content::Empty {
                valid: violation.is_none(),
            },
            None => Content::Valid,
            Some(Violation::Required) => Content::Empty { valid: false },
            Some(_) => Content::Invalid,
        };
        let before = self.verdict.get_once();
        let mut after = before.clone();
        event(&mut after.timing, content);
        after.error = match (after.timing.shows_error(), violation) {
            (false, _) => Cow::default(),
            (true, Some(violation)) => violation
                .describe(&self.field, &self.parent.config.texts)
                .into(),
            // What the backend said stays until the answer changes.
            (true, None) => after.error,
        };
        // Nobody who reads the error needs to hear of a mere change of timing.
        match after.error == before.error {
            true => drop(self.verdict.replace(after)),
            false => {
                let appears = before.error.is_empty();
                self.verdict.set(after);
                if let Some(code) = code.filter(|_| appears) {
                    self.tell_error(code);
                }
            }
        }
    }

    /// Tells the page that an error is shown, by its code.
    fn tell_error(&self, code: &'static str) {
        let name = self.field.name.clone();
        let screen = self.parent.screen_name();
        self.parent.tell(Event::FieldError(screen, name, code));
    }

    /// What is wrong with an answer, as far as it is known at once.
    fn violation(&self, answer: &Answer) -> Option<Violation> {
        let mut others = Answers::default();
        if let Some(name) = &self.field.rules.equals
            && let Some(form) = self.form.upgrade()
            && let Some(other) = form.field(name)
        {
            others.set(name, other.answer());
        }
        let context = Context {
            answers: &others,
            known: Some(&self.parent.config.known),
            today: page::today(),
            matches: &latchlet_core::pattern::matches,
        };
        if let Err(violation) = self.field.validate(answer, &context) {
            return Some(violation);
        }
        if self.is_no_option(answer) {
            return Some(Violation::NotAnOption);
        }
        let said = self.check.as_ref()?.now(&self.parent, answer)??;
        Some(Violation::Validator(said))
    }

    /// Whether a text was typed that is none of the options. Core cannot tell
    /// where they are loaded.
    fn is_no_option(&self, answer: &Answer) -> bool {
        let text = answer.text();
        matches!(self.field.kind, FieldKind::Combobox(_))
            && !text.is_empty()
            && self.choices.peek(|choices| match choices {
                Choices::Loaded(options) => options.iter().all(|option| option.value != text),
                _ => true,
            })
    }
}

/// The name under which an answer is kept. What one signs in with is the e-mail
/// address that was typed at sign-up, and the other way round. What somebody
/// says who is logged in is theirs alone.
fn kept_name(field: &Field, whose: &str) -> String {
    match field.kind {
        FieldKind::Identifier(_) => "email".to_owned(),
        _ if whose.is_empty() => field.name.clone(),
        _ => [whose, OF_SOMEBODY, &field.name].concat(),
    }
}

/// What a page gives for an answer: as in a config, of any type.
fn as_answer(value: &Value) -> Answer {
    match value {
        Value::Bool(ticked) => Answer::Bool(*ticked),
        Value::List(items) => {
            let items = items.iter().filter_map(Value::as_text);
            Answer::List(items.map(str::to_owned).gather())
        }
        Value::Number(number) => {
            let number = Decimal::from_f64(*number);
            Answer::Text(number.map(|number| number.to_text()).unwrap_or_default())
        }
        value => Answer::Text(value.as_text().unwrap_or_default().to_owned()),
    }
}
