//! A login from the redirect to `/authorize` to its end: what is kept meanwhile
//! in this tab, and what came back.
//!
//! `/authorize` takes a PKCE challenge and sends the browser back with a code,
//! `/oauth/token` turns the code into tokens (RFC 7636, RFC 9207, OpenID
//! Connect Core 1.0).

use latchlet_core::gather::Gather;
use latchlet_core::{Failure, Message, Object, Value};
use latchlet_wire::TokenResponse;

use crate::browser::{crypto, json, page, storage};

use super::Session;
use super::auth0::Auth0;
use super::failure;

/// What a login keeps in session storage while the browser is away, under
/// this and its `state`.
const TRANSACTION: &str = "latchlet.login.";

/// Where answers wait for a login, before the client id.
const DEFERRED: &str = "latchlet.deferred.";

/// Every `state` of ours starts so, and no other code of the page claims it.
const STATE_PREFIX: &str = "latchlet.";

/// What `/authorize` sent back, and what was kept for it.
pub struct Returned {
    code: Option<String>,
    /// Why it sent no code.
    error: Option<(String, String)>,
    transaction: Option<Object>,
}

impl Auth0 {
    /// What `/authorize` is asked with, and what is kept for its answer. `own`
    /// is what this way in adds: a ticket, or a connection; `verifier`, the one of
    /// a ticket that wants no cookie.
    pub(super) async fn authorization(
        &self,
        own: &[(&str, &str)],
        verifier: Option<String>,
    ) -> Result<Vec<(String, String)>, Failure> {
        let auth = &self.config.auth;
        let redirect_uri = match &auth.redirect_url {
            Some(url) => url.clone(),
            None => page::address().ok_or_else(|| failure::insecure(self.texts()))?,
        };
        let mut parameters: Vec<(String, String)> = Vec::new();
        let mut set = |name: &str, value: &str| {
            parameters.retain(|(other, _)| other != name);
            parameters.push((name.to_owned(), value.to_owned()));
        };
        set("client_id", &self.config.client_id);
        set("response_type", "code");
        set("redirect_uri", &redirect_uri);
        set("scope", &auth.scope);
        if let Some(audience) = &auth.audience {
            set("audience", audience);
        }
        if let Some(mode) = &auth.response_mode {
            set("response_mode", mode);
        }
        for (name, value) in &auth.params {
            set(name, value);
        }
        // The page's own server ends the login: what it checks is its own, and
        // a challenge that it has no verifier for would only stop it.
        if !auth.server_side {
            let page_state = parameters
                .iter()
                .find(|(name, _)| name == "state")
                .map(|(_, state)| state.clone());
            for (name, value) in self.remember(&redirect_uri, page_state, verifier).await? {
                parameters.retain(|(other, _)| other != name);
                parameters.push((name.to_owned(), value));
            }
        } else if auth.params.iter().any(|(name, _)| name == "code_challenge") {
            // There is no other method that anybody should take.
            parameters.push(("code_challenge_method".to_owned(), "S256".to_owned()));
        }
        for (name, value) in own {
            parameters.retain(|(other, _)| other != name);
            parameters.push(((*name).to_owned(), (*value).to_owned()));
        }
        Ok(parameters)
    }

    /// The address of `/authorize` with those.
    pub(super) async fn authorize(
        &self,
        own: &[(&str, &str)],
        verifier: Option<String>,
    ) -> Result<String, Failure> {
        let parameters = self.authorization(own, verifier).await?;
        let parameters: Vec<(&str, &str)> = parameters
            .iter()
            .map(|(name, value)| (&**name, &**value))
            .gather();
        page::url(&[&self.config.origin, "/authorize"].concat(), &parameters)
            .ok_or_else(|| failure::server_failed(self.texts()))
    }

    /// Keeps what the end of a login will need, and gives what its start says.
    async fn remember(
        &self,
        redirect_uri: &str,
        page_state: Option<String>,
        verifier: Option<String>,
    ) -> Result<Vec<(&'static str, String)>, Failure> {
        let insecure = || failure::insecure(self.texts());
        let verifier = verifier.or_else(crypto::random);
        let secrets = (verifier, crypto::random(), crypto::random());
        let (Some(verifier), Some(nonce), Some(state)) = secrets else {
            return Err(insecure());
        };
        let state = [STATE_PREFIX, &state].concat();
        let challenge = crypto::sha256(&verifier).await.ok_or_else(insecure)?;
        let mut transaction: Object = [
            ("client_id", self.config.client_id.as_str()),
            ("code_verifier", &verifier),
            ("nonce", &nonce),
            ("redirect_uri", redirect_uri),
        ]
        .into_iter()
        .collect();
        if let Some(page_state) = page_state {
            transaction.insert("state", page_state);
        }
        let key = [TRANSACTION, &state].concat();
        if !storage::set(&key, &json::stringify(&transaction.into())) {
            let text = self.texts().get(Message::NoStorage).into_owned();
            return Err(Failure::notice("no_storage", text));
        }
        Ok(vec![
            ("state", state),
            ("nonce", nonce),
            ("code_challenge", challenge),
            ("code_challenge_method", "S256".to_owned()),
        ])
    }

    /// What the parameters of an address brought, if they are of a login of
    /// ours.
    pub(super) fn claim_from(
        &self,
        parameter: &dyn Fn(&str) -> Option<String>,
    ) -> Option<Returned> {
        let state = parameter("state").filter(|it| it.starts_with(STATE_PREFIX))?;
        let key = [TRANSACTION, &state].concat();
        let kept = storage::get(&key).and_then(|text| json::parse(&text));
        let transaction = kept.as_ref().and_then(Value::as_object).cloned();
        let owner = transaction.as_ref().and_then(|it| it.text("client_id"));
        // Another box on the page started it.
        if owner.is_some_and(|owner| owner != self.config.client_id) {
            return None;
        }
        storage::remove(&key);
        // RFC 9207: an answer of another server is no answer to us.
        let from_them = parameter("iss").is_none_or(|issuer| self.is_issuer(&issuer));
        let said = parameter("error_description").unwrap_or_default();
        Some(Returned {
            code: parameter("code").filter(|_| from_them),
            error: parameter("error").map(|code| (code, said)),
            transaction,
        })
    }

    /// Finishes a login.
    pub(super) async fn finish(&self, returned: Returned) -> Result<Session, Failure> {
        match (returned.transaction, returned.code, returned.error) {
            (Some(transaction), Some(code), _) => {
                let mut session = self.exchange(&code, &transaction).await?;
                session.state = transaction.text("state").map(str::to_owned);
                self.send_deferred(&mut session).await;
                Ok(session)
            }
            (Some(_), None, Some((code, said))) => {
                Err(failure::of_authorize(&code, &said, self.texts()))
            }
            (Some(_), None, None) => Err(failure::login_refused(self.texts())),
            (None, ..) => {
                let text = self.texts().get(Message::LoginExpired).into_owned();
                Err(Failure::notice("login_expired", text))
            }
        }
    }

    async fn exchange(&self, code: &str, transaction: &Object) -> Result<Session, Failure> {
        let part = |name| transaction.text(name).unwrap_or_default();
        let refused = || failure::login_refused(self.texts());
        let request = [
            ("grant_type", "authorization_code"),
            ("client_id", &self.config.client_id),
            ("code", code),
            ("redirect_uri", part("redirect_uri")),
            ("code_verifier", part("code_verifier")),
        ];
        let reply = self
            .post_form("/oauth/token", &request)
            .await
            .map_err(|refusal| refusal.into_failure(self.texts(), |_| refused()))?;
        let tokens = TokenResponse::from_value(&reply.body).map_err(|_| refused())?;
        // The scope has `openid`, so there must be one.
        let id_token = tokens.id_token.unwrap_or_default();
        let claims = self.claims(&id_token, part("nonce")).ok_or_else(refused)?;
        Ok(Session {
            access_token: tokens.access_token,
            expires_in: tokens.expires_in,
            scope: tokens.scope,
            id_token,
            refresh_token: tokens.refresh_token,
            claims,
            state: None,
            deferred: Object::new(),
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
            Value::Text(audience) => *audience == self.config.client_id,
            // Of several audiences, one is the party that it was issued to.
            Value::List(_) => object.text("azp") == Some(&self.config.client_id),
            _ => false,
        };
        let from_them = object.text("iss").is_some_and(|it| self.is_issuer(it));
        (for_us && from_them && object.text("nonce") == Some(nonce)).then_some(claims)
    }

    /// Whether an issuer is the server of the config. Auth0's has a `/` at its
    /// end, that of most others has none.
    fn is_issuer(&self, issuer: &str) -> bool {
        issuer.strip_suffix('/').unwrap_or(issuer) == self.config.origin
    }

    /// Keeps answers for the first login of this tab.
    pub(super) fn keep_deferred(&self, answers: Object) {
        if !answers.is_empty() {
            storage::set(&self.deferred_key(), &json::stringify(&answers.into()));
        }
    }

    /// Sends the answers that waited for a login. What cannot be sent is
    /// handed to the page with the session.
    async fn send_deferred(&self, session: &mut Session) {
        let kept = storage::get(&self.deferred_key()).and_then(|text| json::parse(&text));
        let Some(Value::Object(answers)) = kept else {
            return;
        };
        storage::remove(&self.deferred_key());
        let claims = session.claims.as_object();
        let user = claims
            .and_then(|claims| claims.text("sub"))
            .unwrap_or_default();
        if !self
            .update_profile(user, &answers, &session.access_token)
            .await
        {
            session.deferred = answers;
        }
    }

    fn deferred_key(&self) -> String {
        [DEFERRED, &self.config.client_id].concat()
    }
}
