//! The form for a new password: it asks for a mail with a link.

use std::rc::Rc;

use latchlet_core::field::Identifier;
use latchlet_core::{Answers, Field, FieldKind, Form, Message};

use crate::backend::{Auth0, AuthBackend};
use crate::browser::element::{Element, el};
use crate::browser::task;
use crate::parts::form::{self, Sending};
use crate::parts::switch::{self, To};
use crate::parts::title;
use crate::state::{BoxState, FormState, Screen};

/// The view of the screen.
pub fn view(parent: &Rc<BoxState>) -> Vec<Element> {
    let config = &parent.config;
    let email = Field::new(
        "email",
        FieldKind::Identifier(Identifier::Email),
        &parent.text(Message::EmailLabel),
    );
    let state = FormState::new(parent, Form::new(vec![email]));
    let sending = Sending {
        endpoint: [&config.origin, "/dbconnections/change_password"].concat(),
        action: Message::SendEmail,
        busy: Message::SendingEmail,
        hook: None,
    };
    let mut view = vec![title::view(parent, Message::ForgotPasswordTitle)];
    view.extend(title::intro(parent, Message::ForgotPasswordText));
    view.push(form::view(&state.clone(), sending, move |answers| {
        task::start(ask(state.clone(), answers));
    }));
    view.extend(back(parent));
    view
}

/// A mail is on its way, if there is an account.
pub fn sent(parent: &Rc<BoxState>, email: &str) -> Vec<Element> {
    let text = parent
        .config
        .texts
        .with(Message::ResetSentText, &[("email", email)]);
    let mut view = vec![
        title::view(parent, Message::ResetSentTitle),
        el("p", "text").text(&text),
    ];
    view.extend(back(parent));
    view
}

/// The way back, where there is a screen to go back to.
pub fn back(parent: &Rc<BoxState>) -> Option<Element> {
    let to = To::Screen(Screen::SignIn);
    let way = || switch::alone(parent, Message::BackToSignIn, to);
    parent.config.screens.login.then(way)
}

async fn ask(state: Rc<FormState>, answers: Answers) {
    let parent = &state.parent;
    let backend = Auth0::new(&parent.config);
    let email = answers.get("email").text();
    let realm = parent.database().unwrap_or_default().name;
    let asked = backend.reset_password(&realm, email).await;
    match asked {
        _ if !parent.is_alive() => {}
        Ok(()) => parent.go(Screen::ResetSent(email.trim().to_owned())),
        Err(failure) => state.reject(failure),
    }
}
