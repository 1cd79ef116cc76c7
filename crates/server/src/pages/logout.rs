//! Logging out.

use axum::response::{IntoResponse, Response};

use super::{Page, button, paragraph};
use crate::html::Html;

/// Asks whether to log out. `onward` is the origin that it ends at.
pub fn ask_to_log_out(confirm: &str, onward: Option<&str>) -> Response {
    let attributes = [("method", "post"), ("action", confirm)];
    let form_action = ["'self' ", onward.unwrap_or_default()].concat();
    Page {
        title: "Do you want to sign out?",
        content: vec![
            paragraph("Other applications that you use with this account will ask you to log in."),
            Html::element("form", &attributes, [button("Sign out")]),
        ],
        form_action: Some(form_action.trim_end()),
        says_its_origin: true,
        ..Page::default()
    }
    .into_response()
}
