//! Where a link in a mail leads to. Following it signs nobody in yet: mail
//! programs and their guards follow links too, and each is good once.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::{Page, button, hidden, paragraph, sorry};
use crate::html::Html;

/// Asks whether to sign in. `callback` is the origin that it ends at.
pub fn continue_with(ticket: &str, recipient: &str, callback: &str) -> Response {
    let form = Html::element(
        "form",
        &[
            ("method", "post"),
            ("action", "/passwordless/verify_redirect"),
        ],
        [hidden("ticket", ticket), button("Log in")],
    );
    let form_action = ["'self' ", callback].concat();
    Page {
        title: "Log in",
        content: vec![
            paragraph(&["You log in as ", recipient, "."].concat()),
            form,
        ],
        form_action: Some(&form_action),
        ..Page::default()
    }
    .into_response()
}

/// The link was used, is too old, or a newer one was asked for.
pub fn link_is_void() -> Response {
    sorry(
        StatusCode::GONE,
        "This link does not work any more",
        "It was used already, it is too old, or a newer one was sent. Go back to the \
         application, and ask for another one there.",
    )
}
