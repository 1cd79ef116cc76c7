//! Choosing another password for one that was forgotten.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use latchlet_core::checklist::Line;

use super::{Page, button, hidden, paragraph, policy, sorry};
use crate::html::Html;

/// What the form shows.
pub struct ResetForm<'a> {
    /// What the link carried.
    pub ticket: &'a str,
    /// The account, for the person and for their password manager.
    pub account: &'a str,
    /// What the password needs.
    pub policy: &'a [Line],
    /// What is wrong with the password.
    pub error: Option<String>,
    /// What is wrong with its repetition.
    pub repeat_error: Option<String>,
}

/// The form; after a refusal with what is wrong beside each field.
pub fn reset_form(form: &ResetForm<'_>) -> Response {
    let refused = form.error.is_some() || form.repeat_error.is_some();
    let account = Html::void(
        "input",
        &[
            ("id", "account"),
            ("type", "text"),
            ("autocomplete", "username"),
            ("value", form.account),
            ("readonly", ""),
        ],
    );
    let mut fields = vec![
        hidden("ticket", form.ticket),
        label("account", "Account"),
        account,
        label("password", "New password"),
    ];
    fields.extend(password("password", form.error.as_deref(), refused));
    fields.push(policy("policy", form.policy));
    fields.push(label("repeat", "New password again"));
    fields.extend(password("repeat", form.repeat_error.as_deref(), false));
    fields.push(button("Change the password"));
    let form = Html::element(
        "form",
        &[("method", "post"), ("action", "/lo/reset")],
        fields,
    );
    Page {
        title: "Choose a new password",
        refused,
        content: vec![form],
        status: match refused {
            true => StatusCode::BAD_REQUEST,
            false => StatusCode::OK,
        },
        form_action: Some("'self'"),
        ..Page::default()
    }
    .into_response()
}

/// The password is another one now.
pub fn reset_done() -> Response {
    Page {
        title: "Your password is changed",
        content: vec![paragraph(
            "You are logged out everywhere. Go back to the application, and log in with your \
             new password.",
        )],
        ..Page::default()
    }
    .into_response()
}

/// The link was used, is too old, or a newer one was asked for.
pub fn reset_is_void() -> Response {
    sorry(
        StatusCode::GONE,
        "This link does not work any more",
        "It was used already, it is over an hour old, or a newer one was sent. Go back to the \
         application, and say again that you forgot your password.",
    )
}

fn label(of: &str, text: &str) -> Html {
    Html::element("label", &[("for", of)], [Html::text(text)])
}

/// A password's input, after what is wrong with it.
fn password(name: &'static str, error: Option<&str>, focus: bool) -> Vec<Html> {
    let error_id = [name, "-error"].concat();
    let mut described = String::from(if name == "password" { "policy" } else { "" });
    let mut pieces = Vec::new();
    if let Some(error) = error {
        let attributes = [("id", error_id.as_str()), ("class", "error")];
        pieces.push(Html::element("p", &attributes, [Html::text(error)]));
        described = [&error_id, " ", &described].concat();
    }
    let mut attributes = vec![
        ("id", name),
        ("name", name),
        ("type", "password"),
        ("autocomplete", "new-password"),
        ("required", ""),
    ];
    let described = described.trim();
    if !described.is_empty() {
        attributes.push(("aria-describedby", described));
    }
    if error.is_some() {
        attributes.push(("aria-invalid", "true"));
    }
    if focus {
        attributes.push(("autofocus", ""));
    }
    pieces.push(Html::void("input", &attributes));
    pieces
}
