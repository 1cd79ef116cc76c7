//! A form on the screen: its fields, and the way from a submit to a request.

use std::borrow::Cow;
use std::rc::Rc;

use latchlet_core::{Answers, Failure, Form};
use reactive_graph::owner::StoredValue;

use crate::browser::page;

use super::{BoxState, FieldState, Signal};

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
}

impl FormState {
    /// The state of a form that nobody has touched.
    pub fn new(parent: &Rc<BoxState>, form: Form) -> Self {
        let state = |field: &_| Rc::new(FieldState::new(parent.clone(), Clone::clone(field)));
        let fields: Vec<_> = form.fields.iter().map(state).collect();
        StoredValue::new_local(Keeper(fields.clone()));
        Self {
            parent: parent.clone(),
            fields,
            form,
            summary: Signal::new(Vec::new()),
        }
    }

    /// Reads and judges every field. The answers, if all of them are accepted
    /// and no request is under way.
    pub fn submit(&self) -> Option<Answers> {
        if self.parent.busy.get_once() {
            return None;
        }
        self.parent.alert.set(Cow::default());
        self.parent.status.set(Cow::default());
        let mut answers = Answers::default();
        let mut summary = Vec::new();
        for state in &self.fields {
            let answer = state.answer();
            if let Some(error) = state.submitted(&answer) {
                summary.push((state.id(), error));
            }
            answers.set(&state.field.name, answer);
        }
        let accepted = summary.is_empty();
        self.summary.set(summary);
        self.parent.busy.set(accepted);
        accepted.then_some(answers)
    }

    /// The request failed: errors go to their fields, the rest is said aloud.
    pub fn reject(&self, failure: Failure) {
        self.parent.busy.set(false);
        self.parent.status.set(Cow::default());
        let mut summary = Vec::new();
        for (name, error) in &failure.fields {
            if let Some(state) = self.fields.iter().find(|state| state.field.name == *name) {
                state.rejected(error);
                summary.push((state.id(), error.clone()));
            }
        }
        self.summary.set(summary);
        self.parent.fail(failure);
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

    /// Empties the password: it was wrong, and nobody wants to mend what they
    /// cannot see.
    pub fn clear_secrets(&self) {
        for state in self.fields.iter().filter(|state| state.field.is_secret()) {
            state.control.clear();
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
    }
}
