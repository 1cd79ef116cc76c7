//! The few pages that the server shows itself. They work without scripts, look
//! like the box, and may do nothing but what they are for.

mod answer;
mod continuation;
mod control;
mod link;
mod login;
mod logout;
mod mailbox;
mod reset;
mod sorry;
mod verify_email;

use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};

use latchlet_core::checklist::Line;

use crate::html::Html;

pub use answer::{form_post, web_message};
pub use continuation::{ContinuePage, continue_page};
pub use link::{continue_with, link_is_void};
pub use login::{LoginPage, SIGN_UP_SENT, login_page, reset_sent, sign_up_sent};
pub use logout::ask_to_log_out;
pub use mailbox::mailbox;
pub use reset::{ResetForm, reset_done, reset_form, reset_is_void};
pub use sorry::{form_is_not_right, signed_out, sorry};
pub use verify_email::{confirm_email, confirmation_is_void, email_confirmed};

/// The style sheet and the scripts of the pages, by their paths.
const FILES: [(&str, &str, &str); 5] = [
    (
        "page.css",
        "text/css; charset=utf-8",
        include_str!("page.css"),
    ),
    (
        "web-message.js",
        "text/javascript; charset=utf-8",
        include_str!("web-message.js"),
    ),
    (
        "continue.js",
        "text/javascript; charset=utf-8",
        include_str!("continue.js"),
    ),
    (
        "login.js",
        "text/javascript; charset=utf-8",
        include_str!("login.js"),
    ),
    (
        "form-post.js",
        "text/javascript; charset=utf-8",
        include_str!("form-post.js"),
    ),
];

/// `GET /lo/{file}`
pub fn file(name: &str) -> Option<(&'static str, &'static str)> {
    FILES
        .iter()
        .find(|(known, ..)| *known == name)
        .map(|(_, media_type, text)| (*media_type, *text))
}

/// A page, and what it may do.
#[derive(Default)]
struct Page<'a> {
    title: &'a str,
    /// Whether it is the answer to something that was refused. Whoever hears
    /// its title hears so first.
    refused: bool,
    content: Vec<Html>,
    status: StatusCode,
    /// The origins that its forms may lead to.
    form_action: Option<&'a str>,
    /// Its one script, by its name under `/lo/`.
    script: Option<Html>,
    /// Whether the script runs the box, which is WebAssembly and talks to this
    /// server.
    runs_the_box: bool,
    /// The origin whose pages may frame it.
    framed_by: Option<&'a str>,
    /// Whether its forms say where they come from. Browsers keep it to
    /// themselves where the referrer is kept from everybody.
    says_its_origin: bool,
    /// Whether it leads to an answer for the page that opened it.
    answers_opener: bool,
}

impl IntoResponse for Page<'_> {
    fn into_response(self) -> Response {
        let mut policy = String::from(
            "default-src 'none'; style-src 'self'; base-uri 'none'; \
             require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors ",
        );
        policy.push_str(self.framed_by.unwrap_or("'none'"));
        policy.push_str("; form-action ");
        policy.push_str(self.form_action.unwrap_or("'none'"));
        match (&self.script, self.runs_the_box) {
            (None, _) => {}
            (Some(_), false) => policy.push_str("; script-src 'self'"),
            (Some(_), true) => policy.push_str(
                "; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src 'self'",
            ),
        }
        let title = [if self.refused { "Error: " } else { "" }, self.title].concat();
        let mut head = vec![
            Html::void("meta", &[("charset", "utf-8")]),
            Html::void(
                "meta",
                &[
                    ("name", "viewport"),
                    ("content", "width=device-width, initial-scale=1"),
                ],
            ),
            Html::void("meta", &[("name", "robots"), ("content", "noindex")]),
            Html::element("title", &[], [Html::text(&title)]),
            Html::void("link", &[("rel", "stylesheet"), ("href", "/lo/page.css")]),
        ];
        head.extend(self.script);
        let mut content = vec![Html::element("h1", &[], [Html::text(self.title)])];
        content.extend(self.content);
        let around: &[_] = match self.runs_the_box {
            true => &[("class", "around-box")],
            false => &[],
        };
        let main = Html::element("main", around, content);
        let body = Html::document(head, Html::element("body", &[], [main]));
        // A popup answers the page that opened it.
        let opener = match self.framed_by.is_some() || self.answers_opener {
            true => "unsafe-none",
            false => "same-origin",
        };
        let referrer = match self.says_its_origin {
            true => "same-origin",
            false => "no-referrer",
        };
        (
            self.status,
            [
                (CONTENT_TYPE, "text/html; charset=utf-8"),
                (CONTENT_SECURITY_POLICY, policy.as_str()),
                (
                    HeaderName::from_static("cross-origin-opener-policy"),
                    opener,
                ),
                (REFERRER_POLICY, referrer),
            ],
            body,
        )
            .into_response()
    }
}

/// A paragraph.
fn paragraph(text: &str) -> Html {
    Html::element("p", &[], [Html::text(text)])
}

/// A value that is sent along with a form.
fn hidden(name: &str, value: &str) -> Html {
    Html::void(
        "input",
        &[("type", "hidden"), ("name", name), ("value", value)],
    )
}

/// The button of a form.
fn button(text: &str) -> Html {
    Html::element("button", &[("type", "submit")], [Html::text(text)])
}

/// What a password needs, before it is typed.
fn policy(id: &str, lines: &[Line]) -> Html {
    let items = lines
        .iter()
        .map(|line| Html::element("li", &[], [Html::text(&line.text)]));
    let intro = Html::element("p", &[("class", "hint")], [Html::text("It needs")]);
    let list = Html::element("ul", &[("class", "hint")], items);
    Html::element("div", &[("id", id)], [intro, list])
}
