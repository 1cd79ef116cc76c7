//! The form for a new account.

use std::rc::Rc;

use latchlet_core::{Answers, Failure, Form, Message};

use crate::backend::{Auth0, AuthBackend};
use crate::browser::element::Element;
use crate::browser::task;
use crate::parts::form::{self, Sending};
use crate::parts::switch::{self, To};
use crate::parts::{federated, live_region, title};
use crate::state::{BoxState, Event, FormState, Screen};

/// The view of the screen.
pub fn view(parent: &Rc<BoxState>) -> Vec<Element> {
    let config = &parent.config;
    let mut view = vec![title::view(parent, Message::SignUpTitle)];
    view.extend(title::intro(parent, Message::SignUpText));
    view.push(federated::view(parent, "signup"));
    let Some(connection) = parent.database() else {
        view.push(live_region::alert(parent));
        return view;
    };
    let form = Form::sign_up(&connection, &config.sign_up, &config.texts);
    let state = FormState::new(parent, form);
    let sending = Sending {
        endpoint: [&config.origin, "/dbconnections/signup"].concat(),
        action: Message::SignUpAction,
        busy: Message::SigningUp,
        hook: config.hooks.signing_up,
    };
    view.push(form::view(&state.clone(), sending, move |answers| {
        task::start(sign_up(state.clone(), answers));
    }));
    if config.screens.login {
        let question = Message::AlreadyHaveAccount;
        let to = To::Screen(Screen::SignIn);
        view.push(switch::view(parent, question, Message::SignInLabel, to));
    }
    view
}

async fn sign_up(state: Rc<FormState>, answers: Answers) {
    let parent = &state.parent;
    let Some(connection) = parent.database() else {
        return;
    };
    let backend = Auth0::new(&parent.config);
    let signed_up = backend.sign_up(&connection, &state.form, &answers).await;
    if !parent.is_alive() {
        return;
    }
    let account = match signed_up {
        Ok(account) => account,
        Err(failure) => {
            state.reject(failure);
            return;
        }
    };
    parent.forget_draft();
    parent.tell(Event::SignedUp(account.said));
    if !parent.is_alive() {
        return;
    }
    if !parent.config.login_after_sign_up {
        parent.go(Screen::SignedUp);
        return;
    }
    let password = answers.get("password").text();
    let signed_in = backend
        .sign_in(&connection.name, &account.identifier, password)
        .await;
    match signed_in {
        _ if !parent.is_alive() => {}
        Ok(address) => state.leave_for(&address),
        // The account is there: a second sign-up would only fail.
        Err(failure) => {
            let (screen, notice) = match parent.config.screens.login {
                true => (
                    Screen::SignIn,
                    parent.text(Message::SignedUpNotLoggedIn).into_owned(),
                ),
                false => (Screen::SignedUp, String::new()),
            };
            parent.go(screen);
            parent.fail(Failure { notice, ..failure });
        }
    }
}
