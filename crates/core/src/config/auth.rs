//! `auth`: how a login is asked for.

use crate::decimal::Decimal;
use crate::value::Value;

use super::problem::Code;
use super::read::{Reader, texts};
use super::spec::{AUTH, RESPONSE_MODES, RESPONSE_TYPES};

/// How a login is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Auth {
    /// Where `/authorize` sends the browser back to; the page itself if absent.
    pub redirect_url: Option<String>,
    /// The API that the access token is for.
    pub audience: Option<String>,
    /// The scopes that are asked for.
    pub scope: String,
    /// Whether the page's own server takes the code: `responseType: 'code'`
    /// without a `redirectUrl` of this page. No challenge is sent then, unless
    /// the page gives one.
    pub server_side: bool,
    /// Whether a login that opened the page is finished by itself: Lock's
    /// `autoParseHash`.
    pub resumes: bool,
    /// `query`, `fragment`, `form_post`, or `web_message` in a popup, for whoever
    /// else takes the code.
    pub response_mode: Option<String>,
    /// The page's own `state` and `nonce`, and everything else that it wants
    /// `/authorize` to know.
    pub params: Vec<(String, String)>,
    /// More scopes of another provider, by connection.
    pub connection_scopes: Vec<(String, String)>,
}

/// Lock's default.
const DEFAULT_SCOPE: &str = "openid profile email";

/// What the box says itself, and a page that said it too would contradict.
const OURS: [&str; 8] = [
    "client_id",
    "code_challenge_method",
    "connection",
    "login_ticket",
    "realm",
    "redirect_uri",
    "response_mode",
    "response_type",
];

/// Reads the object.
pub(super) fn read_auth(options: &mut Reader<'_>) -> Auth {
    let mut auth = Auth {
        redirect_url: None,
        audience: None,
        scope: DEFAULT_SCOPE.to_owned(),
        server_side: false,
        resumes: true,
        response_mode: None,
        params: Vec::new(),
        connection_scopes: Vec::new(),
    };
    let Some(mut reader) = options.object("auth") else {
        return auth;
    };
    reader.allow(AUTH.names);
    auth.audience = reader.text("audience");
    if auth.audience.as_deref() == Some("") {
        reader.problem("audience", Code::InvalidValue, "this must not be empty");
    }
    auth.redirect_url = reader.text("redirectUrl");
    let whole = |url: &str| url.starts_with("https://") || url.starts_with("http://");
    if !auth.redirect_url.as_deref().is_none_or(whole) {
        let message = "give a whole address that starts with `https://`";
        reader.problem("redirectUrl", Code::InvalidValue, message);
    }
    read_response(&mut reader, &mut auth);
    read_connection_scopes(&mut reader, &mut auth);
    for name in ["state", "nonce"] {
        if let Some(text) = reader.text(name) {
            auth.params.push((name.to_owned(), text));
        }
    }
    read_params(&mut reader, &mut auth);
    let has_openid = auth.scope.split(' ').any(|scope| scope == "openid");
    if !auth.server_side && !has_openid {
        // Without it there is no ID token, and so nobody to greet.
        reader.problem(
            "params.scope",
            Code::InvalidValue,
            "the scope must contain `openid`",
        );
    }
    auth
}

fn read_response(reader: &mut Reader<'_>, auth: &mut Auth) {
    if let Some(kind) = reader.text("responseType") {
        if !RESPONSE_TYPES.contains(&kind.as_str()) {
            reader.one_of("responseType", &kind, &RESPONSE_TYPES);
        }
        // Tokens in an address are Lock's past: the box gets them by a code
        // (RFC 9700 §2.1.2), and whoever asked for them gets them all the same.
        auth.server_side = kind == "code" && auth.redirect_url.is_some();
    }
    if let Some(mode) = reader.text("responseMode") {
        if !RESPONSE_MODES.contains(&mode.as_str()) {
            reader.one_of("responseMode", &mode, &RESPONSE_MODES);
        }
        auth.response_mode = Some(mode);
    }
    auth.resumes = reader.bool("autoParseHash").unwrap_or(true);
    let _ = reader.bool("sso");
    if reader.bool("redirect") == Some(false) {
        let message = "there is no popup mode: browsers block what it needs, so leave this out";
        reader.problem("redirect", Code::InvalidValue, message);
    }
}

fn read_connection_scopes(reader: &mut Reader<'_>, auth: &mut Auth) {
    let Some(mut scopes) = reader.object("connectionScopes") else {
        return;
    };
    for (name, _) in scopes.entries().iter() {
        let list = texts(&mut scopes, name);
        auth.connection_scopes
            .push((name.to_owned(), list.join(" ")));
    }
}

fn read_params(reader: &mut Reader<'_>, auth: &mut Auth) {
    let Some(mut params) = reader.object("params") else {
        return;
    };
    for (name, _) in params.entries().iter() {
        if OURS.contains(&name) {
            params.problem(name, Code::ReservedName, "the box says this itself");
            continue;
        }
        // Lock passes on whatever it is, as JavaScript writes it.
        let text = match params.get(name) {
            Some(Value::Bool(bool)) => Some(bool.to_string()),
            Some(Value::Number(number)) => Decimal::from_f64(*number).map(Decimal::to_text),
            _ => None,
        };
        let Some(text) = text.or_else(|| params.text(name)) else {
            continue;
        };
        match name {
            "scope" => auth.scope = text,
            "audience" => auth.audience = Some(text),
            _ => {
                auth.params.retain(|(other, _)| other != name);
                auth.params.push((name.to_owned(), text));
            }
        }
    }
}
