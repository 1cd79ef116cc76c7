//! The APIs that access tokens are for: what Auth0 calls resource servers.

use latchlet_core::Value;
use latchlet_core::config::{Code, Place, Problem, Reader, read_texts};

use super::{Client, PUBLIC_URL};
use crate::auth::Lifetimes;

/// What the Management API lets people do with their own profile.
const OF_PEOPLE: [&str; 3] = [
    "read:current_user",
    "update:current_user_metadata",
    "create:current_user_metadata",
];

/// What it lets applications do with everybody's, by Auth0's names.
const OF_APPLICATIONS: [&str; 12] = [
    "read:users",
    "create:users",
    "update:users",
    "delete:users",
    "read:users_app_metadata",
    "create:users_app_metadata",
    "update:users_app_metadata",
    "delete:users_app_metadata",
    "create:user_tickets",
    "read:clients",
    "read:connections",
    "read:resource_servers",
];

/// An access token for an application with a secret, in seconds; Auth0's
/// default.
const LIFETIME: u32 = 86_400;
/// One for an application that anybody can read; Auth0's default.
const LIFETIME_FOR_WEB: u32 = 7_200;
/// The longest, in seconds.
const MAX_LIFETIME: u32 = Lifetimes::LONGEST as u32;

/// An API.
#[derive(Clone, Debug)]
pub struct Api {
    /// What `audience` calls it.
    pub identifier: String,
    /// What applications may be granted for themselves.
    pub scopes: Vec<String>,
    /// What people grant to an application.
    pub scopes_of_people: Vec<String>,
    lifetime: u32,
    lifetime_for_web: u32,
}

impl Api {
    /// The Management API of the server itself.
    pub(super) fn management(public_url: &str) -> Self {
        Self {
            identifier: [public_url, "/api/v2/"].concat(),
            scopes: OF_APPLICATIONS.map(str::to_owned).to_vec(),
            scopes_of_people: OF_PEOPLE.map(str::to_owned).to_vec(),
            lifetime: LIFETIME,
            lifetime_for_web: LIFETIME_FOR_WEB,
        }
    }

    /// Reads an API. `None` only if it has no usable identifier.
    pub(super) fn read(
        value: &Value,
        place: &Place,
        public_url: &str,
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let mut reader = Reader::new(value, place, problems)?;
        reader.allow(&[
            "identifier",
            "scopes",
            "token_lifetime",
            "token_lifetime_for_web",
        ]);
        let identifier = reader.required_text("identifier");
        let scopes = read_texts(&mut reader, "scopes");
        let is_token = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
        for scope in &scopes {
            if scope.is_empty() || !scope.bytes().all(is_token) {
                let message = format!("`{scope}` is no scope: it has no white space and no quotes");
                reader.problem("scopes", Code::InvalidValue, &message);
            }
        }
        let mut lifetime = |name, default: u32| {
            let seconds = reader.whole_number(name, MAX_LIFETIME).unwrap_or(default);
            if seconds == 0 {
                reader.problem(
                    name,
                    Code::InvalidValue,
                    "a token lives for a second at least",
                );
            }
            seconds
        };
        let whole = lifetime("token_lifetime", LIFETIME);
        let for_web = lifetime("token_lifetime_for_web", LIFETIME_FOR_WEB.min(whole.max(1)));
        Some(Self {
            identifier: identifier?.replace(PUBLIC_URL, public_url),
            scopes_of_people: scopes.clone(),
            scopes,
            lifetime: whole,
            lifetime_for_web: for_web,
        })
    }

    /// How many seconds an access token of an application is good.
    pub fn lifetime(&self, client: &Client) -> u32 {
        match client.is_confidential() {
            true => self.lifetime,
            false => self.lifetime_for_web,
        }
    }
}
