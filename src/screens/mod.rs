//! One file a screen.

mod coming;
mod done;
mod forgot_password;
mod passwordless;
pub mod profile;
mod sign_in;
mod sign_up;

use std::rc::Rc;

use crate::browser::element::Element;
use crate::later;
use crate::parts::isolated;
use crate::state::{BoxState, Screen};

/// The view of a screen.
pub fn view(parent: &Rc<BoxState>, screen: Screen) -> Vec<Element> {
    match screen {
        Screen::SignUp => sign_up::view(parent),
        Screen::SignIn => sign_in::view(parent),
        Screen::Resuming => done::resuming(parent),
        Screen::SignedUp => done::signed_up(parent),
        Screen::SignedIn(name) => done::signed_in(parent, &name),
        Screen::Nothing => Vec::new(),
        screen => match later::get() {
            Some(later) => (later.screen)(parent, screen),
            None => coming::view(parent, screen),
        },
    }
}

/// The view of a screen that is in the second module.
pub fn later(parent: &Rc<BoxState>, screen: Screen) -> Vec<Element> {
    match screen {
        Screen::ForgotPassword => forgot_password::view(parent),
        Screen::ResetSent(email) => forgot_password::sent(parent, &email),
        Screen::Passwordless => passwordless::view(parent),
        Screen::Code(to) => passwordless::code(parent, &to),
        Screen::LinkSent(to) => passwordless::link_sent(parent, &to),
        Screen::Profile => match parent.prompt.get_once() {
            Some(prompt) => isolated::view(parent, "inline", profile::view(parent, &prompt)),
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}
