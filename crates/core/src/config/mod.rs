//! The config: what a page says about its box, parsed once.
//!
//! A Lock options object is read with Lock's meaning; what Latchlet adds are
//! new names beside Lock's. Reading walks a [`Value`] tree and collects every
//! problem before it gives up, so that a developer sees all of them at once.

#[cfg(feature = "advice")]
mod advice;
mod ask;
mod auth;
mod condition;
mod connections;
mod fields;
mod kinds;
mod layout;
mod origin;
mod password_policy;
mod prefill;
mod problem;
mod progressive;
mod questions;
mod read;
mod rules;
mod save;
#[cfg(feature = "schema")]
pub mod schema;
mod screens;
mod spec;
mod texts;
mod visitor;

use crate::connection::Connections;
use crate::field::{Field, Identifier};
use crate::form::{SignUp, TERMS};
use crate::gather::Gather;
use crate::texts::Texts;
use crate::value::{Function, Object, Value};

#[cfg(feature = "advice")]
pub use advice::{Advice, Deferral, advise, deferral};
pub use auth::Auth;
pub use connections::{known_label, read_connection};
pub use fields::read_fields;
pub use problem::{Code, Place, Problem};
pub use progressive::{Progressive, Save, read_progressive};
pub use read::{Reader, texts as read_texts};
pub use screens::{Screen, Screens};
pub use visitor::{Mode, Visitor};

use spec::{CONFIG, FLASH, FLASH_TYPES, HOOKS, PREFILL, THEME, USERNAME_STYLES, WITHOUT_EFFECT};

/// What a page says about its box.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The application's client id.
    pub client_id: String,
    /// The origin of the auth backend, such as `https://tenant.auth0.com`.
    pub origin: String,
    /// The ways in.
    pub connections: Connections,
    /// Whether the auth backend is asked for the ways in, because the config
    /// does not have them; and which of them are allowed.
    pub asks_for_connections: Option<Vec<String>>,
    /// Chooses the database connection of a person.
    pub connection_resolver: Option<Function>,
    /// What a sign-up asks.
    pub sign_up: SignUp,
    /// What somebody signs in with, where they have a user name.
    pub identifier: Identifier,
    /// The screen that is shown first.
    pub initial_screen: Screen,
    /// The screens that there are, or the page's own in their place.
    pub screens: Screens,
    /// Whether a sign-up goes on to a login.
    pub login_after_sign_up: bool,
    /// How a login is asked for.
    pub auth: Auth,
    /// The page's own steps before a request.
    pub hooks: Hooks,
    /// What to start with.
    pub prefill: Prefills,
    /// What the page knows of the person.
    pub known: Object,
    /// The language of the page's own words.
    pub language: String,
    /// The sentences of the box.
    pub texts: Texts,
    /// A sentence that is shown at first.
    pub flash: Option<Flash>,
    /// The address of an image above the title.
    pub logo: Option<String>,
    /// Whether the first field takes focus when the box is mounted.
    pub autofocus: bool,
    /// Whether the way in that somebody took last is marked.
    pub remember_last_login: bool,
    /// Whether what is typed survives a reload of the page.
    pub draft: bool,
    /// What is asked after the sign-up, if anything is.
    pub progressive: Option<Progressive>,
    /// Which version of the config it is. A draft of another one is dropped.
    pub version: String,
    /// What the box is for.
    pub mode: Mode,
    /// Who is logged in already.
    pub visitor: Visitor,
}

/// The page's own steps before a request. Each is handed the values, and can
/// refuse.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hooks {
    /// Before a login.
    pub logging_in: Option<Function>,
    /// Before a sign-up.
    pub signing_up: Option<Function>,
}

/// What to start with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prefills {
    /// An e-mail address.
    pub email: String,
    /// A user name.
    pub username: String,
    /// A telephone number.
    pub phone_number: String,
}

/// A sentence of the page, shown at first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flash {
    /// Whether it is an error, and not just to be known.
    pub is_error: bool,
    /// The sentence.
    pub text: String,
}

impl Config {
    /// Reads a config, or says everything that is wrong with it.
    pub fn read(value: &Value) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let config = read_config(value, &mut problems);
        match (config, problems.is_empty()) {
            (Some(config), true) => Ok(config),
            _ => Err(problems),
        }
    }
}

fn read_config(value: &Value, problems: &mut Vec<Problem>) -> Option<Config> {
    let mut options = Reader::new(value, &Place::default(), problems)?;
    options.allow(&[CONFIG.names, WITHOUT_EFFECT.names].concat());
    let _ = options.text("$schema");
    let client_id = options.required_text("clientId");
    let origin = options
        .required_text("domain")
        .and_then(|domain| read_origin(&domain, &mut options));
    let language = options.text("language").unwrap_or_else(|| "en".to_owned());
    let connections = connections::read_connections(&mut options);
    let screens = screens::read_screens(&mut options);
    let initial_screen = screens::read_screen(&mut options, &screens, &connections);
    let asks_for_connections = options
        .get("connections")
        .is_none()
        .then(|| allowed_connections(&options));
    let texts = texts::read_texts(&mut options);
    let auth = auth::read_auth(&mut options);
    let identifier = read_identifier(&mut options);
    let sign_up = read_sign_up(&mut options, &language);
    let progressive = read_progressive(&mut options, &sign_up.fields, &language);
    let mode = visitor::read_mode(&mut options, progressive.as_ref());
    Some(Config {
        progressive,
        login_after_sign_up: options.bool("loginAfterSignUp").unwrap_or(true),
        hooks: read_hooks(&mut options),
        prefill: read_prefill(&mut options),
        known: read_known(&mut options),
        flash: read_flash(&mut options),
        logo: read_theme(&mut options),
        autofocus: options.bool("autofocus").unwrap_or(false),
        remember_last_login: options.bool("rememberLastLogin").unwrap_or(true),
        draft: options.bool("draft").unwrap_or(false),
        version: options.text("version").unwrap_or_default(),
        mode,
        visitor: visitor::read_visitor(&mut options),
        connection_resolver: options.function("connectionResolver"),
        client_id: client_id?,
        origin: origin?,
        auth,
        identifier,
        sign_up,
        connections,
        asks_for_connections,
        initial_screen,
        screens,
        language,
        texts,
    })
}

/// The names alone: what is none was told when the connections were read.
fn allowed_connections(options: &Reader<'_>) -> Vec<String> {
    let names = options.get("allowedConnections").and_then(Value::as_list);
    let names = names.unwrap_or_default().iter();
    names.filter_map(Value::as_text).map(str::to_owned).gather()
}

/// `domain` as an origin. Lock takes a bare host, which means `https`; an
/// origin is taken too, and plain `http` only on the loopback of the machine
/// itself, where nobody else listens.
fn read_origin(domain: &str, options: &mut Reader<'_>) -> Option<String> {
    let (scheme, host) = match (
        domain.strip_prefix("https://"),
        domain.strip_prefix("http://"),
    ) {
        (Some(host), _) => ("https", host),
        (_, Some(host)) => ("http", host),
        _ => ("https", domain),
    };
    let host = host.strip_suffix('/').unwrap_or(host);
    let name = host.split_once(':').map_or(host, |(name, _)| name);
    let loopback = matches!(name, "localhost" | "127.0.0.1") || host.starts_with("[::1]");
    let well_formed = !host.is_empty()
        && host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte));
    match scheme {
        "https" if well_formed => {}
        "http" if well_formed && loopback => {}
        "http" if well_formed => {
            options.problem(
                "domain",
                Code::InvalidValue,
                "plain http is accepted for localhost, 127.0.0.1 and [::1] alone: use https",
            );
            return None;
        }
        _ => {
            options.problem(
                "domain",
                Code::InvalidValue,
                "give a host such as `tenant.auth0.com`, or an origin such as `https://login.example.com`, without a path",
            );
            return None;
        }
    }
    Some([scheme, "://", host].concat())
}

fn read_identifier(options: &mut Reader<'_>) -> Identifier {
    let Some(style) = options.text("usernameStyle") else {
        return Identifier::Either;
    };
    match style.as_str() {
        "email" => Identifier::Email,
        "username" => Identifier::Username,
        _ => {
            options.one_of("usernameStyle", &style, &USERNAME_STYLES);
            Identifier::Either
        }
    }
}

fn read_sign_up(options: &mut Reader<'_>, language: &str) -> SignUp {
    let fields: Vec<Field> = match options.get("additionalSignUpFields") {
        Some(fields) => {
            let place = Place::of("additionalSignUpFields");
            read_fields(fields, &place, language, options.problems())
        }
        None => Vec::new(),
    };
    let must_accept_terms = options.bool("mustAcceptTerms").unwrap_or(false);
    if must_accept_terms && fields.iter().any(|field| field.name == TERMS) {
        let message = "a field is called `terms` already";
        options.problem("mustAcceptTerms", Code::DuplicateName, message);
    }
    let mut names: Vec<&str> = fields.iter().map(|field| &*field.name).gather();
    names.extend(fields::BUILT_IN);
    names.extend(must_accept_terms.then_some(TERMS));
    let layout = match options.get("layout") {
        Some(value) => layout::read_layout(value, &names, language, options.problems()),
        None => Default::default(),
    };
    let _ = (
        options.bool("preferConnectionDisplayName"),
        options.bool("showTerms"),
        options.bool("signUpFieldsStrictValidation"),
    );
    SignUp {
        hides_username: options.bool("signUpHideUsernameField").unwrap_or(false),
        fields,
        layout,
        must_accept_terms,
    }
}

fn read_hooks(options: &mut Reader<'_>) -> Hooks {
    let Some(mut hooks) = options.object("hooks") else {
        return Hooks::default();
    };
    hooks.allow(HOOKS.names);
    Hooks {
        logging_in: hooks.function("loggingIn"),
        signing_up: hooks.function("signingUp"),
    }
}

fn read_prefill(options: &mut Reader<'_>) -> Prefills {
    let Some(mut prefill) = options.object("prefill") else {
        return Prefills::default();
    };
    prefill.allow(PREFILL.names);
    Prefills {
        email: prefill.text("email").unwrap_or_default(),
        username: prefill.text("username").unwrap_or_default(),
        phone_number: prefill.text("phoneNumber").unwrap_or_default(),
    }
}

fn read_known(options: &mut Reader<'_>) -> Object {
    match options.object("known") {
        Some(known) => known.entries().clone(),
        None => Object::new(),
    }
}

fn read_flash(options: &mut Reader<'_>) -> Option<Flash> {
    let mut flash = options.object("flashMessage")?;
    flash.allow(FLASH.names);
    let kind = flash.required_text("type")?;
    if !FLASH_TYPES.contains(&kind.as_str()) {
        flash.one_of("type", &kind, &FLASH_TYPES);
    }
    Some(Flash {
        is_error: kind == "error",
        text: flash.required_text("text")?,
    })
}

/// Lock's `theme`, of which the logo is shown.
fn read_theme(options: &mut Reader<'_>) -> Option<String> {
    let mut theme = options.object("theme")?;
    theme.allow(THEME.names);
    let _ = (
        theme.bool("hideMainScreenTitle"),
        theme.bool("labeledSubmitButton"),
        theme.text("primaryColor"),
    );
    let logo = theme.text("logo").filter(|logo| !logo.is_empty())?;
    theme.address("logo", &logo).then_some(logo)
}
