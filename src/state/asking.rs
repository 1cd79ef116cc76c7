//! A prompt on the screen: how answers get from its controls to the store.

use latchlet_core::gather::Gather;
use std::cell::Cell;
use std::rc::Rc;

use latchlet_core::progressive::Seconds;
use latchlet_core::{Form, Message, Object};

use crate::backend::profile::Change;
use crate::browser::{page, task};

use super::visit::{self, Sent};
use super::{BoxState, Event, FieldState, FormState, Prompt, tabs};

/// A prompt on the screen.
pub struct Asking {
    /// The box that it is in.
    pub parent: Rc<BoxState>,
    /// What is asked.
    pub prompt: Rc<Prompt>,
    /// Its form.
    pub form: Rc<FormState>,
    /// Whether finished answers are about to be stored.
    pub storing: Cell<bool>,
}

/// What is open is left for another login, or put off.
pub async fn leave(parent: Rc<BoxState>, prompt: Rc<Prompt>, snooze: Option<Seconds>) {
    let Some(progressive) = &parent.config.progressive else {
        return;
    };
    let waits = prompt.wait.peek(Option::is_some);
    if prompt.is_over.get() || parent.busy.get_once() && !waits {
        return;
    }
    prompt.outcome.borrow_mut().skipped = true;
    if prompt.is_settings {
        visit::end(&parent, &prompt, Vec::new());
        return;
    }
    let events = left_events(&prompt, snooze);
    // Answers that wait for the server go on waiting, without the person.
    if waits {
        visit::end(&parent, &prompt, events);
        return;
    }
    let history = prompt.left(progressive, snooze);
    prompt.person.history.replace(history.clone());
    let change = Change {
        leaving: true,
        ..visit::change(&prompt.person, Object::new(), history)
    };
    match prompt.hands_over() {
        true => parent.busy.set(true),
        false => visit::end(&parent, &prompt, events),
    }
    let stored = visit::store(&prompt.person, change, &|_| {}).await;
    if !prompt.hands_over() || !parent.is_alive() {
        return;
    }
    match stored {
        Ok(_) => usable_when_back(&parent),
        Err(refused) => {
            parent.busy.set(false);
            let nothing = Form::new(Vec::new());
            parent.fail(refused.into_failure(&nothing, &parent.config.texts));
        }
    }
}

/// The browser goes on with what was said. Whoever comes back finds a prompt
/// that can be used.
fn usable_when_back(parent: &Rc<BoxState>) {
    let parent = parent.clone();
    page::when_back(move || parent.busy.set(false));
}

/// What the page is told when a prompt is left: of what was answered in it,
/// and of the rest.
fn left_events(prompt: &Prompt, snooze: Option<Seconds>) -> Vec<Event> {
    let mut events = Vec::new();
    let answered: Vec<String> = prompt
        .outcome
        .borrow()
        .values
        .iter()
        .map(|(name, _)| name.to_owned())
        .gather();
    let asked = prompt.asked.iter().map(|asked| asked.name.clone());
    let is_open =
        |name: &String| !answered.contains(name) && !prompt.declined.borrow().contains(name);
    let open: Vec<String> = asked.filter(is_open).gather();
    if !answered.is_empty() {
        let mut about = prompt.about();
        (about.fields, about.open) = (answered, open.clone());
        events.push(Event::ProfileAnswered(about));
    }
    let mut about = prompt.about();
    about.fields = open;
    events.push(match snooze {
        Some(seconds) => {
            about.snoozed = seconds as f64 * 1000.0;
            Event::ProfileSnoozed(about)
        }
        None => Event::ProfileSkipped(about),
    });
    events
}

impl Asking {
    /// Everything is said.
    pub async fn save(self: Rc<Self>) {
        let (parent, prompt) = (&self.parent, &self.prompt);
        let all = prompt.collect(&self.form);
        if all.answered.is_empty() && all.answers.is_empty() && prompt.may_skip {
            parent.busy.set(false);
            leave(parent.clone(), prompt.clone(), None).await;
            return;
        }
        let (answers, history) = prompt.answered(parent, &all).await;
        let change = visit::change(&prompt.person, answers, history);
        let sent = visit::store(&prompt.person, change, &|left| self.wait(left)).await;
        let said = match sent {
            Ok(Sent::Stored) => Message::ProfileSaved,
            Ok(Sent::Waits) => Message::ProfileWaits,
            Err(refused) => {
                self.wait(None);
                if parent.is_alive() && !prompt.is_over.get() {
                    let texts = &parent.config.texts;
                    self.form
                        .reject(refused.into_failure(&self.form.form, texts));
                }
                return;
            }
        };
        for (name, value) in all.answers.iter() {
            prompt
                .outcome
                .borrow_mut()
                .values
                .insert(name, value.clone());
        }
        if prompt.hands_over() {
            usable_when_back(parent);
            return;
        }
        let mut about = prompt.about();
        (about.fields, about.open) = (all.answered, all.open);
        visit::end(parent, prompt, vec![Event::ProfileAnswered(about)]);
        if parent.is_alive() {
            parent.say(said);
        }
    }

    /// A question is not asked any more.
    pub fn decline(self: Rc<Self>, field: &Rc<FieldState>) {
        let (parent, prompt) = (&self.parent, &self.prompt);
        prompt.decline(&field.field.name);
        field.declined.set(true);
        field.asked.set(false);
        self.form.changed(&field.field.name);
        let texts = &parent.config.texts;
        let text = texts.with(Message::ProfileDeclined, &[("label", &field.field.label)]);
        parent.say_text(text.into());
        if prompt.is_empty(&self.form) {
            task::start(leave(parent.clone(), prompt.clone(), None));
            return;
        }
        self.form.focus_first();
        self.store_piece(Object::new(), true);
    }

    /// Stores answers as they are finished: a moment after a field is left, and
    /// when the page is hidden, which may be the last that is heard of it.
    pub fn store_as_they_come(self: &Rc<Self>) {
        const PAUSE: i32 = 1_000;
        if self.prompt.hands_over() {
            return;
        }
        let left = Rc::downgrade(self);
        let on_left = move || {
            let Some(asking) = left.upgrade() else { return };
            if !asking.storing.replace(true) {
                page::after(PAUSE, move || {
                    asking.storing.set(false);
                    asking.store_finished(false);
                });
            }
        };
        self.form.on_left.replace(Some(Box::new(on_left)));
        tabs::follow(self);
        let hidden = Rc::downgrade(self);
        page::on_hidden(move || {
            if let Some(asking) = hidden.upgrade() {
                asking.store_finished(true);
            }
        });
    }

    fn store_finished(&self, leaving: bool) {
        let (parent, prompt) = (&self.parent, &self.prompt);
        let Some(progressive) = &parent.config.progressive else {
            return;
        };
        if prompt.is_over.get() || !parent.is_alive() || parent.busy.get_once() {
            return;
        }
        let piece = prompt.piece(&self.form, progressive);
        if !piece.is_empty() {
            self.store_piece(piece, leaving);
        }
    }

    fn store_piece(&self, answers: Object, leaving: bool) {
        let prompt = self.prompt.clone();
        let history = prompt.with_answers(&answers);
        let change = Change {
            ends: false,
            leaving,
            ..visit::change(&prompt.person, answers, history)
        };
        task::start(async move {
            let answers = change.answers.clone();
            if visit::store(&prompt.person, change, &|_| {}).await.is_ok() {
                let mut outcome = prompt.outcome.borrow_mut();
                for (name, value) in answers.iter() {
                    outcome.values.insert(name, value.clone());
                }
            }
        });
    }

    /// Says how long it takes until the next attempt: in sight each second,
    /// aloud now and then.
    fn wait(&self, left: Option<u32>) {
        const SAID_EVERY: u32 = 15;
        let (parent, prompt) = (&self.parent, &self.prompt);
        if !parent.is_alive() || prompt.is_over.get() {
            return;
        }
        let first = prompt.wait.peek(Option::is_none);
        prompt.wait.set(left);
        if let Some(left) = left.filter(|left| first || left % SAID_EVERY == 0) {
            let text = parent.config.texts.number(Message::ProfileRetrying, left);
            // What is about to be said comes before it.
            parent.say_text(text.into());
        }
    }
}
