//! One file a screen.

mod done;
mod sign_in;
mod sign_up;

use std::rc::Rc;

use crate::browser::element::Element;
use crate::state::{BoxState, Screen};

/// The view of a screen.
pub fn view(parent: &Rc<BoxState>, screen: Screen) -> Vec<Element> {
    match screen {
        Screen::SignUp => sign_up::view(parent),
        Screen::SignIn => sign_in::view(parent),
        Screen::Resuming => done::resuming(parent),
        Screen::SignedUp => done::signed_up(parent),
        Screen::SignedIn(name) => done::signed_in(parent, &name),
    }
}
