//! The answer of `/authorize` where it is not an address: a message to the
//! page that asked (Auth0's `web_message`), or a form (OAuth 2.0 Form Post
//! Response Mode).

use axum::response::{IntoResponse, Response};
use latchlet_core::Object;
use url::Url;

use super::{Page, button, hidden, paragraph};
use crate::html::Html;

/// A page that posts the answer to the page around it or the one that opened
/// it, if that is of the origin.
pub fn web_message(origin: &str, answer: &[(&str, &str)]) -> Response {
    let response: Object = answer.iter().copied().collect();
    let response = serde_json::json!(response).to_string();
    Page {
        title: "Signing in",
        content: vec![paragraph("You can close this page.")],
        script: Some(Html::element(
            "script",
            &[
                ("src", "/lo/web-message.js"),
                ("defer", ""),
                ("data-origin", origin),
                ("data-response", &response),
            ],
            [],
        )),
        framed_by: Some(origin),
        ..Page::default()
    }
    .into_response()
}

/// A page that sends the answer to the application's server. `further` are the
/// origins that it sends the browser on to: browsers hold these, too, against
/// what a form may lead to.
pub fn form_post(callback: &Url, answer: &[(&str, &str)], further: &[String]) -> Response {
    let mut content: Vec<Html> = answer
        .iter()
        .map(|(name, value)| hidden(name, value))
        .collect();
    content.push(button("Continue"));
    let mut form_action = vec![callback.origin().ascii_serialization()];
    form_action.extend_from_slice(further);
    let form = Html::element(
        "form",
        &[("method", "post"), ("action", callback.as_str())],
        content,
    );
    Page {
        title: "Signing in",
        content: vec![form],
        form_action: Some(&form_action.join(" ")),
        script: Some(Html::element(
            "script",
            &[("src", "/lo/form-post.js"), ("defer", "")],
            [],
        )),
        ..Page::default()
    }
    .into_response()
}
