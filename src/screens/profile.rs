//! Questions after the login: a form, and ways to answer another time that are
//! as near as the way to answer.

use std::cell::Cell;
use std::rc::Rc;

use latchlet_core::Message;
use latchlet_core::progressive::Seconds;

use crate::browser::element::{Element, Node, el};
use crate::browser::{page, task};
use crate::parts::form::{self, Sending};
use crate::parts::title;
use crate::state::{Asking, BoxState, FieldState, FormState, Prompt, leave};

/// The view of a prompt.
pub fn view(parent: &Rc<BoxState>, prompt: &Rc<Prompt>) -> Vec<Element> {
    let heading = Node::default();
    if parent.has_moved() || prompt.is_requested {
        heading.focus_soon();
    }
    view_below(parent, prompt, &heading)
}

/// The same below a heading that somebody else gives focus to.
pub fn view_below(parent: &Rc<BoxState>, prompt: &Rc<Prompt>, heading: &Node) -> Vec<Element> {
    let Some(progressive) = &parent.config.progressive else {
        return Vec::new();
    };
    let known = prompt
        .person
        .with_facts(&parent.config, |facts| facts.known_to_conditions());
    let whose = &prompt.person.access.user;
    let form = FormState::with_known(parent, prompt.form(parent, progressive), known, whose);
    prompt.on_screen.replace(Rc::downgrade(&form));
    let asking = Rc::new(Asking {
        parent: parent.clone(),
        prompt: prompt.clone(),
        form: form.clone(),
        storing: Cell::new(false),
    });
    asking.store_as_they_come();
    let sending = Sending {
        endpoint: [&parent.config.origin, "/api/v2/users"].concat(),
        action: Message::ProfileSave,
        busy: Message::ProfileSaving,
        hook: None,
    };
    let (declinable, saved) = (asking.clone(), asking.clone());
    let below = move |field: &Rc<FieldState>| decline_button(&declinable, field);
    let text = match (prompt.is_settings, prompt.may_skip) {
        (true, _) => Message::ProfileConsentsText,
        (false, true) => Message::ProfileText,
        (false, false) => Message::ProfileTextRequired,
    };
    let title = title(parent, prompt);
    parent.say_text(title.clone().into());
    let mut view = vec![title::of_prompt(parent, &title, heading)];
    view.extend(title::intro(parent, text));
    view.push(
        form::view_with(&form, sending, &below, move |_| {
            task::start(saved.clone().save());
        })
        .attr("aria-labelledby", &title::prompt_id(parent))
        .with([waiting(&asking)])
        .with(ways(parent, prompt)),
    );
    view
}

/// The title of a prompt.
pub fn title(parent: &BoxState, prompt: &Prompt) -> String {
    let texts = &parent.config.texts;
    match prompt.asked.len() {
        _ if prompt.is_settings => texts.get(Message::ProfileConsentsTitle).into_owned(),
        1 => texts.get(Message::ProfileTitleOne).into_owned(),
        many => {
            let many = u32::try_from(many).unwrap_or(u32::MAX);
            texts.number(Message::ProfileTitleMany, many)
        }
    }
}

/// “Skip for now”, and “Remind me later” for each length of time: as large as
/// the way to answer, and as near. `None` where there is no other way.
pub fn ways(parent: &Rc<BoxState>, prompt: &Rc<Prompt>) -> Option<Element> {
    let progressive = parent.config.progressive.as_ref()?;
    let texts = &parent.config.texts;
    let button = |text: &str, snooze: Option<Seconds>| {
        let (parent, prompt) = (parent.clone(), prompt.clone());
        el("button", "back later")
            .attr("type", "button")
            .text(text)
            .on("click", move |_| {
                task::start(leave(parent.clone(), prompt.clone(), snooze));
            })
    };
    if prompt.is_settings {
        let close = button(&texts.get(Message::Close), None);
        return Some(el("div", "ways").with([close]));
    }
    // Whoever did something for which it is needed will do so again.
    let snoozes: &[Seconds] = match prompt.is_requested {
        true => &[],
        false => &progressive.policy.snooze,
    };
    let buttons = snoozes.iter().map(|seconds| {
        let time = page::from_now(&parent.config.language, *seconds);
        let text = match time.filter(|_| snoozes.len() > 1) {
            Some(time) => texts.with(Message::ProfileSnoozeFor, &[("time", &time)]),
            None => texts.get(Message::ProfileSnooze).into_owned(),
        };
        button(&text, Some(*seconds))
    });
    let skip = button(&texts.get(Message::ProfileSkip), None);
    let ways = || el("div", "ways").with([skip]).with(buttons);
    prompt.may_skip.then(ways)
}

/// The button by which somebody says that they do not want to be asked.
fn decline_button(asking: &Rc<Asking>, field: &Rc<FieldState>) -> Option<Element> {
    let progressive = asking.parent.config.progressive.as_ref()?;
    let question = progressive.schema.field(&field.field.name)?;
    if !question.declinable || field.field.required {
        return None;
    }
    let (asking, declined) = (asking.clone(), field.clone());
    let text = asking.parent.text(Message::ProfileDecline);
    // Whoever hears a list of buttons hears which question this one is for.
    let name = [&text, ": ", &*field.field.label].concat();
    let button = el("button", "link decline")
        .attr("type", "button")
        .attr("aria-label", &name)
        .text(&text)
        .on("click", move |_| {
            if !asking.parent.busy.get_once() {
                asking.clone().decline(&declined);
            }
        });
    Some(button)
}

/// How long it takes until the next attempt. It is said aloud elsewhere.
fn waiting(asking: &Asking) -> Element {
    let (wait, parent) = (asking.prompt.wait.clone(), asking.parent.clone());
    el("p", "progress")
        .attr("aria-hidden", "true")
        .live_text(move || match wait.get() {
            Some(left) => {
                let texts = &parent.config.texts;
                texts.number(Message::ProfileRetrying, left).into()
            }
            None => "".into(),
        })
}
