//! One field on the screen: its control, and what is said about it.

use std::borrow::Cow;
use std::rc::Rc;

use latchlet_core::timing::{Content, Timing};
use latchlet_core::{Answer, Field, FieldKind, Violation};

use crate::browser::element::Node;

use super::{BoxState, Signal};

/// One field on the screen.
pub struct FieldState {
    /// The box that it is in.
    pub parent: Rc<BoxState>,
    /// What is asked.
    pub field: Field,
    /// Its control.
    pub control: Node,
    /// Whether a password is shown.
    pub revealed: Signal<bool>,
    verdict: Signal<Verdict>,
}

/// What is said about a field, and when.
#[derive(Clone, Default)]
struct Verdict {
    timing: Timing,
    error: Cow<'static, str>,
}

impl FieldState {
    /// The state of a field that nobody has touched.
    pub fn new(parent: Rc<BoxState>, field: Field) -> Self {
        Self {
            parent,
            field,
            control: Node::default(),
            revealed: Signal::new(false),
            verdict: Signal::new(Verdict::default()),
        }
    }

    /// The id of the control.
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
        let prefill = &self.field.prefill;
        match (self.parent.kept.get(self.kept_name()), &self.field.kind) {
            (Some(answer), _) => answer,
            (None, FieldKind::Checkbox) => Answer::Bool(prefill == "true"),
            (None, _) => Answer::Text(prefill.clone()),
        }
    }

    /// What the control holds now.
    pub fn answer(&self) -> Answer {
        match self.field.kind {
            // A hidden field has no control.
            _ if !self.control.is_there() => self.initial(),
            FieldKind::Checkbox => Answer::Bool(self.control.is_ticked()),
            _ => Answer::Text(self.control.value()),
        }
    }

    /// The control changed.
    pub fn changed(&self) {
        self.judge(&self.answer(), Timing::input);
    }

    /// Keeps what the control holds beyond its screen, unless it is a secret.
    pub fn keep(&self) {
        if !self.field.is_secret() && self.control.is_there() {
            self.parent.kept.set(self.kept_name(), self.answer());
        }
    }

    /// The control lost focus.
    pub fn left(self: &Rc<Self>) {
        let state = self.clone();
        let judge = move || state.judge(&state.answer(), Timing::blur);
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
    }

    fn judge(&self, answer: &Answer, event: fn(&mut Timing, Content)) {
        let violation = self.field.validate(answer).err();
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
            (true, Some(violation)) => violation.describe(&self.field).into(),
            // What the backend said stays until the answer changes.
            (true, None) => after.error,
        };
        // Nobody who reads the error needs to hear of a mere change of timing.
        match after.error == before.error {
            true => drop(self.verdict.replace(after)),
            false => self.verdict.set(after),
        }
    }

    /// The name under which an answer is kept. What one signs in with is the
    /// e-mail address that was typed at sign-up, and the other way round.
    fn kept_name(&self) -> &str {
        match self.field.kind {
            FieldKind::Identifier { .. } => "email",
            _ => &self.field.name,
        }
    }
}
