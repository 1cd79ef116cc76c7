//! A person's visit after the login: who they are, what is asked of them, one
//! prompt at a time, and how what they say is stored.

use latchlet_core::gather::Gather;
use std::rc::Rc;

use latchlet_core::config::Mode;
use latchlet_core::progressive::{Asked, Display, History, Plan};
use latchlet_core::{Failure, Object};

use crate::backend::profile::{Access, Change, Refused, Store, queue, save};
use crate::browser::{page, task};

use super::prompt::keep;
use super::{About, BoxState, Event, Person, Prompt, Screen, tabs};

/// What became of a change.
#[derive(PartialEq)]
pub enum Sent {
    /// It is stored.
    Stored,
    /// It waits in this browser for the next login.
    Waits,
}

/// Who is logged in: known already, or found out now.
pub async fn person(parent: &BoxState) -> Result<Rc<Person>, Refused> {
    // Whoever asks at the same time waits for the one answer.
    let _turn = parent.finding_out.take().await;
    if let Some(person) = &*parent.person.borrow() {
        return Ok(person.clone());
    }
    let store = Store::of(&parent.config, &parent.functions).ok_or(Refused::NoToken)?;
    let visitor = &parent.config.visitor;
    let told = visitor.token.is_some() || !visitor.claims.is_empty() || !visitor.user.is_empty();
    let access = parent.kept.access.borrow().clone();
    let access = match access {
        // A page with a login of its own knows better than an earlier one here.
        Some(access) if !told || parent.config.mode == Mode::Login => access,
        _ => Access::of_visitor(visitor, &parent.functions).await?,
    };
    let stored = store.load(&access).await?;
    let queue = parent
        .config
        .progressive
        .as_ref()
        .is_some_and(|it| it.queue);
    let client_id = queue.then(|| parent.config.client_id.clone());
    let person = Rc::new(Person::new(store, access, stored, client_id));
    send_waiting(&person).await;
    parent.person.replace(Some(person.clone()));
    Ok(person)
}

/// Sends what has waited in this browser for a login.
async fn send_waiting(person: &Rc<Person>) {
    let Some(client_id) = &person.queue else {
        return;
    };
    let Some((answers, history)) = queue::get(client_id, &person.access).await else {
        return;
    };
    let answers = queue::without_outdated(answers, &history, &person.history.borrow());
    person.history.borrow_mut().merge(&history);
    // Once, and without waiting: the questions of this login come after it.
    let mut change = Change {
        ends: false,
        ..person.change(answers)
    };
    let mut sent = save(&person.store, &person.access, change.clone(), &|_| {}).await;
    if let Err(refused) = &sent
        && change.leave_out(&refused.fields())
    {
        // A question that is not asked any more takes no other answer along.
        sent = save(&person.store, &person.access, change.clone(), &|_| {}).await;
    }
    match sent {
        Ok(stored) => person.saved(&change, stored),
        Err(refused) if refused.is_final() => {}
        // It goes on waiting, and is known meanwhile.
        Err(_) => return person.saved(&change, None),
    }
    queue::remove(client_id, &person.access).await;
}

/// Asks what is due. Whether anything is asked.
pub async fn begin(parent: &Rc<BoxState>) -> bool {
    let person = match person(parent).await {
        Ok(person) => person,
        Err(refused) => {
            if parent.is_alive() {
                let code = refused.code().to_owned();
                let failure = Failure::notice(&code, String::new());
                parent.tell(Event::Failed(Screen::Profile.name(), failure));
            }
            return false;
        }
    };
    if !parent.is_alive() {
        return false;
    }
    let Some(progressive) = &parent.config.progressive else {
        return false;
    };
    let plan = person.plan(&parent.config, progressive);
    if plan.ask.is_empty() {
        note(&person, &plan);
        return false;
    }
    let prompt = Prompt::new(&person, plan, progressive, false);
    show(parent, prompt);
    true
}

/// Stores what is to be known at the next login although nothing is asked.
fn note(person: &Rc<Person>, plan: &Plan) {
    let hands_over = !person.store.capabilities().piecemeal;
    if person.is_new_login || !plan.keep.is_empty() || hands_over {
        let mut answers = Object::new();
        keep(&plan.keep, &mut answers, &mut person.history.borrow_mut());
        let person = person.clone();
        let change = person.change(answers);
        task::start(async move {
            let _ = store(&person, change, &|_| {}).await;
        });
    }
}

/// Shows what is asked, and takes note of it.
pub fn show(parent: &Rc<BoxState>, prompt: Prompt) -> Rc<Prompt> {
    let prompt = Rc::new(prompt);
    if !prompt.is_settings {
        note_shown(&prompt);
    }
    let reasons = prompt.asked.iter().map(|asked| asked.why.code()).gather();
    let about = About {
        fields: prompt.asked.iter().map(|it| it.name.clone()).gather(),
        reasons,
        ..prompt.about()
    };
    parent.kept.prompting.set(true);
    parent.prompt.set(Some(prompt.clone()));
    if prompt.display == Display::Inline {
        let before = parent.screen.get_once();
        parent.before_prompt.replace(before);
        match prompt.is_requested {
            true => parent.go(Screen::Profile),
            false => parent.show(Screen::Profile),
        }
    }
    parent.tell(Event::ProfileShown(about));
    prompt
}

fn note_shown(prompt: &Prompt) {
    let person = prompt.person.clone();
    let questions = prompt.asked.iter().map(Asked::noted);
    let now = page::seconds();
    let mut history = person.history.borrow_mut();
    match prompt.is_requested {
        true => history.asked(questions, person.login, now),
        false => history.shown(questions, person.login, now),
    }
    drop(history);
    if !prompt.hands_over() {
        let change = Change {
            ends: false,
            ..person.change(Object::new())
        };
        task::start(async move {
            let _ = store(&person, change, &|_| {}).await;
        });
    }
}

/// The prompt is over for the person.
pub fn end(parent: &Rc<BoxState>, prompt: &Prompt, events: Vec<Event>) {
    if !prompt.is_over.get() {
        end_elsewhere(parent, prompt);
        if parent.is_alive() {
            for event in events {
                parent.tell(event);
            }
        }
        tabs::tell(parent, &prompt.person);
    }
}

/// The same, as another tab says.
pub fn end_elsewhere(parent: &Rc<BoxState>, prompt: &Prompt) {
    if prompt.is_over.replace(true) {
        return;
    }
    if parent.is_alive() {
        parent.kept.prompting.set(false);
        if let Some(form) = prompt.on_screen.borrow().upgrade() {
            form.forget();
        }
        parent.busy.set(false);
        parent.prompt.set(None);
        if prompt.display == Display::Inline {
            match parent.before_prompt.replace(Screen::Nothing) {
                Screen::Nothing => parent.show(Screen::Nothing),
                // The button that was pressed is gone: its focus goes on.
                before => parent.go(before),
            }
        }
        prompt.focus.restore();
    }
    prompt.over.open();
}

/// Stores a change, after those before it.
pub async fn store(
    person: &Person,
    change: Change,
    wait: &dyn Fn(Option<u32>),
) -> Result<Sent, Refused> {
    // What is left does not wait: the page may be gone by then.
    let _turn = match change.leaving {
        true => None,
        false => Some(person.turn.take().await),
    };
    match save(&person.store, &person.access, change.clone(), wait).await {
        Ok(stored) => {
            person.saved(&change, stored);
            Ok(Sent::Stored)
        }
        Err(refused) => match &person.queue {
            Some(client_id)
                if change.ends
                    && refused.may_pass()
                    && queue::put(client_id, &person.access, &change).await =>
            {
                person.saved(&change, None);
                Ok(Sent::Waits)
            }
            _ => Err(refused),
        },
    }
}

/// The change when something came of a prompt.
pub fn change(person: &Person, answers: Object, history: History) -> Change {
    Change {
        history,
        ..person.change(answers)
    }
}
