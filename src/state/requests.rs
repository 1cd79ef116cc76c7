//! What a page asks for after the login: some answers, all consents, the reasons;
//! and what it reports.

use std::rc::Rc;

use latchlet_core::progressive::ProfileField;
use latchlet_core::{FieldKind, Object, Value};

use crate::backend::profile::Refused;
use crate::browser::page;

use super::visit::{begin, person, show, store};
use super::{BoxState, Outcome, Prompt};

/// A part of the page asks for some answers. It is asked for as long as the
/// plan has questions of them and the person answers.
pub async fn ask(parent: &Rc<BoxState>, names: Vec<String>) -> Result<Value, Refused> {
    ask_for(parent, names, false).await
}

async fn ask_for(
    parent: &Rc<BoxState>,
    names: Vec<String>,
    is_settings: bool,
) -> Result<Value, Refused> {
    let person = person(parent).await?;
    let Some(progressive) = &parent.config.progressive else {
        return Err(Refused::NoToken);
    };
    let mut outcome = Outcome::default();
    let mut asked: Vec<String> = Vec::new();
    while !outcome.skipped && parent.is_alive() {
        let open = parent.prompt.get_once();
        if let Some(open) = open {
            open.over.opened().await;
            continue;
        }
        // Each is asked once: a consent that is known would be asked for ever.
        let left = names.iter().filter(|name| !asked.contains(name)).cloned();
        person.requested.replace(left.collect());
        let mut plan = person.plan(&parent.config, progressive);
        plan.ask
            .retain(|it| names.contains(&it.name) && !asked.contains(&it.name));
        if plan.ask.is_empty() {
            break;
        }
        asked.extend(plan.ask.iter().map(|it| it.name.clone()));
        let shown = show(parent, Prompt::new(&person, plan, progressive, is_settings));
        shown.over.opened().await;
        let came = shown.outcome.borrow();
        outcome.skipped = came.skipped;
        for (name, value) in came.values.iter() {
            outcome.values.insert(name, value.clone());
        }
    }
    person.requested.replace(Vec::new());
    Ok(outcome.into_value())
}

/// Asks for all consents, to look at and to change.
pub async fn ask_consents(parent: &Rc<BoxState>) -> Result<Value, Refused> {
    let progressive = parent.config.progressive.iter();
    let fields = progressive.flat_map(|it| &it.schema.fields);
    let names = fields
        .map(|question| &question.field)
        .filter(|field| matches!(field.kind, FieldKind::Consent(_)))
        .map(|field| field.name.clone())
        .collect();
    ask_for(parent, names, true).await
}

/// The page reports something that questions may wait for.
pub async fn report(parent: &Rc<BoxState>, event: &str) -> Result<Value, Refused> {
    let waits_for = |question: &ProfileField| question.ask.event.as_deref() == Some(event);
    let progressive = parent.config.progressive.iter();
    if !progressive.flat_map(|it| &it.schema.fields).any(waits_for) {
        return Ok(Value::Null);
    }
    let person = person(parent).await?;
    let now = page::seconds();
    if !person.history.borrow_mut().report(event, now) {
        return Ok(Value::Null);
    }
    store(&person, person.change(Object::new()), &|_| {}).await?;
    if parent.is_alive() && parent.prompt.peek(Option::is_none) {
        begin(parent).await;
    }
    Ok(Value::Null)
}

/// Why each question is asked or not, and what the store can do.
pub async fn explain(parent: &Rc<BoxState>) -> Result<Value, Refused> {
    let person = person(parent).await?;
    let Some(progressive) = &parent.config.progressive else {
        return Err(Refused::NoToken);
    };
    let can = person.store.capabilities();
    let mut store = Object::new();
    for (name, value) in [
        ("lists", can.lists),
        ("merges", can.merges),
        ("fromBrowser", can.from_browser),
        ("idempotent", can.idempotent),
        ("countsLogins", can.counts_logins),
        ("piecemeal", can.piecemeal),
    ] {
        store.insert(name, value);
    }
    store.insert("mostBytes", can.most_bytes);
    // While something is asked, why that was: it is open by now.
    let plan = match parent.prompt.get_once() {
        Some(prompt) => prompt.plan.clone(),
        None => person.plan(&parent.config, progressive).to_value(),
    };
    let Value::Object(mut explained) = plan else {
        return Ok(Value::Null);
    };
    explained.insert("login", person.login);
    explained.insert("history", person.history.borrow().to_value());
    explained.insert("store", store);
    Ok(explained.into())
}
