//! The hosted login page: the screens that it has, and what its box is told.
//!
//! Where scripts run, the box takes the place of a plain form. Both are made
//! from one config, that of the connection's box.

use latchlet_core::field::Identifier;
use latchlet_core::{Config, Form, Object, Value};

use crate::app::App;
use crate::config::{DatabaseConnection, FederatedConnection, SignUpMode};
use crate::pages;
use crate::routes::authorize::{Mode, Request};

/// A screen of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// For people with an account.
    LogIn,
    /// For people without one.
    SignUp,
    /// For those who forgot their password.
    ForgotPassword,
}

const SCREENS: [(Screen, &str, &str); 3] = [
    (Screen::LogIn, "login", "login"),
    (Screen::SignUp, "signup", "signUp"),
    (Screen::ForgotPassword, "reset-password", "forgotPassword"),
];

impl Screen {
    /// What `screen_hint` calls it.
    pub fn hint(self) -> &'static str {
        let found = SCREENS.iter().find(|(screen, ..)| *screen == self);
        found.map_or("", |(_, hint, _)| hint)
    }

    /// The screen that a request wants, and may have.
    fn wanted(app: &App, request: &Request<'_>, connection: Option<&DatabaseConnection>) -> Self {
        let hint = request.parameters.text("screen_hint").unwrap_or_default();
        let found = SCREENS.iter().find(|(_, name, _)| *name == hint);
        match found.map_or(Self::LogIn, |(screen, ..)| *screen) {
            Self::SignUp if connection.is_some_and(|it| it.disable_signup) => Self::LogIn,
            Self::ForgotPassword if app.post.needs_mail().is_err() => Self::LogIn,
            screen => screen,
        }
    }
}

/// What the page is made from.
pub struct Hosted<'a> {
    /// The database connection of the plain form, if there is one.
    pub connection: Option<&'a DatabaseConnection>,
    /// The screen.
    pub screen: Screen,
    /// The config of the box.
    pub the_box: Object,
    /// The same, as the box reads it.
    pub config: Option<Config>,
    /// The plain form of the screen.
    pub form: Option<Form>,
}

impl<'a> Hosted<'a> {
    /// The page for a request to `/authorize`.
    pub fn new(app: &'a App, request: &Request<'_>) -> Self {
        let named = request.parameters.text("connection");
        let connection = match named.and_then(|name| app.config.connection(name)) {
            Some(connection) => Some(connection),
            None => app.config.connections.first(),
        };
        let screen = Screen::wanted(app, request, connection);
        let the_box = box_config(app, request, connection, screen);
        let config = Config::read(&Value::from(the_box.clone()))
            .inspect_err(|_| tracing::error!("the box of the login page has a wrong config"));
        let config = config.ok();
        let parts = connection.zip(config.as_ref());
        Self {
            connection,
            screen,
            the_box,
            form: parts.map(|(connection, config)| form(screen, connection, config)),
            config,
        }
    }
}

fn form(screen: Screen, connection: &DatabaseConnection, config: &Config) -> Form {
    let identifier = match &connection.rules.username {
        Some(_) => config.identifier,
        None => Identifier::Email,
    };
    match screen {
        Screen::LogIn => Form::sign_in(identifier, &config.texts),
        Screen::SignUp => {
            let mut sign_up = config.sign_up.clone();
            // Nobody makes one up here.
            sign_up.hides_username = false;
            // What waits for the first login needs scripts.
            sign_up.fields.retain(|field| !field.deferred);
            Form::sign_up(&connection.rules, &sign_up, &config.texts)
        }
        Screen::ForgotPassword => {
            let mut form = Form::sign_in(Identifier::Email, &config.texts);
            form.fields.truncate(1);
            Form::new(form.fields)
        }
    }
}

/// The config of the connection's box, for this login.
fn box_config(
    app: &App,
    request: &Request<'_>,
    connection: Option<&DatabaseConnection>,
    screen: Screen,
) -> Object {
    let mut config = connection.map_or_else(Object::new, |it| it.the_box.clone());
    for name in ["mode", "progressiveProfile", "$schema"] {
        config.remove(name);
    }
    config.insert("clientId", request.client.id.as_str());
    config.insert("domain", app.url(""));
    config.insert("auth", auth(request));
    let is_strict = connection.is_some_and(|it| it.sign_up == SignUpMode::Strict);
    config.insert("loginAfterSignUp", !is_strict);
    if is_strict {
        config.insert("languageDictionary", words(&config));
    }
    // Where the config names its database, the box asks for no other way in.
    if let Some(Value::List(mut connections)) = config.remove("connections") {
        let named = |name: &str| {
            let mut all = connections.iter().filter_map(Value::as_object);
            all.any(|it| it.text("name") == Some(name))
        };
        let others = app.config.federated.iter();
        let others: Vec<_> = others.filter(|it| !named(&it.name)).map(provider).collect();
        connections.extend(others);
        config.insert("connections", connections);
    }
    let found = SCREENS.iter().find(|(each, ..)| *each == screen);
    config.insert("initialScreen", found.map_or("login", |(.., name)| name));
    if let Some(connection) = connection {
        config.insert("defaultDatabaseConnection", connection.rules.name.as_str());
        if connection.disable_signup {
            config.insert("allowSignUp", false);
        }
    }
    if app.post.needs_mail().is_err() {
        config.insert("allowForgotPassword", false);
    }
    if let Some(hint) = request.parameters.text("login_hint") {
        let prefill: Object = [("email", hint), ("username", hint)].into_iter().collect();
        config.insert("prefill", prefill);
    }
    config
}

/// What the box says after a sign-up that has to be confirmed, where its config says
/// nothing else.
fn words(config: &Object) -> Object {
    let own = config.get("languageDictionary").and_then(Value::as_object);
    let mut words = own.cloned().unwrap_or_default();
    for (name, text) in pages::SIGN_UP_SENT {
        if words.get(name).is_none() {
            words.insert(name, text);
        }
    }
    words
}

/// Another provider, as a config of the box names it.
fn provider(connection: &FederatedConnection) -> Value {
    let mut provider = Object::new();
    provider.insert("name", connection.name.as_str());
    provider.insert("strategy", connection.strategy.name);
    if let Some(label) = &connection.display_name {
        provider.insert("display_name", label.as_str());
    }
    if let Some(icon) = &connection.icon_url {
        provider.insert("icon", icon.as_str());
    }
    provider.into()
}

/// What the box asks `/authorize` with: what the application asked, whose
/// challenge it was.
fn auth(request: &Request<'_>) -> Object {
    let mut params = Object::new();
    params.insert("scope", "");
    for name in ["scope", "audience", "state", "nonce", "code_challenge"] {
        if let Some(value) = request.parameters.text(name) {
            params.insert(name, value);
        }
    }
    let mode = match request.mode {
        Mode::Query => "query",
        Mode::Fragment => "fragment",
        Mode::FormPost => "form_post",
        Mode::WebMessage => "web_message",
    };
    let mut auth = Object::new();
    auth.insert("responseType", "code");
    auth.insert("responseMode", mode);
    auth.insert(
        "redirectUrl",
        request.parameters.text("redirect_uri").unwrap_or_default(),
    );
    auth.insert("params", params);
    // A `state` in the address of this page is the application's.
    auth.insert("autoParseHash", false);
    auth
}
