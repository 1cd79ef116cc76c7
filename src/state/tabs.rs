//! Other tabs of the same website: a prompt that is over in one is over in all.

use std::rc::Rc;

use latchlet_core::progressive::{HISTORY, History};
use latchlet_core::{Object, Value};

use crate::browser::{channel, json, task};

use super::{Asking, BoxState, Person, visit};

/// Tells the other tabs what became of the questions.
pub fn tell(parent: &BoxState, person: &Person) {
    let mut note = Object::new();
    note.insert("user", person.access.user.as_str());
    note.insert(HISTORY, person.history.borrow().to_value());
    channel::tell(&channel_name(parent), &json::stringify(&note.into()));
}

/// Ends a prompt that was answered, skipped or put off in another tab, unless
/// something is typed here.
pub fn follow(asking: &Rc<Asking>) {
    let weak = Rc::downgrade(asking);
    channel::hear(&channel_name(&asking.parent), move |text| {
        let Some(asking) = weak.upgrade() else { return };
        let (parent, prompt) = (&asking.parent, &asking.prompt);
        let note = json::parse(&text);
        let Some(note) = note.as_ref().and_then(Value::as_object) else {
            return;
        };
        if note.text("user") != Some(&prompt.person.access.user) || parent.busy.get_once() {
            return;
        }
        let Some(progressive) = &parent.config.progressive else {
            return;
        };
        let mut history = prompt.person.history.borrow_mut();
        history.merge(&History::read(note));
        drop(history);
        let plan = prompt.person.plan(&parent.config, progressive);
        let is_asked = plan.ask.iter().any(|it| prompt.asks(&it.name));
        if !is_asked && prompt.piece(&asking.form, progressive).is_empty() {
            visit::end_elsewhere(parent, prompt);
        }
        // What was answered there is known here, too.
        let person = prompt.person.clone();
        task::start(async move { person.look_again().await });
    });
}

fn channel_name(parent: &BoxState) -> String {
    ["latchlet.", &parent.config.client_id].concat()
}
