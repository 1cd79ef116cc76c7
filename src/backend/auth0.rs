//! Auth0, and every server that speaks its contract, `latchlet serve` among
//! them.
//!
//! A login is Lock's own way with today's security: `/co/authenticate` checks
//! the password and gives a ticket, `/authorize` takes the ticket and a PKCE
//! challenge and sends the browser back with a code, `/oauth/token` turns the
//! code into tokens (RFC 7636, RFC 9207, OpenID Connect Core 1.0).

use latchlet_core::config::{Auth, Config};
use latchlet_core::{Answers, Failure, Form, Message, Object, Value, codec};
use latchlet_wire::{
    ApiError, AuthenticateRequest, AuthenticateResponse, SignupRequest, TokenRequest, TokenResponse,
};

use crate::browser::http::{self, NoReply, Reply};
use crate::browser::{crypto, json, page, storage};

use super::failure;
use super::{AuthBackend, Session};

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
    auth: Auth,
}

impl Auth0 {
    /// The tenant of a config.
    pub fn new(config: &Config) -> Self {
        Self {
            origin: config.origin.clone(),
            client_id: config.client_id.clone(),
            connection: config.connection.name.clone(),
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
    async fn authorize(&self, ticket: &str) -> Option<String> {
        let (verifier, nonce) = (crypto::random()?, crypto::random()?);
        let state = [STATE_PREFIX, &crypto::random()?].concat();
        let challenge = crypto::sha256(&verifier).await?;
        let redirect_uri = match &self.auth.redirect_url {
            Some(url) => url.clone(),
            None => page::address()?,
        };
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
        let url = page::url(&[&self.origin, "/authorize"].concat(), &parameters)?;
        let transaction: Object = [
            ("code_verifier", verifier.as_str()),
            ("nonce", &nonce),
            ("redirect_uri", &redirect_uri),
        ]
        .into_iter()
        .collect();
        let key = [TRANSACTION, &state].concat();
        storage::set(&key, &json::stringify(&transaction.into()));
        Some(url)
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
        let claims = match &tokens.id_token {
            Some(token) => self
                .claims(token, &part("nonce"))
                .ok_or_else(failure::login_refused)?,
            None => Value::Null,
        };
        Ok(Session {
            access_token: tokens.access_token,
            expires_in: tokens.expires_in,
            scope: tokens.scope,
            id_token: tokens.id_token,
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
            Value::List(audiences) => audiences
                .iter()
                .any(|audience| audience.as_text() == Some(&self.client_id)),
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
            .map_err(|refusal| refusal.into_failure(|error| failure::of_sign_up(form, error)))
    }

    async fn sign_in(&self, identifier: &str, password: &str) -> Result<String, Failure> {
        let request = AuthenticateRequest {
            client_id: self.client_id.clone(),
            username: identifier.to_owned(),
            password: password.to_owned(),
            realm: Some(self.connection.clone()),
        };
        let reply = self
            .post("/co/authenticate", &request.to_value(), true)
            .await
            .map_err(|refusal| refusal.into_failure(failure::of_sign_in))?;
        let ticket = AuthenticateResponse::from_value(&reply)
            .map_err(|_| failure::server_failed())?
            .login_ticket;
        self.authorize(&ticket)
            .await
            .ok_or_else(|| Failure::notice("not_allowed", Message::NotAllowed.text()))
    }

    fn is_returning(&self) -> bool {
        page::query_parameter("state").is_some_and(|state| state.starts_with(STATE_PREFIX))
    }

    async fn resume(&self) -> Result<Session, Failure> {
        let state = page::query_parameter("state").unwrap_or_default();
        let code = page::query_parameter("code");
        let issuer = page::query_parameter("iss");
        page::remove_query_parameters(&["code", "state", "iss", "error", "error_description"]);
        let transaction = storage::take(&[TRANSACTION, &state].concat())
            .and_then(|text| json::parse(&text))
            .and_then(|value| value.as_object().cloned());
        // RFC 9207: an answer of another server is no answer to us.
        let from_them = issuer.is_none_or(|issuer| issuer == self.issuer());
        match (transaction, code) {
            (Some(transaction), Some(code)) if from_them => {
                self.exchange(&code, &transaction).await
            }
            (Some(_), _) => Err(failure::login_refused()),
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
