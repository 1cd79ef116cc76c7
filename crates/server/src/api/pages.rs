//! What browsers are sent to, and what whoever runs the server asks.

use super::operation::{FORM, JSON, MANAGEMENT, OAUTH, Operation, PAGE, TEXT, get, post};
use crate::email_verification;
use crate::federation;
use crate::routes::{
    authorize, continue_profile, dev, files, health, login, login_callback, logout, oidc_logout,
    passwordless, reset, verify_email,
};

const ONLY_DEV: &str = "The server runs without --dev.";
const NO_FILE: &str = "There is no such file.";
/// What `/authorize` is asked with, and the login page as well.
const AUTHORIZE: [&str; 19] = [
    "audience",
    "client_id",
    "code_challenge",
    "code_challenge_method",
    "connection",
    "id_token_hint",
    "login_hint",
    "login_ticket",
    "max_age",
    "nonce",
    "prompt",
    "realm",
    "redirect_uri",
    "response_mode",
    "response_type",
    "scope",
    "screen_hint",
    "state",
    "ui_locales",
];
const LOGOUT: [&str; 5] = [
    "client_id",
    "id_token_hint",
    "logout_hint",
    "post_logout_redirect_uri",
    "state",
];
/// What a provider answers with.
const CALLBACK: [&str; 5] = ["code", "error", "error_description", "iss", "state"];

/// Pages, and the forms on them.
pub fn for_people() -> Vec<Operation> {
    let operations = sign_in().into_iter().chain(links()).chain(sign_out());
    operations.map(page).collect()
}

/// Files, and what whoever runs the server asks.
pub fn free() -> Vec<Operation> {
    let mut operations = Vec::from(files());
    operations.extend(dev());
    operations.extend([
        get("/health", health::live, "Whether the process lives.").file(200, "It does.", TEXT),
        get("/ready", health::ready, "Whether to send requests here.")
            .file(200, "Yes.", TEXT)
            .file(503, "No, and why.", TEXT),
    ]);
    operations
}

fn sign_in() -> [Operation; 6] {
    [
        get("/authorize", authorize::get, "Begins a login, or ends it.").query(&AUTHORIZE),
        post("/authorize", authorize::post, "The same, by a form.").takes(&[FORM], "Form"),
        get("/login", login::get, "The login page.").query(&AUTHORIZE),
        post("/login", login::post, "Takes what was typed there.")
            .query(&AUTHORIZE)
            .takes(&[FORM], "Form"),
        get(
            federation::CALLBACK,
            login_callback::get,
            "Back from another provider.",
        )
        .query(&CALLBACK),
        post(
            federation::CALLBACK,
            login_callback::post,
            "The same, by a form.",
        )
        .takes(&[FORM], "Form"),
    ]
}

/// Where links lead to: of letters, and of tenants.
fn links() -> [Operation; 8] {
    let (login, password) = ("/passwordless/verify_redirect", "/lo/reset");
    let choose = "The page to choose another password.";
    [
        get(login, passwordless::verify::get, "Where a link leads to.").query(&["ticket"]),
        post(login, passwordless::verify::post, "Logs in by the link.").takes(&[FORM], "Form"),
        get(password, reset::get, choose).query(&["ticket"]),
        post(password, reset::post, "Takes the new password.").takes(&[FORM], "Form"),
        get(
            email_verification::PATH,
            verify_email::get,
            "The page to confirm an address.",
        )
        .query(&["ticket"]),
        post(
            email_verification::PATH,
            verify_email::post,
            "Confirms the address.",
        )
        .takes(&[FORM], "Form"),
        get(
            "/continue-profile",
            continue_profile::get,
            "Questions in the middle of a tenant's login.",
        )
        .query(&["session_token", "state"]),
        post(
            "/continue-profile",
            continue_profile::post,
            "Takes the answers.",
        )
        .takes(&[JSON, FORM], "Form")
        .json(200, "The way back, signed.", "Anything")
        .refuses(
            MANAGEMENT,
            400,
            &["invalid_body", "invalid_request", "invalid_user_metadata"],
        )
        .refuses(MANAGEMENT, 401, &["invalid_session_token"])
        .refuses(MANAGEMENT, 403, &["not_writable"])
        .of(MANAGEMENT),
    ]
}

fn sign_out() -> [Operation; 4] {
    let end = "Ends the session of the browser.";
    [
        get("/v2/logout", logout::get, end).query(&["client_id", "federated", "returnTo"]),
        get(
            "/oidc/logout",
            oidc_logout::get,
            "The same, by OpenID Connect.",
        )
        .query(&LOGOUT),
        post("/oidc/logout", oidc_logout::post, "The same, by a form.").takes(&[FORM], "Form"),
        post(
            "/oidc/logout/confirm",
            oidc_logout::confirm,
            "The person says so themselves.",
        )
        .query(&LOGOUT),
    ]
}

/// A page says what is wrong itself, whatever it is.
fn page(operation: Operation) -> Operation {
    let wrong = "What is wrong with the request.";
    operation
        .file(200, "The page, or the next one.", PAGE)
        .empty(302, "On to the application, a provider, or the login page.")
        .empty(303, "The same, after a form.")
        .file(400, wrong, PAGE)
        .file(403, wrong, PAGE)
        .file(410, "The link is no longer good.", PAGE)
        .file(413, "The body is larger than 64 KiB.", TEXT)
        .file(
            422,
            "The page again, with what is wrong with what was typed.",
            PAGE,
        )
        .file(429, "Too often: come back later.", PAGE)
        .file(500, "Something went wrong on the server.", PAGE)
        .file(503, "The server is busy.", PAGE)
}

fn files() -> [Operation; 4] {
    let any = "*/*";
    [
        get(
            "/lo/{file}",
            files::page,
            "Styles and scripts of the server's own pages.",
        )
        .file(200, "The file.", any)
        .file(404, NO_FILE, TEXT),
        get("/latchlet/{*file}", files::get, "The box.")
            .file(200, "The file.", any)
            .empty(304, "The browser has it.")
            .file(404, NO_FILE, TEXT),
        get("/demo", files::demo, "A page with the box.")
            .file(200, "The page.", PAGE)
            .empty(304, "The browser has it.")
            .file(503, "The server was built without the box.", TEXT),
        get("/", files::home, "Leads to the demo.").empty(303, "There."),
    ]
}

fn dev() -> [Operation; 4] {
    [
        get("/dev/mailbox", dev::mailbox, "What was sent.").file(200, "The letters.", PAGE),
        get(
            "/dev/mailbox.json",
            dev::mailbox_json,
            "The same, for tests.",
        )
        .json(200, "The letters.", "Anything"),
        get("/dev/clock", dev::clock, "What time it is.").json(200, "The time.", "Anything"),
        post("/dev/clock", dev::advance, "Puts the clock forward.")
            .takes(&[JSON], "Anything")
            .of(OAUTH)
            .json(200, "The time.", "Anything")
            .refuses(OAUTH, 400, &["invalid_request"]),
    ]
    .map(|operation| operation.file(404, ONLY_DEV, TEXT))
}
