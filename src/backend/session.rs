//! What a page asks about a session that exists: who it is, whether there is
//! one, and its end.

use latchlet_core::gather::Gather;
use latchlet_core::{Failure, Message, Object, Value};

use crate::browser::{http, page, silent};

use super::Session;
use super::auth0::Auth0;
use super::failure;

impl Auth0 {
    /// Looks for a session without showing anything. `parameters` are the
    /// page's own, for `/authorize`.
    pub async fn check_session(&self, parameters: &Object) -> Result<Session, Failure> {
        let mut own: Vec<(&str, &str)> = parameters
            .iter()
            .filter_map(|(name, value)| Some((name, value.as_text()?)))
            .gather();
        own.extend([("prompt", "none"), ("response_mode", "web_message")]);
        let url = self.authorize(&own, None).await?;
        let answer = silent::ask(&url, &self.config.origin).await;
        let Some(answer) = answer.as_ref().and_then(Value::as_object) else {
            let text = self.texts().get(Message::TookTooLong).into_owned();
            return Err(Failure::notice("timeout", text));
        };
        self.resume_from(&|name| answer.text(name).map(str::to_owned))
            .await
    }

    /// Finishes the login whose answer is in an address, or in the part of one
    /// after `#` or `?`.
    pub async fn resume_address(&self, address: &str) -> Result<Session, Failure> {
        let query = address.rsplit(['#', '?']).next().unwrap_or_default();
        self.resume_from(&|name| page::parameter(query, name)).await
    }

    async fn resume_from(
        &self,
        parameter: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Session, Failure> {
        match self.claim_from(parameter) {
            Some(returned) => self.finish(returned).await,
            None => Err(failure::login_refused(self.texts())),
        }
    }

    /// Who the owner of an access token is.
    pub async fn user_info(&self, access_token: &str) -> Result<Value, Failure> {
        let bearer = ["Bearer ", access_token].concat();
        let url = [&self.config.origin, "/userinfo"].concat();
        self.read(http::get(&url, &[("authorization", &bearer)]).await)
    }

    /// The address that ends the session, and comes back to `returnTo`.
    pub fn logout_address(&self, query: &Object) -> String {
        let mut parameters = vec![("client_id", self.config.client_id.as_str())];
        for (name, value) in query.iter() {
            match value {
                // Its presence is its meaning.
                Value::Bool(true) => parameters.push((name, "")),
                value => parameters.extend(value.as_text().map(|text| (name, text))),
            }
        }
        let base = [&self.config.origin, "/v2/logout"].concat();
        page::url(&base, &parameters).unwrap_or(base)
    }
}
