//! What `/authorize` is asked, and whether it may be.
//!
//! As long as it is not certain that the answer goes to the application, there
//! is none: [`Request::read`] settles that first, and [`Request::check`] the
//! rest, whose refusals the application hears.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use latchlet_core::Object;
use latchlet_store::UnixMillis;
use latchlet_wire::ApiError;
use latchlet_wire::error::code;
use url::Url;

use crate::app::App;
use crate::auth::secret;
use crate::config::{Client, FederatedConnection, GrantType};
use crate::{pages, scope};

/// What `prompt` may say.
const PROMPTS: [&str; 4] = ["none", "login", "consent", "select_account"];

/// How the answer travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// In the query of the address.
    Query,
    /// In its fragment.
    Fragment,
    /// By a form that is sent to it.
    FormPost,
    /// As a message to the page around this one.
    WebMessage,
}

/// A request whose answer may be sent.
pub struct Request<'a> {
    /// The application.
    pub client: &'a Client,
    /// Where the answer goes.
    pub callback: Url,
    /// How it goes there.
    pub mode: Mode,
    /// All that it says.
    pub parameters: &'a Object,
}

/// Why nothing may be sent anywhere.
pub struct Unanswerable {
    pub status: StatusCode,
    pub title: &'static str,
    pub text: &'static str,
}

impl IntoResponse for Unanswerable {
    fn into_response(self) -> Response {
        pages::sorry(self.status, self.title, self.text)
    }
}

/// What is granted, if somebody is signed in.
pub struct Wish {
    pub scope: String,
    pub audience: Option<String>,
    pub redirect_uri: String,
    /// Empty without PKCE.
    pub code_challenge: String,
    pub nonce: Option<String>,
}

impl<'a> Request<'a> {
    /// Finds out where the answer goes.
    pub fn read(app: &'a App, parameters: &'a Object) -> Result<Self, Unanswerable> {
        let client = parameters.text("client_id");
        let client = client.and_then(|id| app.config.client(id));
        let client = client.ok_or(Unanswerable {
            status: StatusCode::BAD_REQUEST,
            title: "Unknown application",
            text: "The sign-in request names no application that this server knows.",
        })?;
        let mode = mode(parameters);
        let uri = parameters.text("redirect_uri");
        let callback = uri.and_then(|uri| Url::parse(uri).ok().map(|url| (uri, url)));
        let allowed = callback.filter(|(uri, url)| match mode {
            // The page that hears the answer is known by its origin, which is
            // all that Auth0's clients give here.
            Some(Mode::WebMessage) => client.may_hear(&url.origin().ascii_serialization()),
            _ => client.callbacks.iter().any(|callback| callback == uri),
        });
        let (_, callback) = allowed.ok_or(Unanswerable {
            status: StatusCode::FORBIDDEN,
            title: "Callback URL mismatch",
            text: "The sign-in request wants to return to an address that is not among the \
                   application's callbacks.",
        })?;
        Ok(Self {
            client,
            callback,
            mode: mode.unwrap_or(Mode::Query),
            parameters,
        })
    }

    /// Checks everything else.
    pub fn check(&self, app: &App) -> Result<Wish, ApiError> {
        let parameters = self.parameters;
        if parameters.text("response_type") != Some("code") {
            return Err(ApiError::new(
                400,
                "unsupported_response_type",
                "Only response_type=code is served.",
            ));
        }
        for name in ["request", "request_uri", "registration"] {
            if parameters.get(name).is_some() {
                let code = [name, "_not_supported"].concat();
                let text = format!("Send what `{name}` says as parameters of their own.");
                return Err(ApiError::new(400, &code, text));
            }
        }
        if mode(parameters).is_none() {
            return Err(invalid(
                "The response_mode is none of query, fragment, form_post and web_message.",
            ));
        }
        if !self
            .client
            .grant_types
            .contains(&GrantType::AuthorizationCode)
        {
            return Err(ApiError::new(
                403,
                "unauthorized_client",
                "Grant type 'authorization_code' not allowed for the client.",
            ));
        }
        let code_challenge = self.code_challenge()?;
        let prompts: Vec<&str> = self.prompts().collect();
        if prompts.contains(&"none") && prompts.len() > 1 {
            return Err(invalid("prompt=none stands alone."));
        }
        if let Some(other) = prompts.iter().find(|prompt| !PROMPTS.contains(prompt)) {
            let known = PROMPTS.join(", ");
            return Err(invalid(&format!("prompt={other} is none of {known}.")));
        }
        for name in ["organization", "invitation"] {
            // Whoever asks for one must not get a login without it.
            if parameters.get(name).is_some() {
                let text = format!("parameter {name} is not allowed for this client");
                return Err(invalid(&text));
            }
        }
        let connection = parameters.text("connection");
        if connection.is_some_and(|name| !app.config.has_connection(name)) {
            return Err(invalid("the connection was not found"));
        }
        let max_age = parameters.text("max_age");
        if max_age.is_some_and(|it| it.parse::<u32>().is_err()) {
            return Err(invalid("max_age is a number of seconds."));
        }
        let audience = parameters.text("audience");
        if audience.is_some_and(|audience| app.config.api(audience).is_none()) {
            return Err(ApiError::new(
                403,
                code::ACCESS_DENIED,
                "Service not found: the audience is not an API of this server.",
            ));
        }
        Ok(Wish {
            scope: scope::of_people(
                &app.config,
                self.client,
                &text(parameters, "scope"),
                audience,
            ),
            audience: audience.map(str::to_owned),
            redirect_uri: text(parameters, "redirect_uri"),
            code_challenge,
            nonce: parameters.text("nonce").map(str::to_owned),
        })
    }

    /// The challenge of PKCE. An application that can keep a secret may do without.
    fn code_challenge(&self) -> Result<String, ApiError> {
        let challenge = self.parameters.text("code_challenge");
        let method = self.parameters.text("code_challenge_method");
        match (challenge, method) {
            (None, None) if self.client.is_confidential() => Ok(String::new()),
            (Some(challenge), Some("S256")) if secret::is_challenge(challenge) => {
                Ok(challenge.to_owned())
            }
            _ => Err(invalid(
                "PKCE is required: code_challenge with code_challenge_method=S256.",
            )),
        }
    }

    /// Whether somebody who signed in at a time need not do it again.
    pub fn is_recent(&self, signed_in_at: UnixMillis, now: UnixMillis) -> bool {
        let max_age = self.parameters.text("max_age");
        let max_age = max_age.and_then(|seconds| seconds.parse::<i64>().ok());
        let young =
            max_age.is_none_or(|seconds| now - signed_in_at <= seconds.saturating_mul(1000));
        young
            && !self
                .prompts()
                .any(|prompt| matches!(prompt, "login" | "select_account"))
    }

    /// Whether nothing may be shown.
    pub fn is_silent(&self) -> bool {
        self.prompts().any(|prompt| prompt == "none")
    }

    /// Whether it carries a login ticket, good or not.
    pub fn has_ticket(&self) -> bool {
        self.parameters.text("login_ticket").is_some()
    }

    /// Everything that was asked.
    pub fn parameters(&self) -> &'a Object {
        self.parameters
    }

    /// The provider that the person is to log in at, unless nothing may be
    /// shown to them.
    pub fn connection(&self, app: &'a App) -> Option<&'a FederatedConnection> {
        let name = self.parameters.text("connection")?;
        let connection = app.config.federated(name)?;
        (!self.prompts().any(|prompt| prompt == "none")).then_some(connection)
    }

    /// What the application told to get back.
    pub fn state(&self) -> Option<&'a str> {
        self.parameters.text("state")
    }

    fn prompts(&self) -> impl Iterator<Item = &'a str> {
        let prompt = self.parameters.text("prompt").unwrap_or_default();
        prompt.split_ascii_whitespace()
    }
}

/// `None` is a mode that is not served. Its refusal goes by query.
fn mode(parameters: &Object) -> Option<Mode> {
    match parameters.text("response_mode") {
        None | Some("query") => Some(Mode::Query),
        Some("fragment") => Some(Mode::Fragment),
        Some("form_post") => Some(Mode::FormPost),
        Some("web_message") => Some(Mode::WebMessage),
        Some(_) => None,
    }
}

fn text(parameters: &Object, name: &str) -> String {
    parameters.text(name).unwrap_or_default().to_owned()
}

fn invalid(text: &str) -> ApiError {
    ApiError::new(400, code::INVALID_REQUEST, text)
}
