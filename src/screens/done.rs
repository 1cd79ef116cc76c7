//! The screens without a form: a login under way, and what came of it.

use std::rc::Rc;

use latchlet_core::Message;

use crate::browser::element::{Element, el};
use crate::parts::title;
use crate::state::{BoxState, Screen};

/// A login comes back from `/authorize`.
pub fn resuming(parent: &BoxState) -> Vec<Element> {
    vec![
        title::view(parent, Message::SigningIn),
        el("div", "busy").attr("aria-hidden", "true"),
    ]
}

/// The account exists now.
pub fn signed_up(parent: &Rc<BoxState>) -> Vec<Element> {
    let mut view = vec![
        title::view(parent, Message::SignedUpTitle),
        el("p", "text").text(&parent.text(Message::SignedUpText)),
    ];
    if parent.config.screens.login {
        let parent = parent.clone();
        view.push(
            el("button", "submit")
                .attr("type", "button")
                .text(&parent.text(Message::SignInAction))
                .on("click", move |_| parent.go(Screen::SignIn)),
        );
    }
    view
}

/// Somebody is logged in.
pub fn signed_in(parent: &BoxState, name: &str) -> Vec<Element> {
    let texts = &parent.config.texts;
    let text = texts.with(Message::SignedInText, &[("name", name)]);
    vec![
        title::view(parent, Message::SignedInTitle),
        el("p", "text").text(&text),
    ]
}
