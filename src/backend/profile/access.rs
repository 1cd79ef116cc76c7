//! Who answers, and with which token.

use latchlet_core::config::Visitor;
use latchlet_core::value::Function;
use latchlet_core::{Object, Value};

use crate::backend::Session;
use crate::browser::functions::{Functions, NoResult, Returned};
use crate::browser::{crypto, json};

use super::Refused;

/// Who answers, and what opens their profile.
#[derive(Clone)]
pub struct Access {
    /// Their id, `sub`.
    pub user: String,
    /// The claims of their ID token.
    pub claims: Object,
    token: Token,
}

#[derive(Clone)]
enum Token {
    /// Of a login of ours.
    Given(String),
    /// The page has it.
    Asked(Function),
    /// None is needed.
    None,
}

impl Access {
    /// Who has just logged in.
    pub fn of_session(session: &Session) -> Self {
        let claims = session.claims.as_object().cloned().unwrap_or_default();
        Self {
            user: claims.text("sub").unwrap_or_default().to_owned(),
            claims,
            token: Token::Given(session.access_token.clone()),
        }
    }

    /// Who the page says is logged in. Where it does not say who, the token
    /// does.
    pub async fn of_visitor(visitor: &Visitor, functions: &Functions) -> Result<Self, Refused> {
        let ids = [("sub", &visitor.claims), ("user_id", &visitor.user)];
        let said = ids.iter().find_map(|(name, object)| object.text(name));
        let mut access = Self {
            user: said.unwrap_or_default().to_owned(),
            claims: visitor.claims.clone(),
            token: visitor.token.map_or(Token::None, Token::Asked),
        };
        if access.user.is_empty() && visitor.token.is_some() {
            let token = access.token(functions).await?;
            let claims = payload(&token).unwrap_or_default();
            access.user = claims.text("sub").unwrap_or_default().to_owned();
        }
        Ok(access)
    }

    /// The token for a request. It is asked for each time: the page knows when
    /// it needs another.
    pub async fn token(&self, functions: &Functions) -> Result<String, Refused> {
        let function = match &self.token {
            Token::Given(token) => return Ok(token.clone()),
            Token::Asked(function) => *function,
            Token::None => return Err(Refused::NoToken),
        };
        let result = match functions.call(function, &[]) {
            Returned::Now(result) => result,
            Returned::Later(later) => later.await,
        };
        match result {
            Ok(Value::Text(token)) if !token.is_empty() => Ok(token),
            Ok(_) => Err(Refused::NoToken),
            Err(NoResult::TookTooLong) => Err(Refused::NoToken),
            Err(NoResult::Threw { code, text }) => Err(Refused::Page(code, text)),
        }
    }

    /// What tells this login from others: when it was, else its session.
    pub fn mark(&self) -> String {
        match self.claims.get("auth_time").and_then(Value::as_number) {
            Some(time) => (time as i64).to_string(),
            None => self.claims.text("sid").unwrap_or_default().to_owned(),
        }
    }
}

/// The claims of a token, unverified: whoever takes it verifies it.
pub fn payload(token: &str) -> Option<Object> {
    let payload = crypto::decode_base64url(token.split('.').nth(1)?)?;
    json::parse(&payload)?.as_object().cloned()
}
