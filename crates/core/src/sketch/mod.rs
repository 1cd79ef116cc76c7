//! What the first form of a box is painted from before the Wasm is there.
//!
//! `latchlet compile` puts it beside a config. The page's script knows no message,
//! no rule and no condition; here they are resolved for somebody who has answered
//! nothing yet. `packages/latchlet/src/shell/sketch.ts` says what each name means.

mod field;

use crate::answers::Answers;
use crate::config::{Config, Mode, Screen};
use crate::connection::Connection;
use crate::field::Identifier;
use crate::form::Form;
use crate::layout::{Group, Step};
use crate::message::Message;
use crate::value::{Object, Value};

/// The sketch of the first screen; `None` where that is no form of fields, or has
/// what only the Wasm draws: buttons of other providers, columns, a message.
pub fn sketch(config: &Config) -> Option<Value> {
    let connection = config.connections.database()?;
    if !config.connections.federated.is_empty()
        || config.mode == Mode::Profile
        || config.flash.is_some()
    {
        return None;
    }
    let (form, frame) = match config.initial_screen {
        Screen::SignUp => (sign_up(config, connection), SIGN_UP),
        Screen::SignIn => (sign_in(config, connection), SIGN_IN),
        Screen::ForgotPassword | Screen::Passwordless => return None,
    };
    let mut groups = form.steps.iter().flat_map(|step| &step.groups);
    if groups.any(|group| group.columns) {
        return None;
    }
    let text = |message| config.texts.get(message).into_owned();
    let is_stepped = form.steps.len() > 1;
    let mut sketch = Object::new();
    sketch.insert("language", config.language.as_str());
    if let Some(logo) = &config.logo {
        sketch.insert("logo", logo.as_str());
    }
    sketch.insert("title", text(frame.title));
    if !text(frame.intro).is_empty() {
        sketch.insert("intro", text(frame.intro));
    }
    sketch.insert("endpoint", frame.endpoint);
    sketch.insert("steps", steps(config, &form));
    let submit = if is_stepped {
        Message::Next
    } else {
        frame.submit
    };
    sketch.insert("submit", text(submit));
    if is_stepped {
        sketch.insert("back", text(Message::Back));
    }
    sketch.insert("ways", ways(config, connection));
    sketch.insert("words", words(config));
    Some(sketch.into())
}

/// What stands around a form.
struct Frame {
    title: Message,
    intro: Message,
    endpoint: &'static str,
    submit: Message,
}

const SIGN_UP: Frame = Frame {
    title: Message::SignUpTitle,
    intro: Message::SignUpText,
    endpoint: "/dbconnections/signup",
    submit: Message::SignUpAction,
};

const SIGN_IN: Frame = Frame {
    title: Message::SignInTitle,
    intro: Message::SignInText,
    endpoint: "/co/authenticate",
    submit: Message::SignInAction,
};

fn sign_up(config: &Config, connection: &Connection) -> Form {
    Form::sign_up(connection, &config.sign_up, &config.texts)
}

fn sign_in(config: &Config, connection: &Connection) -> Form {
    let identifier = match connection.username {
        Some(_) => config.identifier,
        None => Identifier::Email,
    };
    Form::sign_in(identifier, &config.texts)
}

fn steps(config: &Config, form: &Form) -> Value {
    let asked = form.asked(&Answers::default(), Some(&config.known));
    let field = |place: &usize| {
        let field = form.fields.get(*place)?;
        let is_asked = asked.get(*place) != Some(&Some(false));
        field::sketch(field, is_asked, config)
    };
    let group = |group: &Group<Vec<usize>>| {
        let mut sketch = Object::new();
        if !group.heading.is_empty() {
            sketch.insert("heading", group.heading.as_str());
        }
        let fields: Vec<Value> = group.fields.iter().filter_map(field).collect();
        sketch.insert("fields", fields);
        sketch.into()
    };
    let many = form.steps.len().to_string();
    let step = |(place, step): (usize, &Step<Vec<usize>>)| {
        let mut sketch = Object::new();
        if form.steps.len() > 1 {
            let number = (place + 1).to_string();
            let arguments = [("n", number.as_str()), ("m", many.as_str())];
            sketch.insert("title", step.title.as_str());
            sketch.insert("count", config.texts.with(Message::StepOf, &arguments));
        }
        let groups: Vec<Value> = step.groups.iter().map(group).collect();
        sketch.insert("groups", groups);
        sketch.into()
    };
    let steps: Vec<Value> = form.steps.iter().enumerate().map(step).collect();
    steps.into()
}

/// The ways to other screens, in the order of `src/screens/`.
fn ways(config: &Config, connection: &Connection) -> Value {
    let screens = &config.screens;
    let mut ways = Vec::new();
    let mut way = |question: Option<Message>, action: Message, link: &Option<String>| {
        let mut sketch = Object::new();
        if let Some(question) = question {
            sketch.insert("question", config.texts.get(question).into_owned());
        }
        sketch.insert("action", config.texts.get(action).into_owned());
        if let Some(link) = link {
            sketch.insert("link", link.as_str());
        }
        ways.push(sketch.into());
    };
    if config.initial_screen == Screen::SignUp {
        if screens.login {
            let question = Some(Message::AlreadyHaveAccount);
            way(question, Message::SignInLabel, &None);
        }
        return ways.into();
    }
    if screens.forgot_password && connection.allows_reset {
        let link = &screens.forgot_password_link;
        way(None, Message::ForgotPasswordAction, link);
    }
    if config.connections.passwordless.is_some() {
        way(None, Message::PasswordlessAction, &None);
    }
    if screens.sign_up && connection.allows_sign_up {
        let question = Some(Message::NoAccountYet);
        way(question, Message::SignUpLabel, &screens.sign_up_link);
    }
    ways.into()
}

/// What stands at fields, whatever they ask.
fn words(config: &Config) -> Object {
    let words = [
        ("optional", Message::Optional),
        ("show", Message::Show),
        ("showPassword", Message::ShowPassword),
        ("chooseOne", Message::ChooseOne),
        ("loading", Message::LoadingOptions),
        ("noMatch", Message::NoMatch),
        ("notMet", Message::RuleNotMet),
        ("policy", Message::PolicyTitle),
        ("read", Message::ReadDocument),
        ("newTab", Message::OpensInNewTab),
    ];
    let said = |(name, message)| (name, config.texts.get(message).into_owned());
    words.into_iter().map(said).collect()
}
