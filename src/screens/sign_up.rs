//! The form for a new account.

use std::rc::Rc;

use latchlet_core::{Answers, Failure, Form, Message};
use wasm_bindgen_futures::spawn_local;

use crate::backend::{Auth0, AuthBackend};
use crate::browser::element::Element;
use crate::parts::form::{self, Texts};
use crate::parts::{switch, title};
use crate::state::{BoxState, Event, FormState, Screen};

/// The view of the screen.
pub fn view(parent: &Rc<BoxState>) -> Vec<Element> {
    let config = &parent.config;
    let form = Form::sign_up(&config.connection, &config.additional_sign_up_fields);
    let state = Rc::new(FormState::new(parent, form));
    let texts = Texts {
        action: Message::SignUpAction,
        busy: Message::SigningUp,
    };
    let endpoint = [&config.origin, "/dbconnections/signup"].concat();
    let mut view = vec![
        title::view(parent, Message::SignUpTitle),
        form::view(&state.clone(), &endpoint, texts, move |answers| {
            spawn_local(sign_up(state.clone(), answers));
        }),
    ];
    if config.allow_login {
        let question = Message::AlreadyHaveAccount;
        let action = Message::SignInAction;
        view.push(switch::view(parent, question, action, Screen::SignIn));
    }
    view
}

async fn sign_up(state: Rc<FormState>, answers: Answers) {
    let parent = &state.parent;
    let backend = Auth0::new(&parent.config);
    let signed_up = backend.sign_up(&state.form, &answers).await;
    if !parent.is_alive() {
        return;
    }
    if let Err(failure) = signed_up {
        state.reject(failure);
        return;
    }
    parent.tell(Event::SignedUp);
    if !parent.is_alive() {
        return;
    }
    if !parent.config.login_after_sign_up {
        parent.go(Screen::SignedUp);
        return;
    }
    let email = answers.get("email").text();
    let password = answers.get("password").text();
    let signed_in = backend.sign_in(email, password).await;
    match signed_in {
        _ if !parent.is_alive() => {}
        Ok(address) => state.leave_for(&address),
        // The account is there: a second sign-up would only fail.
        Err(failure) => {
            let (screen, notice) = match parent.config.allow_login {
                true => (Screen::SignIn, Message::SignedUpNotLoggedIn.text()),
                false => (Screen::SignedUp, String::new()),
            };
            parent.go(screen);
            parent.fail(Failure { notice, ..failure });
        }
    }
}
