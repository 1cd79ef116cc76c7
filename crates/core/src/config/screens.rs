//! The screens of a box: which there are, and which comes first.

use crate::connection::Connections;

use super::problem::Code;
use super::read::Reader;
use super::spec::SCREENS;

/// A screen that a box can start with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// Lock's `login`.
    SignIn,
    /// Lock's `signUp`.
    SignUp,
    /// Lock's `forgotPassword`.
    ForgotPassword,
    /// A code or a link by e-mail or text message.
    Passwordless,
}

/// The screens that there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Screens {
    /// Whether there is a sign-in screen.
    pub login: bool,
    /// Whether there is a sign-up screen.
    pub sign_up: bool,
    /// Whether a password can be reset.
    pub forgot_password: bool,
    /// The page's own sign-up.
    pub sign_up_link: Option<String>,
    /// The page's own way to a new password.
    pub forgot_password_link: Option<String>,
}

pub(super) fn read_screens(options: &mut Reader<'_>) -> Screens {
    let screens = Screens {
        login: options.bool("allowLogin").unwrap_or(true),
        sign_up: options.bool("allowSignUp").unwrap_or(true),
        forgot_password: options.bool("allowForgotPassword").unwrap_or(true),
        sign_up_link: read_link(options, "signUpLink"),
        forgot_password_link: read_link(options, "forgotPasswordLink"),
    };
    if !screens.login && !screens.sign_up && !screens.forgot_password {
        options.problem(
            "allowSignUp",
            Code::InvalidValue,
            "`allowLogin`, `allowSignUp` and `allowForgotPassword` are all false, so there is nothing to show",
        );
    }
    screens
}

fn read_link(options: &mut Reader<'_>, name: &str) -> Option<String> {
    let link = options.text(name)?;
    options.address(name, &link).then_some(link)
}

pub(super) fn read_screen(
    options: &mut Reader<'_>,
    screens: &Screens,
    ways: &Connections,
) -> Screen {
    let fallback = match (screens.login, screens.sign_up) {
        (true, _) if ways.databases.is_empty() && ways.passwordless.is_some() => {
            Screen::Passwordless
        }
        (true, _) => Screen::SignIn,
        (false, true) => Screen::SignUp,
        (false, false) => Screen::ForgotPassword,
    };
    let Some(name) = options.text("initialScreen") else {
        return fallback;
    };
    let (screen, allowed) = match name.as_str() {
        "login" => (Screen::SignIn, screens.login),
        "signUp" => (
            Screen::SignUp,
            screens.sign_up && screens.sign_up_link.is_none(),
        ),
        "forgotPassword" => (
            Screen::ForgotPassword,
            screens.forgot_password && screens.forgot_password_link.is_none(),
        ),
        "passwordless" => (Screen::Passwordless, ways.passwordless.is_some()),
        _ => {
            options.one_of("initialScreen", &name, &SCREENS);
            return fallback;
        }
    };
    if !allowed {
        let message = "this screen is switched off by another option";
        options.problem("initialScreen", Code::InvalidValue, message);
    }
    screen
}
