//! The root of a box: takes the config, provides what every part needs, and
//! chooses the screen.

use std::rc::Rc;

use latchlet_core::config::{self, Config, Mode};
use latchlet_core::connection::Connections;
use latchlet_core::{Answer, Message};

use crate::backend::profile::Access;
use crate::backend::{Auth0, AuthBackend};
use crate::browser::element::{Element, Node, el, follow};
use crate::browser::functions::Functions;
use crate::browser::{page, task};
use crate::later;
use crate::parts::live_region;
use crate::screens;
use crate::state::{BoxState, Event, Kept, Login, Screen};

/// A box without a form, because the config is wrong.
pub fn refuse(message: Element) -> Element {
    el("section", "box").attr("lang", "en").with([message])
}

/// The box as an element. `functions` are those that the config names;
/// `isolates` has questions stand in a shadow root of their own.
pub fn build(
    config: Rc<Config>,
    functions: Functions,
    kept: Kept,
    isolates: bool,
    on_event: Rc<dyn Fn(Event) -> bool>,
) -> (Element, Rc<BoxState>) {
    if config.draft {
        kept.read_draft(&config);
    }
    for (name, prefill) in [
        ("email", &config.prefill.email),
        ("username", &config.prefill.username),
        ("phone_number", &config.prefill.phone_number),
    ] {
        if kept.get(name).is_none() && !prefill.is_empty() {
            kept.set(name, Answer::Text(prefill.clone()));
        }
    }
    let first = match config.initial_screen {
        config::Screen::SignIn => Screen::SignIn,
        config::Screen::SignUp => Screen::SignUp,
        config::Screen::ForgotPassword => Screen::ForgotPassword,
        config::Screen::Passwordless => Screen::Passwordless,
    };
    let section = el("section", "box").attr("lang", &config.language);
    let logo = config.logo.as_deref();
    let logo = logo.map(|src| el("img", "logo").attr("src", src).attr("alt", ""));
    let flash = config.flash.clone();
    let asks = config.asks_for_connections.is_some();
    let autofocus = config.autofocus;
    let asks_only = config.mode == Mode::Profile;
    // Another box takes over the questions that this one's page had begun with.
    let asks_again = kept.prompting.get() && kept.access.borrow().is_some();
    let shown = match kept.login.peek(|login| matches!(login, Login::None)) {
        true if asks_only || asks_again => Screen::Nothing,
        true => first.clone(),
        false => Screen::Resuming,
    };
    let state = Rc::new(BoxState::new(
        config, functions, shown, kept, isolates, on_event,
    ));
    if state.config.auth.resumes {
        claim(&state);
    }
    let watching = state.clone();
    follow(Box::new(move || finish(&watching, &first)));
    if asks_only || asks_again {
        let asking = state.clone();
        task::start(async move {
            begin(&asking).await;
        });
    }
    if asks {
        task::start(ask_for_connections(state.clone()));
    }
    let status = live_region::status(&state);
    let flashed = live_region::flash(&state);
    let touched = state.clone();
    let section = section.on("focusin", move |_| touched.touch());
    if state.config.draft {
        let left = state.clone();
        page::on_leave(move || left.write_draft());
    }
    let section = state.press.watch(section);
    let (place, shown) = (Node::default(), state.clone());
    let screen = el("div", "screen").node(&place).live_children(move || {
        let screen = shown.screen.get();
        let view = screens::view(&shown, screen.clone());
        let told = shown.clone();
        let is_here = later::get().is_some() || !screen.is_later();
        // Whoever hears of it finds it in the page.
        page::soon(move || {
            if is_here && told.is_alive() {
                told.tell(Event::Shown(screen.name()));
            }
        });
        view
    });
    if autofocus {
        page::soon(move || place.focus_first());
    }
    if let Some(flash) = flash {
        let state = state.clone();
        page::soon(move || match flash.is_error {
            true => state.alert.set(flash.text.into()),
            false => {
                state.flash.set(flash.text.clone().into());
                state.say_text(flash.text.into());
            }
        });
    }
    // Questions that stand over the page or at its edge, when there are any.
    let asking = state.clone();
    let frame =
        el("div", "frame").live_children(move || match (asking.prompt.get(), later::get()) {
            (Some(prompt), Some(later)) => (later.frame)(&asking, &prompt),
            _ => Vec::new(),
        });
    // A box that has nothing to show has no room on the page.
    let bare = state.clone();
    let section = section.live("data-bare", move || {
        (bare.screen.get() == Screen::Nothing).then_some("")
    });
    let section = section.with(logo);
    (section.with([status, flashed, screen, frame]), state)
}

/// Takes the login that the page was opened with, if it is ours.
fn claim(state: &Rc<BoxState>) {
    let backend = Auth0::new(&state.config);
    let Some(returned) = backend.claim() else {
        return;
    };
    let login = state.kept.login.clone();
    login.replace(Login::UnderWay);
    state.screen.set(Screen::Resuming);
    task::start(async move {
        login.set(Login::Finished(Box::new(backend.resume(returned).await)));
    });
}

/// Takes over the ways in that the backend knows, unless somebody has begun
/// with what is shown: nothing is replaced under them.
async fn ask_for_connections(state: Rc<BoxState>) {
    let Some(connections) = Auth0::new(&state.config).connections().await else {
        return;
    };
    if !state.is_alive() {
        return;
    }
    let known = |all: &Connections| (all.databases.clone(), all.passwordless.clone());
    let changes = state.connections.peek(known) != known(&connections);
    if changes && state.is_untouched() {
        state.connections.replace(connections);
        let screen = state.screen.get_once();
        state.screen.set(screen);
    } else {
        // Buttons come by themselves; the rest waits for the next screen.
        state.connections.set(connections);
    }
}

/// Says that somebody is logged in.
fn greet(state: &BoxState, signed_in: Screen) {
    state.show(signed_in);
    state.say(Message::SignedInTitle);
}

/// Asks what is due. Whether anything is asked.
async fn begin(state: &Rc<BoxState>) -> bool {
    if state.config.progressive.is_none() {
        return false;
    }
    match later::load().await {
        Some(later) => (later.begin)(state.clone()).await,
        None => {
            if state.is_alive() {
                let failure = later::not_loaded(&state.config.texts);
                state.tell(Event::Failed(Screen::Profile.name(), failure));
            }
            false
        }
    }
}

/// Asks what is due, and says that somebody is logged in.
async fn ask_and_greet(state: &Rc<BoxState>, signed_in: Screen) {
    if !state.is_alive() {
        return;
    }
    let asks = begin(state).await;
    if !state.is_alive() {
        return;
    }
    let inline = state.screen.peek(|screen| *screen == Screen::Profile);
    match asks && inline {
        true => drop(state.before_prompt.replace(signed_in)),
        false => greet(state, signed_in),
    }
}

/// Shows the end of the login that the page was opened with, once it is there.
fn finish(state: &Rc<BoxState>, first: &Screen) {
    let login = &state.kept.login;
    if !login.with(|login| matches!(login, Login::Finished(_))) {
        return;
    }
    match login.replace(Login::None) {
        Login::Finished(result) => match *result {
            Ok(session) => {
                let claims = session.claims.as_object();
                let claim = |name| claims.and_then(|claims| claims.text(name));
                let name = claim("email").or(claim("name")).unwrap_or_default();
                let signed_in = Screen::SignedIn(name.to_owned());
                state.forget_draft();
                state
                    .kept
                    .access
                    .replace(Some(Access::of_session(&session)));
                if state.config.progressive.is_none() {
                    greet(state, signed_in);
                    state.tell(Event::Authenticated(session));
                    return;
                }
                state.tell(Event::Authenticated(session));
                let asking = state.clone();
                task::start(async move {
                    ask_and_greet(&asking, signed_in).await;
                });
            }
            Err(failure) => {
                // Who tried to log in has an account.
                state.show(match state.config.screens.login {
                    true => Screen::SignIn,
                    false => first.clone(),
                });
                state.fail(failure);
            }
        },
        Login::None | Login::UnderWay => {}
    }
}
