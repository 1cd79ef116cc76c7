//! Showing that an address is somebody's. Following the link does nothing yet:
//! mail programs and their guards follow links too.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::{Page, button, hidden, paragraph, sorry};
use crate::email_verification::PATH;
use crate::html::Html;

/// Asks whether an address is the person's. `next` is the origin that they go
/// on to.
pub fn confirm_email(ticket: &str, email: &str, site: &str, next: Option<&str>) -> Response {
    let form = Html::element(
        "form",
        &[("method", "post"), ("action", PATH)],
        [hidden("ticket", ticket), button("Confirm")],
    );
    let form_action = ["'self' ", next.unwrap_or_default()].concat();
    let question = format!("You confirm that {email} is your address, for your account at {site}.");
    Page {
        title: "Confirm your address",
        content: vec![paragraph(&question), form],
        form_action: Some(form_action.trim()),
        ..Page::default()
    }
    .into_response()
}

/// The address is verified.
pub fn email_confirmed() -> Response {
    Page {
        title: "Your address is confirmed",
        content: vec![paragraph("Go back to the application.")],
        ..Page::default()
    }
    .into_response()
}

/// The link was used, is too old, or the address is another one.
pub fn confirmation_is_void() -> Response {
    sorry(
        StatusCode::GONE,
        "This link does not work any more",
        "Your address is confirmed already, or the link is over five days old, or your account \
         has another address. Go back to the application.",
    )
}
