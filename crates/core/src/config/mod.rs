//! The config: what a page says about its box, parsed once.
//!
//! A Lock options object is read with Lock's meaning; what Latchlet adds are
//! new names beside Lock's. Reading walks a [`Value`] tree and collects every
//! problem before it gives up, so that a developer sees all of them at once.

mod connections;
mod fields;
mod password_policy;
mod problem;
mod read;

use crate::connection::Connection;
use crate::field::Field;
use crate::value::Value;

pub use connections::read_connection;
pub use fields::read_fields;
pub use problem::{Code, Problem};
pub use read::Reader;

/// What a page says about its box.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The application's client id.
    pub client_id: String,
    /// The origin of the auth backend, such as `https://tenant.auth0.com`.
    pub origin: String,
    /// The database connection that accounts live in.
    pub connection: Connection,
    /// The fields that a sign-up asks beside e-mail and password.
    pub additional_sign_up_fields: Vec<Field>,
    /// The screen that is shown first.
    pub initial_screen: Screen,
    /// Whether there is a sign-in screen.
    pub allow_login: bool,
    /// Whether there is a sign-up screen.
    pub allow_sign_up: bool,
    /// Whether a sign-up goes on to a login.
    pub login_after_sign_up: bool,
    /// How a login is asked for.
    pub auth: Auth,
    /// An e-mail address to start with.
    pub prefill_email: String,
    /// A user name to start with.
    pub prefill_username: String,
}

/// How a login is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Auth {
    /// Where `/authorize` sends the browser back to; the page itself if absent.
    pub redirect_url: Option<String>,
    /// The API that the access token is for.
    pub audience: Option<String>,
    /// The scopes that are asked for.
    pub scope: String,
}

/// A screen that a box can start with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// Lock's `login`.
    SignIn,
    /// Lock's `signUp`.
    SignUp,
}

/// Lock's default.
const DEFAULT_SCOPE: &str = "openid profile email";

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
    let mut options = Reader::new(value, "", problems)?;
    options.allow(&[
        "additionalSignUpFields",
        "allowLogin",
        "allowSignUp",
        "auth",
        "clientId",
        "connections",
        "defaultDatabaseConnection",
        "domain",
        "initialScreen",
        "loginAfterSignUp",
        "prefill",
    ]);
    let client_id = options.required_text("clientId");
    let origin = options
        .required_text("domain")
        .and_then(|domain| read_origin(&domain, &mut options));
    let allow_login = options.bool("allowLogin").unwrap_or(true);
    let allow_sign_up = options.bool("allowSignUp").unwrap_or(true);
    if !allow_login && !allow_sign_up {
        options.problem(
            "allowSignUp",
            Code::InvalidValue,
            "`allowLogin` and `allowSignUp` are both false, so there is nothing to show",
        );
    }
    let initial_screen = read_screen(&mut options, allow_login, allow_sign_up);
    let login_after_sign_up = options.bool("loginAfterSignUp").unwrap_or(true);
    let connection = connections::read_connections(&mut options);
    let auth = read_auth(&mut options);
    let (prefill_email, prefill_username) = read_prefill(&mut options);
    let additional_sign_up_fields = match options.get("additionalSignUpFields") {
        Some(fields) => read_fields(fields, "additionalSignUpFields", options.problems()),
        None => Vec::new(),
    };
    Some(Config {
        client_id: client_id?,
        origin: origin?,
        connection,
        additional_sign_up_fields,
        initial_screen,
        allow_login,
        allow_sign_up,
        login_after_sign_up,
        auth,
        prefill_email,
        prefill_username,
    })
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

fn read_screen(options: &mut Reader<'_>, allow_login: bool, allow_sign_up: bool) -> Screen {
    let fallback = match allow_login {
        true => Screen::SignIn,
        false => Screen::SignUp,
    };
    let Some(name) = options.text("initialScreen") else {
        return fallback;
    };
    match name.as_str() {
        "login" if allow_login => Screen::SignIn,
        "signUp" if allow_sign_up => Screen::SignUp,
        "login" | "signUp" => {
            options.problem(
                "initialScreen",
                Code::InvalidValue,
                "this screen is switched off by `allowLogin` or `allowSignUp`",
            );
            fallback
        }
        _ => {
            options.one_of("initialScreen", &name, &["login", "signUp"]);
            fallback
        }
    }
}

fn read_auth(options: &mut Reader<'_>) -> Auth {
    let mut auth = Auth {
        redirect_url: None,
        audience: None,
        scope: DEFAULT_SCOPE.to_owned(),
    };
    if let Some(mut reader) = options.object("auth") {
        reader.allow(&["audience", "params", "redirectUrl"]);
        auth.audience = reader.text("audience");
        if auth.audience.as_deref() == Some("") {
            reader.problem("audience", Code::InvalidValue, "this must not be empty");
        }
        auth.redirect_url = reader.text("redirectUrl");
        let whole = |url: &str| url.starts_with("https://") || url.starts_with("http://");
        if !auth.redirect_url.as_deref().is_none_or(whole) {
            reader.problem(
                "redirectUrl",
                Code::InvalidValue,
                "give a whole address that starts with `https://`",
            );
        }
        if let Some(mut params) = reader.object("params") {
            params.allow(&["scope"]);
            if let Some(scope) = params.text("scope") {
                auth.scope = scope;
            }
        }
    }
    // Without it there is no ID token, and so nobody to greet.
    if !auth.scope.split(' ').any(|scope| scope == "openid") {
        options.problem(
            "auth.params.scope",
            Code::InvalidValue,
            "the scope must contain `openid`",
        );
    }
    auth
}

fn read_prefill(options: &mut Reader<'_>) -> (String, String) {
    let Some(mut prefill) = options.object("prefill") else {
        return Default::default();
    };
    prefill.allow(&["email", "username"]);
    (
        prefill.text("email").unwrap_or_default(),
        prefill.text("username").unwrap_or_default(),
    )
}
