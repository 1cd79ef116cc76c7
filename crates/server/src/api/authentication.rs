//! The Authentication API: what applications call.

use super::operation::{FORM, JSON, LEGACY, OAUTH, Operation, PAGE, TEXT, any, get, post};
use crate::routes::{
    authenticate, change_password, client, consents, discovery, openapi, passwordless, revoke,
    sign_up, token, unserved, user_info,
};

const OTHER_ORIGIN: &str = "It is refused, or pages of this origin may not ask.";
const SIGNING_KEYS: &str = "The keys that tokens are signed with.";

pub fn with_cookies() -> Vec<Operation> {
    let post = post(
        "/co/authenticate",
        authenticate::post,
        "A password or a code becomes a login ticket and a cookie.",
    );
    let post = post
        .takes(&[JSON], "AuthenticateRequest")
        .of(OAUTH)
        .json(200, "A ticket for /authorize.", "AuthenticateResponse")
        .refuses(
            OAUTH,
            400,
            &["invalid_request", "unsupported_credential_type"],
        )
        .refuses(OAUTH, 401, &["unauthorized_client"])
        .file(403, OTHER_ORIGIN, TEXT)
        .refuses(OAUTH, 403, &["access_denied", "blocked_user"])
        .refuses(OAUTH, 429, &["too_many_attempts"]);
    vec![post]
}

pub fn without_cookies() -> Vec<Operation> {
    let mut operations = vec![sign_up(), change_password(), start(), token(), revoke()];
    operations.extend(known_to_all());
    let claims = "The claims of an access token's person.";
    let get = get("/userinfo", user_info::get, claims).query(&["access_token"]);
    let post = post("/userinfo", user_info::get, "The same, by a form.");
    operations.extend([get, post.takes(&[FORM], "Form")].map(user_info));
    operations.extend(unserved());
    operations
}

fn sign_up() -> Operation {
    post("/dbconnections/signup", sign_up::post, "Adds a user.")
        .takes(&[JSON], "SignupRequest")
        .of(LEGACY)
        .json(200, "The new user.", "SignupResponse")
        .refuses(
            LEGACY,
            400,
            &[
                "invalid_body",
                "invalid_client",
                "invalid_connection",
                "invalid_email",
                "invalid_password",
                "invalid_phone_number",
                "invalid_request",
                "invalid_signup",
                "invalid_user_metadata",
                "invalid_username",
                "user_exists",
                "username_exists",
            ],
        )
        .file(403, OTHER_ORIGIN, TEXT)
}

fn change_password() -> Operation {
    let post = post(
        "/dbconnections/change_password",
        change_password::post,
        "Mails a link to choose another password.",
    );
    post.takes(&[JSON], "ChangePasswordRequest")
        .of(LEGACY)
        .file(200, "A text, the same for everybody.", PAGE)
        .refuses(
            LEGACY,
            400,
            &[
                "invalid_body",
                "invalid_client",
                "invalid_connection",
                "invalid_email",
                "invalid_request",
            ],
        )
        .file(403, OTHER_ORIGIN, TEXT)
        .refuses(LEGACY, 501, &["mail_not_configured"])
}

fn start() -> Operation {
    let post = post(
        "/passwordless/start",
        passwordless::start::post,
        "Sends a code or a link.",
    );
    post.takes(&[JSON], "PasswordlessStartRequest")
        .of(OAUTH)
        .json(200, "It is on its way.", "PasswordlessStartResponse")
        .refuses(
            OAUTH,
            400,
            &[
                "bad.authParams",
                "bad.client_id",
                "bad.connection",
                "bad.email",
                "bad.phone_number",
                "bad.request",
                "invalid_request",
            ],
        )
        .file(403, OTHER_ORIGIN, TEXT)
        .refuses(OAUTH, 401, &["invalid_client"])
        .refuses(OAUTH, 501, &["mail_not_configured", "sms_provider_error"])
}

fn token() -> Operation {
    let post = post(
        "/oauth/token",
        token::post,
        "Codes, tokens and secrets become tokens.",
    );
    post.takes(&[JSON, FORM], "TokenRequest")
        .of(OAUTH)
        .json(200, "Tokens.", "TokenResponse")
        .file(403, OTHER_ORIGIN, TEXT)
        .refuses(
            OAUTH,
            400,
            &["invalid_request", "invalid_scope", "unsupported_grant_type"],
        )
        .refuses(OAUTH, 401, &["invalid_client"])
        .refuses(OAUTH, 429, &["too_many_attempts"])
        .refuses(
            OAUTH,
            403,
            &[
                "access_denied",
                "invalid_grant",
                "unauthorized",
                "unauthorized_client",
            ],
        )
}

fn revoke() -> Operation {
    let post = post(
        "/oauth/revoke",
        revoke::post,
        "Gives a token back, and ends the session of it.",
    );
    post.takes(&[JSON, FORM], "RevocationRequest")
        .of(OAUTH)
        .empty(200, "There is no such token any more.")
        .file(403, OTHER_ORIGIN, TEXT)
        .refuses(OAUTH, 400, &["invalid_request", "unsupported_token_type"])
        .refuses(OAUTH, 401, &["invalid_client"])
}

fn known_to_all() -> [Operation; 2] {
    [
        get(
            "/client/{file}",
            client::get,
            "Connections and their rules, for a box.",
        )
        .file(
            200,
            "A script that calls `Auth0.setClient`.",
            "application/x-javascript",
        )
        .of(OAUTH)
        .file(404, "There is no such application.", TEXT),
        get(
            "/consents/texts/{hash}",
            consents::text,
            "The words of a consent.",
        )
        .of(OAUTH)
        .file(200, "The words.", TEXT)
        .file(404, "There is no such text.", TEXT),
    ]
}

/// What is the same for everybody.
pub fn keys() -> Vec<Operation> {
    vec![
        get("/.well-known/jwks.json", discovery::keys, SIGNING_KEYS).json(
            200,
            "A set of keys (RFC 7517).",
            "Anything",
        ),
        get(
            "/.well-known/openid-configuration",
            discovery::configuration,
            "What is where, by OpenID Connect Discovery.",
        )
        .json(200, "The metadata.", "Anything"),
        get("/openapi.json", openapi::get, "This document.").json(200, "OpenAPI 3.1.", "Anything"),
    ]
}

fn user_info(operation: Operation) -> Operation {
    operation
        .secured(&[])
        .of(OAUTH)
        .json(200, "The claims that its scope allows.", "Claims")
        .file(401, "There is no token that is good here.", TEXT)
}

/// What Auth0 has and this server has not.
fn unserved() -> impl Iterator<Item = Operation> {
    let (passkeys, logins) = ("Passkeys are not served.", "Old logins are not served.");
    let codes = "Codes for accounts with a password are not served.";
    let par = "Pushed authorization requests are not served.";
    let by_address = "Codes in an address are not served.";
    let devices = "The device flow is not served.";
    let registration = "Dynamic registration is not served.";
    let one_by_one = [
        post("/passkey/register", unserved::passkeys, passkeys),
        post("/passkey/challenge", unserved::passkeys, passkeys),
        post("/otp/challenge", unserved::database_codes, codes),
        post("/oauth/par", unserved::pushed_requests, par),
        post("/oauth/device/code", unserved::devices, devices),
        post("/oidc/register", unserved::registration, registration),
        post(
            "/passwordless/verify",
            unserved::codes_by_address,
            by_address,
        ),
        post("/oauth/ro", unserved::old_logins, logins),
        post("/usernamepassword/login", unserved::old_logins, logins),
    ];
    let factors = "Further factors are not served.";
    let account = "The My Account API is not served.";
    let factors = any("/mfa/{*rest}", unserved::factors, factors);
    let account = any("/me/{*rest}", unserved::own_account, account);
    let operations = one_by_one.into_iter().chain(factors).chain(account);
    operations.map(|it| it.of(OAUTH).refuses(OAUTH, 404, &["endpoint_disabled"]))
}
