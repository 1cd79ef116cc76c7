//! A login without a password: a code or a link that is sent to the person.

use std::rc::Rc;

use latchlet_core::connection::{Channel, Passwordless};
use latchlet_core::field::Identifier;
use latchlet_core::{Answers, Field, FieldKind, Form, Message};

use crate::backend::{Auth0, AuthBackend};
use crate::browser::element::{Element, el};
use crate::browser::task;
use crate::parts::form::{self, Sending};
use crate::parts::switch::{self, To};
use crate::parts::{federated, title};
use crate::state::{BoxState, FormState, Screen};

/// The name of the field with the address or the number.
fn recipient(connection: &Passwordless) -> &'static str {
    match connection.channel {
        Channel::Email => "email",
        Channel::Sms => "phone_number",
    }
}

/// The form that asks where to.
pub fn view(parent: &Rc<BoxState>) -> Vec<Element> {
    let config = &parent.config;
    let Some(connection) = passwordless(parent) else {
        return Vec::new();
    };
    let (kind, label, intro) = match (connection.channel, connection.link) {
        (Channel::Sms, _) => (
            FieldKind::Telephone,
            Message::PhoneLabel,
            Message::PasswordlessSms,
        ),
        (Channel::Email, link) => (
            FieldKind::Identifier(Identifier::Email),
            Message::EmailLabel,
            match link {
                true => Message::PasswordlessEmailLink,
                false => Message::PasswordlessEmailCode,
            },
        ),
    };
    let form = Form::new(vec![Field::new(
        recipient(&connection),
        kind,
        &parent.text(label),
    )]);
    let state = FormState::new(parent, form);
    let sending = Sending {
        endpoint: [&config.origin, "/passwordless/start"].concat(),
        action: match connection.link {
            true => Message::SendLink,
            false => Message::SendCode,
        },
        busy: Message::Sending,
        hook: config.hooks.logging_in,
    };
    let mut view = vec![title::view(parent, Message::PasswordlessTitle)];
    view.extend(title::intro(parent, intro));
    view.push(federated::view(parent, "login"));
    view.push(form::view(&state.clone(), sending, move |answers| {
        task::start(start(state.clone(), connection.clone(), answers));
    }));
    if parent.database().is_some() && config.screens.login {
        let to = To::Screen(Screen::SignIn);
        view.push(switch::alone(parent, Message::PasswordAction, to));
    }
    view
}

/// The form for the code that was sent.
pub fn code(parent: &Rc<BoxState>, to: &str) -> Vec<Element> {
    let Some(connection) = passwordless(parent) else {
        return Vec::new();
    };
    let label = parent.text(Message::CodeLabel);
    let form = Form::new(vec![Field::new("code", FieldKind::OneTimeCode, &label)]);
    let state = FormState::new(parent, form);
    let sending = Sending {
        endpoint: [&parent.config.origin, "/co/authenticate"].concat(),
        action: Message::CodeAction,
        busy: Message::SigningIn,
        hook: None,
    };
    let text = parent.config.texts.with(Message::CodeText, &[("to", to)]);
    let (verified, sent_to) = (state.clone(), to.to_owned());
    let with = connection.clone();
    let form = form::view(&state, sending, move |answers| {
        task::start(verify(
            verified.clone(),
            with.clone(),
            sent_to.clone(),
            answers,
        ));
    });
    let (again, sent_to) = (parent.clone(), to.to_owned());
    let resend = el("button", "link")
        .attr("type", "button")
        .text(&parent.text(Message::ResendCode))
        .on("click", move |_| {
            if !again.busy.get_once() {
                task::start(resend(again.clone(), connection.clone(), sent_to.clone()));
            }
        });
    vec![
        title::view(parent, Message::CodeTitle),
        el("p", "text").text(&text),
        form,
        el("p", "switch").with([resend]),
        switch::alone(parent, Message::Back, To::Screen(Screen::Passwordless)),
    ]
}

/// A link was sent.
pub fn link_sent(parent: &Rc<BoxState>, to: &str) -> Vec<Element> {
    let text = parent
        .config
        .texts
        .with(Message::LinkSentText, &[("to", to)]);
    vec![
        title::view(parent, Message::LinkSentTitle),
        el("p", "text").text(&text),
        switch::alone(parent, Message::Back, To::Screen(Screen::Passwordless)),
    ]
}

fn passwordless(parent: &BoxState) -> Option<Passwordless> {
    parent.connections.peek(|all| all.passwordless.clone())
}

async fn start(state: Rc<FormState>, connection: Passwordless, answers: Answers) {
    let parent = &state.parent;
    let to = answers.get(recipient(&connection)).text().trim();
    let started = Auth0::new(&parent.config).send(&connection, to).await;
    match started {
        _ if !parent.is_alive() => {}
        Ok(()) if connection.link => parent.go(Screen::LinkSent(to.to_owned())),
        Ok(()) => parent.go(Screen::Code(to.to_owned())),
        Err(failure) => state.reject(failure),
    }
}

async fn resend(parent: Rc<BoxState>, connection: Passwordless, to: String) {
    parent.busy.set(true);
    let sent = Auth0::new(&parent.config).send(&connection, &to).await;
    if !parent.is_alive() {
        return;
    }
    parent.busy.set(false);
    match sent {
        Ok(()) => parent.say(Message::CodeSentAgain),
        Err(failure) => parent.fail(failure),
    }
}

async fn verify(state: Rc<FormState>, connection: Passwordless, to: String, answers: Answers) {
    let parent = &state.parent;
    let code = answers.get("code").text();
    let verified = Auth0::new(&parent.config)
        .verify(&connection, &to, code)
        .await;
    match verified {
        _ if !parent.is_alive() => {}
        Ok(address) => state.leave_for(&address),
        Err(failure) => state.reject(failure),
    }
}
