//! `auth`: how a login is asked for.

#[cfg(feature = "schema")]
use super::Shape::{Bool, Either, List, Map, Number, OneOf, Text};
use super::object;

/// What `auth.responseType` may be.
pub const RESPONSE_TYPES: [&str; 5] = [
    "code",
    "token",
    "id_token",
    "token id_token",
    "id_token token",
];
/// What `auth.responseMode` may be.
pub const RESPONSE_MODES: [&str; 4] = ["query", "fragment", "form_post", "web_message"];

object! { AUTH "AuthOptions" "How a login is asked for, and where it ends."
    "audience": Text, "The identifier of the API that the access token is for.";
    "autoParseHash": Bool, "`false` leaves a login that comes back to `resumeAuth`.";
    "connectionScopes": Map(&List(&Text)), "More scopes of another provider, by the name of the connection.";
    "nonce": Text, "The page's own `nonce`, for a server of its own that ends the login.";
    "params": Map(&Either(&[Text, Number, Bool])), "More parameters of `/authorize`, such as `scope` (`openid profile email` if there is none).";
    "redirect": Bool, "`true`: there is no popup mode.";
    "redirectUrl": Text, "Where `/authorize` sends the browser back to; this page if there is none.";
    "responseMode": OneOf(&RESPONSE_MODES), "How the page's own server gets the code.";
    "responseType": OneOf(&RESPONSE_TYPES), "`code` with a `redirectUrl`: the page's own server ends the login. The others give tokens to this page, by code and PKCE.";
    "sso": Bool, "Lock's; no session is looked for unless `checkSession` is called.";
    "state": Text, "What is handed back with the result of the login.";
}
