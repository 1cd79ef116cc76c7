//! Questions that stand over the page or at its edge, and not where the box is.

use std::rc::Rc;

use latchlet_core::Message;
use latchlet_core::progressive::Display;

use crate::browser::element::{DomEvent, Element, Node, el, key};
use crate::browser::task;
use crate::screens::profile;
use crate::state::{BoxState, Prompt, leave};

use super::{isolated, live_region, title};

/// Such questions.
pub fn view(parent: &Rc<BoxState>, prompt: &Rc<Prompt>) -> Vec<Element> {
    match prompt.display {
        Display::Modal => isolated::view(parent, "modal", vec![modal(parent, prompt)]),
        Display::Banner => isolated::view(parent, "banner", vec![banner(parent, prompt)]),
        Display::Inline => Vec::new(),
    }
}

/// Over the page: the browser's own dialog, which keeps focus inside. Closing it
/// is skipping, so that it cannot be closed where something must be answered.
fn modal(parent: &Rc<BoxState>, prompt: &Rc<Prompt>) -> Element {
    let (dialog, heading) = (Node::default(), Node::default());
    dialog.open_dialog(&heading);
    let may_skip = prompt.may_skip;
    let close = |parent: &Rc<BoxState>, prompt: &Rc<Prompt>| {
        let (parent, prompt) = (parent.clone(), prompt.clone());
        move || {
            if prompt.may_skip {
                task::start(leave(parent.clone(), prompt.clone(), None));
            }
        }
    };
    let (pressed, escaped) = (close(parent, prompt), close(parent, prompt));
    let (closing, closed) = (close(parent, prompt), (parent.clone(), prompt.clone()));
    let (shown, title) = (dialog.clone(), heading.clone());
    let button = el("button", "close")
        .attr("type", "button")
        .attr("aria-label", &parent.text(Message::Close))
        .on("click", move |_| pressed());
    el("dialog", "prompt modal")
        .node(&dialog)
        .attr("aria-labelledby", &title::prompt_id(parent))
        .on("keydown", move |event: DomEvent| {
            // Else Chromium closes at the second Escape, whatever `cancel` says.
            if key(&event) == "Escape" && !may_skip {
                event.prevent_default();
            }
        })
        .on("cancel", move |event: DomEvent| {
            event.prevent_default();
            escaped();
        })
        .on("close", move |_| {
            // Escape once more while something is under way, or Android's Back.
            let (parent, prompt) = &closed;
            match prompt.is_over.get() || prompt.may_skip && !parent.busy.get_once() {
                true => closing(),
                false => shown.open_dialog(&title),
            }
        })
        .with(may_skip.then_some(button))
        .with(profile::view_below(parent, prompt, &heading))
        // What is outside is not heard meanwhile.
        .with([live_region::status(parent)])
}

/// At the edge of the page: a line that can be answered, left or opened.
fn banner(parent: &Rc<BoxState>, prompt: &Rc<Prompt>) -> Element {
    let (parent, prompt) = (parent.clone(), prompt.clone());
    el("div", "prompt banner")
        .attr("role", "region")
        .attr("aria-labelledby", &title::prompt_id(&parent))
        .live_children(move || match prompt.open.get() {
            true => {
                let heading = Node::default();
                heading.focus_soon();
                profile::view_below(&parent, &prompt, &heading)
            }
            false => line(&parent, &prompt),
        })
}

fn line(parent: &Rc<BoxState>, prompt: &Rc<Prompt>) -> Vec<Element> {
    let text = profile::title(parent, prompt);
    parent.say_text(text.clone().into());
    let opened = prompt.clone();
    let answer = el("button", "submit")
        .attr("type", "button")
        .text(&parent.text(Message::ProfileAnswer))
        .on("click", move |_| opened.open.set(true));
    let later = profile::ways(parent, prompt);
    let heading = title::of_prompt(parent, &text, &Node::default());
    let buttons = el("div", "line-buttons").with([answer]).with(later);
    vec![heading, buttons]
}
