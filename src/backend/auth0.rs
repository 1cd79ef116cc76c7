//! Auth0, and every server that speaks its contract, `latchlet serve` among
//! them.
//!
//! A login is Lock's own way with today's security: `/co/authenticate` checks
//! the password, or the code that was sent, and gives a ticket; `/authorize`
//! takes the ticket (see [`super::login`]).

use std::rc::Rc;

use latchlet_core::config::Config;
use latchlet_core::connection::{Channel, Connection, Passwordless};
use latchlet_core::{
    Answers, Failure, Form, Message, Object, Texts, Value, codec, email, one_time_code, telephone,
};
use latchlet_wire::{
    ApiError, AuthenticateRequest, AuthenticateResponse, ChangePasswordRequest, Credential,
    Delivery, MetadataUpdate, PasswordlessStartRequest, Recipient, SignupRequest,
};

use crate::browser::http::{self, NoReply, Reply, Request};
use crate::browser::{crypto, json, page};

use super::failure;
use super::login::Returned;
use super::{Account, AuthBackend, Session};

/// An Auth0 tenant.
#[derive(Clone)]
pub struct Auth0 {
    pub(super) config: Rc<Config>,
}

impl Auth0 {
    /// The tenant of a config.
    pub fn new(config: &Rc<Config>) -> Self {
        Self {
            config: config.clone(),
        }
    }

    pub(super) fn texts(&self) -> &Texts {
        &self.config.texts
    }

    /// No connection was found for somebody.
    pub fn no_connection(&self) -> Failure {
        let text = self.texts().get(Message::NotAllowed).into_owned();
        Failure::notice("no_connection", text)
    }

    pub(super) async fn post(
        &self,
        path: &str,
        body: &Value,
        credentials: bool,
    ) -> Result<Reply, Refusal> {
        let url = [&self.config.origin, path].concat();
        accepted(http::post(&url, body, credentials).await)
    }

    /// Sends a form, which is what every server of OAuth takes (RFC 6749,
    /// Appendix B), and what browsers send without asking first.
    pub(super) async fn post_form(
        &self,
        path: &str,
        body: &[(&str, &str)],
    ) -> Result<Reply, Refusal> {
        let mut request = Request::new("POST", &[&self.config.origin, path].concat());
        request.content_type = "application/x-www-form-urlencoded";
        request.body = page::form(body);
        accepted(request.send().await)
    }

    pub(super) fn read(&self, reply: Result<Reply, NoReply>) -> Result<Value, Failure> {
        match accepted(reply) {
            Ok(reply) => Ok(reply.body),
            Err(refusal) => Err(refusal.into_failure(self.texts(), |error| {
                Failure::notice(&error.code, error.message.clone().unwrap_or_default())
            })),
        }
    }

    /// Changes the metadata of a user with their own token. Whether it was
    /// accepted.
    pub(super) async fn update_profile(&self, user: &str, change: &Object, token: &str) -> bool {
        let update = MetadataUpdate {
            user_metadata: change.clone(),
        };
        let user = page::encode(user);
        let url = [&self.config.origin, "/api/v2/users/", &user].concat();
        let mut request = Request::new("PATCH", &url);
        request.body = Some(json::stringify(&update.to_value()));
        request.bearer(token);
        let reply = accepted(request.send().await);
        if let Err(Refusal::Said(error)) = &reply {
            let text = ["Latchlet: the profile was not updated: ", &error.code];
            page::console_error(&text.concat());
        }
        reply.is_ok()
    }

    /// Checks a credential, and starts the end of the login.
    async fn authenticate(
        &self,
        request: AuthenticateRequest,
        said: impl FnOnce(&ApiError) -> Failure,
    ) -> Result<String, Failure> {
        let realm = request.realm.clone().unwrap_or_default();
        let reply = self
            .post("/co/authenticate", &request.to_value(), true)
            .await
            .map_err(|refusal| refusal.into_failure(self.texts(), said))?;
        let given = AuthenticateResponse::from_value(&reply.body)
            .map_err(|_| failure::server_failed(self.texts()))?;
        let own = [("realm", &*realm), ("login_ticket", &given.login_ticket)];
        self.authorize(&own, given.code_verifier).await
    }
}

fn accepted(reply: Result<Reply, NoReply>) -> Result<Reply, Refusal> {
    match reply {
        Ok(reply) if (200..300).contains(&reply.status) => Ok(reply),
        Ok(Reply { status, body, .. }) => {
            Err(Refusal::Said(Box::new(ApiError::from_value(status, &body))))
        }
        Err(why) => Err(Refusal::Silent(why)),
    }
}

impl AuthBackend for Auth0 {
    async fn sign_up(
        &self,
        connection: &Connection,
        form: &Form,
        answers: &Answers,
    ) -> Result<Account, Failure> {
        let mut values = codec::encode(form, answers, Some(&self.config.known));
        let mut take = |name| match values.root.remove(name) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        };
        let email = take("email").unwrap_or_default();
        let made_up = self.config.sign_up.hides_username && connection.username.is_some();
        let username = match (take("username"), made_up) {
            (None, true) => {
                Some(made_up_name(connection).ok_or_else(|| failure::insecure(self.texts()))?)
            }
            (username, _) => username,
        };
        let request = SignupRequest {
            client_id: self.config.client_id.clone(),
            connection: connection.name.clone(),
            email: email.clone(),
            password: take("password").unwrap_or_default(),
            username: username.clone(),
            phone_number: None,
            attributes: values.root,
            user_metadata: values.user_metadata,
        };
        let reply = self
            .post("/dbconnections/signup", &request.to_value(), false)
            .await
            .map_err(|refusal| match refusal {
                Refusal::Silent(NoReply::TookTooLong) => {
                    let text = self.texts().get(Message::SignUpTookTooLong).into_owned();
                    Failure::notice("timeout", text)
                }
                refusal => refusal.into_failure(self.texts(), |error| {
                    failure::of_sign_up(form, error, self.texts())
                }),
            })?;
        self.keep_deferred(values.deferred);
        // Who has chosen a user name signs in with it, where that is the only
        // way.
        let by_name = self.config.identifier == latchlet_core::field::Identifier::Username;
        Ok(Account {
            said: reply.body,
            identifier: username.filter(|_| by_name).unwrap_or(email),
        })
    }

    async fn sign_in(
        &self,
        connection: &str,
        identifier: &str,
        password: &str,
    ) -> Result<String, Failure> {
        let request = AuthenticateRequest {
            client_id: self.config.client_id.clone(),
            username: email::identifier(identifier),
            credential: Credential::Password(password.to_owned()),
            realm: Some(connection.to_owned()),
        };
        let databases = &self.config.connections.databases;
        let username = databases.iter().any(|one| one.username.is_some());
        self.authenticate(request, |error| {
            failure::of_sign_in(error, username, self.texts())
        })
        .await
    }

    async fn federated(&self, connection: &str) -> Result<String, Failure> {
        let mut own = vec![("connection", connection)];
        let scopes = self.config.auth.connection_scopes.iter();
        for (_, scope) in scopes.filter(|(name, _)| name == connection) {
            own.push(("connection_scope", scope));
        }
        self.authorize(&own, None).await
    }

    async fn send(&self, connection: &Passwordless, to: &str) -> Result<(), Failure> {
        let mut auth_params = Object::new();
        if connection.link {
            // A link ends the login by itself, in this browser.
            for (name, value) in self.authorization(&[], None).await? {
                if name != "client_id" {
                    auth_params.insert(name, value);
                }
            }
        }
        let request = PasswordlessStartRequest {
            client_id: self.config.client_id.clone(),
            connection: connection.name.clone(),
            recipient: match connection.channel {
                Channel::Email => Recipient::Email(email::identifier(to)),
                Channel::Sms => {
                    let number = telephone::canonical(to);
                    Recipient::PhoneNumber(number.unwrap_or_else(|| to.to_owned()))
                }
            },
            send: match connection.link {
                true => Delivery::Link,
                false => Delivery::Code,
            },
            auth_params,
        };
        self.post("/passwordless/start", &request.to_value(), false)
            .await
            .map(|_| ())
            .map_err(|refusal| {
                refusal.into_failure(self.texts(), |error| {
                    failure::of_passwordless(error, self.texts())
                })
            })
    }

    async fn verify(
        &self,
        connection: &Passwordless,
        to: &str,
        code: &str,
    ) -> Result<String, Failure> {
        let username = match connection.channel {
            Channel::Email => email::identifier(to),
            Channel::Sms => telephone::canonical(to).unwrap_or_else(|| to.to_owned()),
        };
        let request = AuthenticateRequest {
            client_id: self.config.client_id.clone(),
            username,
            credential: Credential::Otp(
                one_time_code::canonical(code).unwrap_or_else(|| code.to_owned()),
            ),
            realm: Some(connection.name.clone()),
        };
        self.authenticate(request, |error| failure::of_code(error, self.texts()))
            .await
    }

    async fn reset_password(&self, connection: &str, email: &str) -> Result<(), Failure> {
        let request = ChangePasswordRequest {
            client_id: self.config.client_id.clone(),
            email: email::identifier(email),
            connection: connection.to_owned(),
        };
        self.post("/dbconnections/change_password", &request.to_value(), false)
            .await
            .map(|_| ())
            .map_err(|refusal| {
                refusal.into_failure(self.texts(), |error| failure::of_reset(error, self.texts()))
            })
    }

    fn claim(&self) -> Option<Returned> {
        let returned = self.claim_from(&page::query_parameter)?;
        page::remove_query_parameters(&["code", "state", "iss", "error", "error_description"]);
        Some(returned)
    }

    async fn resume(&self, returned: Returned) -> Result<Session, Failure> {
        let session = self.finish(returned).await;
        let was_lost = |failure: &Failure| failure.code == "login_required";
        if session.as_ref().is_err_and(was_lost) {
            page::console_error(COOKIE_LOST);
        }
        session
    }
}

/// Why somebody who has just logged in is not: for who runs the page.
const COOKIE_LOST: &str = "Latchlet: the browser kept no cookie of the auth server, because its \
    domain is of another site than this page: give it a custom domain of this site";

/// A user name that nobody has to think of: letters and digits from the
/// randomness of the system, as many as the connection takes, up to 20 (100
/// bits).
fn made_up_name(connection: &Connection) -> Option<String> {
    const ENOUGH: usize = 20;
    let rules = connection.username.as_ref()?;
    let length = (rules.max as usize).min(ENOUGH).max(rules.min as usize);
    let mut name = String::new();
    while name.len() < length {
        let random = crypto::random()?;
        let letters = random.chars().filter(char::is_ascii_alphanumeric);
        name.extend(letters.map(|c| c.to_ascii_lowercase()));
    }
    name.truncate(length);
    Some(name)
}

/// Why a request brought nothing.
pub(super) enum Refusal {
    /// The backend said why.
    Said(Box<ApiError>),
    /// There was no reply.
    Silent(NoReply),
}

impl Refusal {
    pub(super) fn into_failure(
        self,
        texts: &Texts,
        said: impl FnOnce(&ApiError) -> Failure,
    ) -> Failure {
        let silent = |code, message| Failure::notice(code, texts.get(message).into_owned());
        match self {
            Refusal::Said(error) if error.status >= 500 => failure::server_failed(texts),
            Refusal::Said(error) if error.status == 429 => failure::too_many(&error, texts),
            Refusal::Said(error) => said(&error),
            Refusal::Silent(NoReply::Unreachable) => silent("network", Message::Unreachable),
            Refusal::Silent(NoReply::TookTooLong) => silent("timeout", Message::TookTooLong),
        }
    }
}
