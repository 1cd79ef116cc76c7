//! Who is logged in already, as far as the page knows: for a box that only
//! asks what is missing.

use crate::value::{Function, Object};

use super::problem::Code;
use super::progressive::{Progressive, Save};
use super::read::Reader;
use super::spec::MODES;

/// What a box is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// To log in, to sign up, and to ask what is missing afterwards.
    #[default]
    Login,
    /// To ask what is missing, on a page that logs people in by other means.
    Profile,
}

/// Who is logged in already, as far as the page knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Visitor {
    /// Gives an access token of theirs, whenever one is needed.
    pub token: Option<Function>,
    /// The claims of their ID token.
    pub claims: Object,
    /// Their profile, `user_metadata` in it.
    pub user: Object,
}

/// Reads `mode`. A box that only asks needs questions, and what opens the
/// profile of whoever is asked.
pub(super) fn read_mode(options: &mut Reader<'_>, progressive: Option<&Progressive>) -> Mode {
    let Some(mode) = options.text("mode") else {
        return Mode::Login;
    };
    if mode != "profile" {
        if mode != "login" {
            options.one_of("mode", &mode, &MODES);
        }
        return Mode::Login;
    }
    let needs_token = |save: &Save| {
        matches!(
            save,
            Save::Auth0 | Save::Latchlet | Save::Endpoint { cookie: false, .. }
        )
    };
    match progressive {
        None => {
            let message = "a box that only asks what is missing needs questions";
            options.problem("progressiveProfile", Code::Missing, message);
        }
        Some(it) if needs_token(&it.save) && options.get("accessToken").is_none() => {
            let message = "give a function that gives an access token of whoever is logged in";
            options.problem("accessToken", Code::Missing, message);
        }
        Some(_) => {}
    }
    Mode::Profile
}

/// Reads `accessToken`, `idTokenPayload` and `user`.
pub(super) fn read_visitor(options: &mut Reader<'_>) -> Visitor {
    let mut object = |name| match options.object(name) {
        Some(object) => object.entries().clone(),
        None => Object::new(),
    };
    Visitor {
        claims: object("idTokenPayload"),
        user: object("user"),
        token: options.function("accessToken"),
    }
}
