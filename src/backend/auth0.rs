//! Auth0, and every server that speaks its contract, `latchlet serve` among
//! them.
//!
//! A login is Lock's own way with today's security: `/co/authenticate` checks
//! the password and gives a ticket, `/authorize` takes the ticket and a PKCE
//! challenge and sends the browser back with a code, `/oauth/token` turns the
//! code into tokens (RFC 7636, RFC 9207, OpenID Connect Core 1.0).

use latchlet_core::config::{Auth, Config};
use latchlet_core::{Answers, Failure, Form, Message, Object, Value, codec, email};
use latchlet_wire::{
    ApiError, AuthenticateRequest, AuthenticateResponse, Credential, SignupRequest, TokenRequest,
    TokenResponse,
};

use crate::browser::http::{self, NoReply, Reply};
use crate::browser::{crypto, json, page, storage};

use super::failure;
use super::{AuthBackend, Returned, Session};

/// What a login keeps in session storage while the browser is away, under
/// this and its `state`.
const TRANSACTION: &str = "latchlet.login.";

/// Every `state` of ours starts so, and no other code of the page claims it.
const STATE_PREFIX: &str = "latchlet.";

/// An Auth0 tenant.
#[derive(Clone)]
pub struct Auth0 {
    origin: String,
    client_id: String,
    connection: String,
    username: bool,
    auth: Auth,
}

impl Auth0 {
    /// The tenant of a config.
    pub fn new(config: &Config) -> Self {
        Self {
            origin: config.origin.clone(),
            client_id: config.client_id.clone(),
            connection: config.connection.name.clone(),
            username: config.connection.username.is_some(),
            auth: config.auth.clone(),
        }
    }

    async fn post(&self, path: &str, body: &Value, credentials: bool) -> Result<Value, Refusal> {
        match http::post(&[&self.origin, path].concat(), body, credentials).await {
            Ok(Reply { status, body }) if (200..300).contains(&status) => Ok(body),
            Ok(Reply { status, body }) => {
                Err(Refusal::Said(Box::new(ApiError::from_value(status, &body))))
            }
            Err(why) => Err(Refusal::Silent(why)),
        }
    }

    /// Starts the redirect: keeps what its end will need, and says where to go.
    async fn authorize(&self, ticket: &str) -> Result<String, Failure> {
        let secrets = (crypto::random(), crypto::random(), crypto::random());
        let (Some(verifier), Some(nonce), Some(state)) = secrets else {
            return Err(failure::insecure());
        };
        let state = [STATE_PREFIX, &state].concat();
        let challenge = crypto::sha256(&verifier)
            .await
            .ok_or_else(failure::insecure)?;
        let redirect_uri = match &self.auth.redirect_url {
            Some(url) => url.clone(),
            None => page::address().ok_or_else(failure::insecure)?,
        };
        let transaction: Object = [
            ("client_id", self.client_id.as_str()),
            ("code_verifier", &verifier),
            ("nonce", &nonce),
            ("redirect_uri", &redirect_uri),
        ]
        .into_iter()
        .collect();
        let key = [TRANSACTION, &state].concat();
        if !storage::set(&key, &json::stringify(&transaction.into())) {
            return Err(Failure::notice("no_storage", Message::NoStorage.text()));
        }
        let mut parameters = vec![
            ("client_id", self.client_id.as_str()),
            ("response_type", "code"),
            ("redirect_uri", &redirect_uri),
            ("scope", &self.auth.scope),
            ("state", &state),
            ("nonce", &nonce),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
            ("realm", &self.connection),
            ("login_ticket", ticket),
        ];
        if let Some(audience) = &self.auth.audience {
            parameters.push(("audience", audience));
        }
        page::url(&[&self.origin, "/authorize"].concat(), &parameters)
            .ok_or_else(failure::server_failed)
    }

    async fn exchange(&self, code: &str, transaction: &Object) -> Result<Session, Failure> {
        let part = |name| transaction.text(name).unwrap_or_default().to_owned();
        let request = TokenRequest::AuthorizationCode {
            client_id: self.client_id.clone(),
            code: code.to_owned(),
            redirect_uri: part("redirect_uri"),
            code_verifier: part("code_verifier"),
        };
        let reply = self
            .post("/oauth/token", &request.to_value(), false)
            .await
            .map_err(|refusal| refusal.into_failure(|_| failure::login_refused()))?;
        let tokens = TokenResponse::from_value(&reply).map_err(|_| failure::login_refused())?;
        // The scope has `openid`, so there must be one.
        let id_token = tokens.id_token.unwrap_or_default();
        let claims = self
            .claims(&id_token, &part("nonce"))
            .ok_or_else(failure::login_refused)?;
        Ok(Session {
            access_token: tokens.access_token,
            expires_in: tokens.expires_in,
            scope: tokens.scope,
            id_token,
            refresh_token: tokens.refresh_token,
            claims,
        })
    }

    /// The claims of an ID token that is meant for this login. It came from
    /// the issuer itself this second, so that TLS stands in for the signature
    /// (OpenID Connect Core §3.1.3.7, 6) and the clock of the device, which
    /// may be wrong, decides nothing.
    fn claims(&self, token: &str, nonce: &str) -> Option<Value> {
        let payload = crypto::decode_base64url(token.split('.').nth(1)?)?;
        let claims = json::parse(&payload)?;
        let object = claims.as_object()?;
        let for_us = match object.get("aud")? {
            Value::Text(audience) => *audience == self.client_id,
            // Of several audiences, one is the party that it was issued to.
            Value::List(_) => object.text("azp") == Some(&self.client_id),
            _ => false,
        };
        let from_them = object.text("iss") == Some(self.issuer().as_str());
        (for_us && from_them && object.text("nonce") == Some(nonce)).then_some(claims)
    }

    fn issuer(&self) -> String {
        [&self.origin, "/"].concat()
    }
}

impl AuthBackend for Auth0 {
    async fn sign_up(&self, form: &Form, answers: &Answers) -> Result<(), Failure> {
        let mut values = codec::encode(form, answers);
        let mut take = |name| match values.root.remove(name) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        };
        let request = SignupRequest {
            client_id: self.client_id.clone(),
            connection: self.connection.clone(),
            email: take("email").unwrap_or_default(),
            password: take("password").unwrap_or_default(),
            username: take("username"),
            attributes: values.root,
            user_metadata: values.user_metadata,
        };
        self.post("/dbconnections/signup", &request.to_value(), false)
            .await
            .map(|_| ())
            .map_err(|refusal| match refusal {
                Refusal::Silent(NoReply::TookTooLong) => {
                    Failure::notice("timeout", Message::SignUpTookTooLong.text())
                }
                refusal => refusal.into_failure(|error| failure::of_sign_up(form, error)),
            })
    }

    async fn sign_in(&self, identifier: &str, password: &str) -> Result<String, Failure> {
        let request = AuthenticateRequest {
            client_id: self.client_id.clone(),
            username: email::identifier(identifier),
            credential: Credential::Password(password.to_owned()),
            realm: Some(self.connection.clone()),
        };
        let reply = self
            .post("/co/authenticate", &request.to_value(), true)
            .await
            .map_err(|refusal| {
                refusal.into_failure(|error| failure::of_sign_in(error, self.username))
            })?;
        let ticket = AuthenticateResponse::from_value(&reply)
            .map_err(|_| failure::server_failed())?
            .login_ticket;
        self.authorize(&ticket).await
    }

    fn claim(&self) -> Option<Returned> {
        let state = page::query_parameter("state").filter(|it| it.starts_with(STATE_PREFIX))?;
        let key = [TRANSACTION, &state].concat();
        let kept = storage::get(&key).and_then(|text| json::parse(&text));
        let transaction = kept.as_ref().and_then(Value::as_object).cloned();
        let owner = transaction.as_ref().and_then(|it| it.text("client_id"));
        // Another box on the page started it.
        if owner.is_some_and(|owner| owner != self.client_id) {
            return None;
        }
        storage::remove(&key);
        // RFC 9207: an answer of another server is no answer to us.
        let from_them = page::query_parameter("iss").is_none_or(|issuer| issuer == self.issuer());
        let code = page::query_parameter("code").filter(|_| from_them);
        page::remove_query_parameters(&["code", "state", "iss", "error", "error_description"]);
        Some(Returned { code, transaction })
    }

    async fn resume(&self, returned: Returned) -> Result<Session, Failure> {
        match (returned.transaction, returned.code) {
            (Some(transaction), Some(code)) => self.exchange(&code, &transaction).await,
            (Some(_), None) => Err(failure::login_refused()),
            (None, _) => Err(Failure::notice(
                "login_expired",
                Message::LoginExpired.text(),
            )),
        }
    }
}

/// Why a request brought nothing.
enum Refusal {
    /// The backend said why.
    Said(Box<ApiError>),
    /// There was no reply.
    Silent(NoReply),
}

impl Refusal {
    fn into_failure(self, said: impl FnOnce(&ApiError) -> Failure) -> Failure {
        match self {
            Refusal::Said(error) if error.status >= 500 => failure::server_failed(),
            Refusal::Said(error) if error.status == 429 => failure::too_many(&error),
            Refusal::Said(error) => said(&error),
            Refusal::Silent(NoReply::Unreachable) => {
                Failure::notice("network", Message::Unreachable.text())
            }
            Refusal::Silent(NoReply::TookTooLong) => {
                Failure::notice("timeout", Message::TookTooLong.text())
            }
        }
    }
}
