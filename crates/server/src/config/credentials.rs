//! How an application proves to the token endpoint who it is.

use latchlet_core::config::{Code, Reader};

use super::secret;
use crate::auth::ClientSecret;

/// Where a secret travels, by the names of OpenID Connect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthMethod {
    /// In the body.
    Post,
    /// In the header `Authorization`.
    Basic,
}

const POST: &str = "client_secret_post";
const BASIC: &str = "client_secret_basic";
const NONE: &str = "none";

impl AuthMethod {
    /// The one of a name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Post, Self::Basic]
            .into_iter()
            .find(|it| it.as_str() == name)
    }

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Post => POST,
            Self::Basic => BASIC,
        }
    }
}

/// How an application proves who it is.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// Its secret.
    pub secret: ClientSecret,
    /// Where it must be, if it must be in one of them.
    pub method: Option<AuthMethod>,
}

impl Credentials {
    /// Reads `client_secret` and `token_endpoint_auth_method`. `None` is an
    /// application that anybody can read, such as a page.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let named = reader.text("token_endpoint_auth_method");
        let has_secret = reader.get("client_secret").is_some();
        let method = match named.as_deref() {
            None => None,
            Some(POST) => Some(AuthMethod::Post),
            Some(BASIC) => Some(AuthMethod::Basic),
            Some(NONE) if has_secret => {
                let message = "nobody is asked for the `client_secret` then: leave one of them out";
                reader.problem("token_endpoint_auth_method", Code::InvalidValue, message);
                return None;
            }
            Some(NONE) => return None,
            Some(other) => {
                reader.one_of("token_endpoint_auth_method", other, [NONE, POST, BASIC]);
                None
            }
        };
        if method.is_some() && !has_secret {
            let message = "without it, the application cannot prove who it is";
            reader.problem("client_secret", Code::Missing, message);
        }
        let secret = ClientSecret::new(&secret::read(reader, "client_secret")?);
        if secret.is_none() {
            secret::too_short(reader, "client_secret");
        }
        Some(Self {
            secret: secret?,
            method,
        })
    }
}
