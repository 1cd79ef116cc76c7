//! What the backend says when it refuses.
//!
//! The contract has three shapes for it, by the age of the endpoint. They are
//! written one by one, and read by one reader that takes any of them, so that
//! the rest of the box knows only [`ApiError`].

use latchlet_core::{Object, Value};

use crate::malformed::insert_some;

/// The codes that the box tells apart.
pub mod code {
    /// There is such a user, or something else that is not said.
    pub const INVALID_SIGNUP: &str = "invalid_signup";
    /// There is such a user, on a tenant that says so.
    pub const USER_EXISTS: &str = "user_exists";
    /// The user name is taken.
    pub const USERNAME_EXISTS: &str = "username_exists";
    /// The password breaks the policy; `description` is the tree of rules.
    pub const INVALID_PASSWORD: &str = "invalid_password";
    /// A value breaks the server's form; `errors` says which.
    pub const INVALID_USER_METADATA: &str = "invalid_user_metadata";
    /// The body has a property that it must not have, or lacks one.
    pub const INVALID_BODY: &str = "invalid_body";
    /// The e-mail address is not one.
    pub const INVALID_EMAIL: &str = "invalid_email";
    /// The user name breaks the connection's rules.
    pub const INVALID_USERNAME: &str = "invalid_username";
    /// Wrong address, user name or password.
    pub const ACCESS_DENIED: &str = "access_denied";
    /// A code or a refresh token is wrong, used or too old.
    pub const INVALID_GRANT: &str = "invalid_grant";
    /// An OAuth request lacks a parameter or has a wrong one.
    pub const INVALID_REQUEST: &str = "invalid_request";
    /// `/passwordless/start`: there is no such passwordless connection.
    pub const BAD_CONNECTION: &str = "bad.connection";
    /// `/passwordless/start`: the e-mail address is not one.
    pub const BAD_EMAIL: &str = "bad.email";
    /// `/passwordless/start`: the telephone number is not an international one.
    pub const BAD_PHONE_NUMBER: &str = "bad.phone_number";
    /// `/passwordless/start`: what a link needs to end the login is missing or
    /// wrong.
    pub const BAD_AUTH_PARAMS: &str = "bad.authParams";
    /// `/passwordless/start`: the request is malformed.
    pub const BAD_REQUEST: &str = "bad.request";
    /// The backend has no way to send text messages.
    pub const SMS_PROVIDER_ERROR: &str = "sms_provider_error";
    /// The backend has no way to send mail.
    pub const MAIL_NOT_CONFIGURED: &str = "mail_not_configured";
    /// Nobody is signed in.
    pub const LOGIN_REQUIRED: &str = "login_required";
    /// Too many requests in too short a time.
    pub const TOO_MANY_REQUESTS: &str = "too_many_requests";
    /// Too many wrong passwords or codes.
    pub const TOO_MANY_ATTEMPTS: &str = "too_many_attempts";
    /// A value that this request may not write; `errors` says which.
    pub const NOT_WRITABLE: &str = "not_writable";
    /// The token that a tenant sent along is not believed.
    pub const INVALID_SESSION_TOKEN: &str = "invalid_session_token";
    /// The `Idempotency-Key` is none.
    pub const INVALID_IDEMPOTENCY_KEY: &str = "invalid_idempotency_key";
    /// A request with this `Idempotency-Key` is being answered.
    pub const IDEMPOTENCY_KEY_IN_USE: &str = "idempotency_key_in_use";
    /// The `Idempotency-Key` was that of another request.
    pub const IDEMPOTENCY_KEY_REUSED: &str = "idempotency_key_reused";
    /// The backend failed; its log says why.
    pub const SERVER_ERROR: &str = "server_error";
}

/// A refusal of the backend.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ApiError {
    /// The status of the reply.
    pub status: u16,
    /// What a program tells it by; see [`code`]. Empty when the reply was not
    /// of the contract, for instance a proxy's page.
    pub code: String,
    /// A class of errors, for instance `PasswordStrengthError`.
    pub name: Option<String>,
    /// A text, or for a weak password the tree of rules.
    pub description: Value,
    /// The password policy, in words.
    pub policy: Option<String>,
    /// A text for developers.
    pub message: Option<String>,
    /// A text for the person, written by the tenant.
    pub friendly_message: Option<String>,
    /// Which values are wrong.
    pub errors: Vec<FieldError>,
    /// After how many seconds to try again, where that is known: the header
    /// `Retry-After`, which stands in no body.
    pub retry_after: Option<u32>,
}

/// One value of a request that breaks the server's form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldError {
    /// A JSON pointer into the request, for instance `/user_metadata/company`.
    pub path: String,
    /// The rule that it breaks.
    pub code: String,
    /// What to do about it, in words.
    pub message: String,
}

impl ApiError {
    /// A refusal with a code and a text.
    pub fn new(status: u16, code: &str, description: impl Into<Value>) -> Self {
        Self {
            status,
            code: code.to_owned(),
            description: description.into(),
            ..Self::default()
        }
    }

    /// Reads a refusal of any shape. A body that is none has no code.
    pub fn from_value(status: u16, body: &Value) -> Self {
        let Some(body) = body.as_object() else {
            return Self {
                status,
                ..Self::default()
            };
        };
        let first = |keys: &[&str]| keys.iter().find_map(|key| body.text(key));
        let tree = body
            .get("description")
            .filter(|it| it.as_object().is_some());
        let description = tree.cloned().unwrap_or_else(|| {
            first(&[
                "errorDescription",
                "error_description",
                "description",
                "message",
                "error",
                "details",
            ])
            .map_or(Value::Null, Value::from)
        });
        Self {
            status,
            code: first(&["errorCode", "code", "error_code", "error"])
                .unwrap_or_default()
                .to_owned(),
            name: body.text("name").map(str::to_owned),
            description,
            policy: body.text("policy").map(str::to_owned),
            message: body.text("message").map(str::to_owned),
            friendly_message: body.text("friendly_message").map(str::to_owned),
            errors: body
                .get("errors")
                .and_then(Value::as_list)
                .unwrap_or_default()
                .iter()
                .filter_map(FieldError::from_value)
                .collect(),
            retry_after: None,
        }
    }

    /// The shape of `/dbconnections/*`.
    pub fn to_legacy(&self) -> Value {
        let mut body = Object::new();
        insert_some(&mut body, "name", self.name.as_ref());
        insert_some(&mut body, "message", self.message.as_ref());
        body.insert("code", self.code.as_str());
        body.insert("description", self.description.clone());
        insert_some(&mut body, "policy", self.policy.as_ref());
        insert_some(
            &mut body,
            "friendly_message",
            self.friendly_message.as_ref(),
        );
        if !self.errors.is_empty() {
            let errors: Vec<Value> = self.errors.iter().map(FieldError::to_value).collect();
            body.insert("errors", errors);
        }
        body.insert("statusCode", u32::from(self.status));
        body.into()
    }

    /// The shape of the OAuth endpoints and of `/co/authenticate`.
    pub fn to_oauth(&self) -> Value {
        let mut body = Object::new();
        body.insert("error", self.code.as_str());
        body.insert("error_description", self.description.clone());
        body.into()
    }

    /// The shape of `/api/v2/*`. `reason` is the status in words.
    pub fn to_management(&self, reason: &str) -> Value {
        let mut body = Object::new();
        body.insert("statusCode", u32::from(self.status));
        body.insert("error", reason);
        body.insert("message", self.description.clone());
        if !self.code.is_empty() {
            body.insert("errorCode", self.code.as_str());
        }
        if !self.errors.is_empty() {
            let errors: Vec<Value> = self.errors.iter().map(FieldError::to_value).collect();
            body.insert("errors", errors);
        }
        body.into()
    }
}

impl FieldError {
    fn to_value(&self) -> Value {
        let mut error = Object::new();
        error.insert("path", self.path.as_str());
        error.insert("code", self.code.as_str());
        error.insert("message", self.message.as_str());
        error.into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        let error = value.as_object()?;
        Some(Self {
            path: error.text("path")?.to_owned(),
            code: error.text("code").unwrap_or_default().to_owned(),
            message: error.text("message").unwrap_or_default().to_owned(),
        })
    }
}
