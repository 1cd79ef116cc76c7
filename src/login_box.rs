//! The root of a box: takes the config, provides what every part needs, and
//! chooses the screen.

use std::rc::Rc;

use latchlet_core::config::{self, Config, Problem};
use latchlet_core::{Answer, Message};
use wasm_bindgen_futures::spawn_local;

use crate::backend::{Auth0, AuthBackend};
use crate::browser::element::{Element, el, follow};
use crate::parts::{developer_message, live_region};
use crate::screens;
use crate::state::{BoxState, Event, Kept, Login, Screen};

/// The box as an element.
pub fn build(
    config: Result<Config, Vec<Problem>>,
    kept: Kept,
    on_event: Rc<dyn Fn(Event)>,
) -> Element {
    // Its own words are English; what the config says may be anything.
    let section = el("section", "box").attr("lang", "en");
    match config {
        Ok(config) => open(section, config, kept, on_event),
        Err(problems) => {
            let message = developer_message::view(&problems);
            on_event(Event::ConfigRejected(problems));
            section.with([message])
        }
    }
}

fn open(section: Element, config: Config, kept: Kept, on_event: Rc<dyn Fn(Event)>) -> Element {
    for (name, prefill) in [
        ("email", &config.prefill_email),
        ("username", &config.prefill_username),
    ] {
        if kept.get(name).is_none() && !prefill.is_empty() {
            kept.set(name, Answer::Text(prefill.clone()));
        }
    }
    let backend = Auth0::new(&config);
    if let Some(returned) = backend.claim() {
        let login = kept.login.clone();
        login.replace(Login::UnderWay);
        spawn_local(async move {
            login.set(Login::Finished(backend.resume(returned).await));
        });
    }
    let first = match config.initial_screen {
        config::Screen::SignIn => Screen::SignIn,
        config::Screen::SignUp => Screen::SignUp,
    };
    let shown = match kept.login.peek(|login| matches!(login, Login::None)) {
        true => first.clone(),
        false => Screen::Resuming,
    };
    let state = Rc::new(BoxState::new(config, shown, kept, on_event));
    let watching = state.clone();
    follow(Box::new(move || finish(&watching, &first)));
    let status = live_region::status(&state);
    let section = state.press.watch(section);
    let screen =
        el("div", "screen").live_children(move || screens::view(&state, state.screen.get()));
    section.with([status, screen])
}

/// Shows the end of the login that the page was opened with, once it is there.
fn finish(state: &BoxState, first: &Screen) {
    let login = &state.kept.login;
    if !login.with(|login| matches!(login, Login::Finished(_))) {
        return;
    }
    match login.replace(Login::None) {
        Login::Finished(Ok(session)) => {
            let claims = session.claims.as_object();
            let claim = |name| claims.and_then(|claims| claims.text(name));
            let name = claim("email").or(claim("name")).unwrap_or_default();
            state.show(Screen::SignedIn(name.to_owned()));
            state.say(Message::SignedInTitle);
            state.tell(Event::Authenticated(session));
        }
        Login::Finished(Err(failure)) => {
            // Who tried to log in has an account.
            state.show(match state.config.allow_login {
                true => Screen::SignIn,
                false => first.clone(),
            });
            state.fail(failure);
        }
        Login::None | Login::UnderWay => {}
    }
}
