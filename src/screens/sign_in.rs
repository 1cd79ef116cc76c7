//! The form for an account that exists.

use latchlet_core::gather::Gather;
use std::rc::Rc;

use latchlet_core::connection::Connection;
use latchlet_core::field::Identifier;
use latchlet_core::{Answers, Form, Message, Value};

use crate::backend::{Auth0, AuthBackend};
use crate::browser::element::Element;
use crate::browser::functions::Returned;
use crate::browser::task;
use crate::parts::form::{self, Sending};
use crate::parts::switch::{self, To};
use crate::parts::{federated, live_region, title};
use crate::state::{BoxState, FormState, Screen};

/// The view of the screen.
pub fn view(parent: &Rc<BoxState>) -> Vec<Element> {
    let config = &parent.config;
    let mut view = vec![title::view(parent, Message::SignInTitle)];
    view.extend(title::intro(parent, Message::SignInText));
    view.push(federated::view(parent, "login"));
    let Some(connection) = parent.database() else {
        view.push(live_region::alert(parent));
        return view;
    };
    let form = Form::sign_in(identifier(parent, &connection), &config.texts);
    let state = FormState::new(parent, form);
    let sending = Sending {
        endpoint: [&config.origin, "/co/authenticate"].concat(),
        action: Message::SignInAction,
        busy: Message::SigningIn,
        hook: config.hooks.logging_in,
    };
    view.push(form::view(&state.clone(), sending, move |answers| {
        task::start(sign_in(state.clone(), answers));
    }));
    if config.screens.forgot_password && connection.allows_reset {
        let to = match &config.screens.forgot_password_link {
            Some(link) => To::Link(link),
            None => To::Screen(Screen::ForgotPassword),
        };
        view.push(switch::alone(parent, Message::ForgotPasswordAction, to));
    }
    if parent.connections.peek(|all| all.passwordless.is_some()) {
        let to = To::Screen(Screen::Passwordless);
        view.push(switch::alone(parent, Message::PasswordlessAction, to));
    }
    if config.screens.sign_up && connection.allows_sign_up {
        let to = match &config.screens.sign_up_link {
            Some(link) => To::Link(link),
            None => To::Screen(Screen::SignUp),
        };
        let (question, action) = (Message::NoAccountYet, Message::SignUpLabel);
        view.push(switch::view(parent, question, action, to));
    }
    view
}

/// What somebody signs in with. Only where accounts have a user name there is
/// anything to choose.
fn identifier(parent: &BoxState, connection: &Connection) -> Identifier {
    match connection.username {
        Some(_) => parent.config.identifier,
        None => Identifier::Email,
    }
}

async fn sign_in(state: Rc<FormState>, answers: Answers) {
    let parent = &state.parent;
    let identifier = answers.get("username").text();
    let password = answers.get("password").text();
    let backend = Auth0::new(&parent.config);
    let signed_in = match resolve(parent, identifier).await {
        Some(realm) => backend.sign_in(&realm, identifier, password).await,
        None => Err(backend.no_connection()),
    };
    match signed_in {
        _ if !parent.is_alive() => {}
        Ok(address) => state.leave_for(&address),
        Err(failure) => {
            if failure.is_wrong_credentials() {
                state.clear_secrets();
            }
            state.reject(failure);
        }
    }
}

/// The connection that a person is in: the page's own choice, where it makes
/// one.
async fn resolve(parent: &BoxState, identifier: &str) -> Option<String> {
    let databases = parent.connections.peek(|all| all.databases.clone());
    let Some(resolver) = parent.config.connection_resolver else {
        return databases.first().map(|connection| connection.name.clone());
    };
    let names: Vec<Value> = databases
        .iter()
        .map(|connection| {
            let entry = [("name", connection.name.as_str()), ("type", "database")];
            entry.into_iter().collect::<latchlet_core::Object>().into()
        })
        .gather();
    let mut context = latchlet_core::Object::new();
    context.insert("id", parent.config.client_id.as_str());
    context.insert("connections", names);
    let values = [identifier.into(), context.into()];
    let result = match parent.functions.call(resolver, &values) {
        Returned::Now(result) => result,
        Returned::Later(later) => later.await,
    };
    let chosen = result.ok()?;
    chosen.as_object()?.text("name").map(str::to_owned)
}
