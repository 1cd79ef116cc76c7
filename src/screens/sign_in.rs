//! The form for an account that exists.

use std::rc::Rc;

use latchlet_core::{Answers, Form, Message};
use wasm_bindgen_futures::spawn_local;

use crate::backend::{Auth0, AuthBackend};
use crate::browser::element::Element;
use crate::parts::form::{self, Texts};
use crate::parts::{switch, title};
use crate::state::{BoxState, FormState, Screen};

/// The view of the screen.
pub fn view(parent: &Rc<BoxState>) -> Vec<Element> {
    let config = &parent.config;
    let form = Form::sign_in(&config.connection);
    let state = Rc::new(FormState::new(parent, form));
    let texts = Texts {
        action: Message::SignInAction,
        busy: Message::SigningIn,
    };
    let endpoint = [&config.origin, "/co/authenticate"].concat();
    let mut view = vec![
        title::view(parent, Message::SignInTitle),
        form::view(&state.clone(), &endpoint, texts, move |answers| {
            spawn_local(sign_in(state.clone(), answers));
        }),
    ];
    if config.allow_sign_up {
        let (question, action) = (Message::NoAccountYet, Message::SignUpAction);
        view.push(switch::view(parent, question, action, Screen::SignUp));
    }
    view
}

async fn sign_in(state: Rc<FormState>, answers: Answers) {
    let backend = Auth0::new(&state.parent.config);
    let identifier = answers.get("username").text();
    let password = answers.get("password").text();
    let signed_in = backend.sign_in(identifier, password).await;
    match signed_in {
        _ if !state.parent.is_alive() => {}
        Ok(address) => state.leave_for(&address),
        Err(failure) => {
            if failure.is_wrong_credentials() {
                state.clear_secrets();
            }
            state.reject(failure);
        }
    }
}
