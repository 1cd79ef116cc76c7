//! The page that a tenant's post-login Action sends people to: the box with
//! its questions, and a way on for those without scripts.

use axum::response::{IntoResponse, Response};
use latchlet_core::{Object, Value};

use super::{Page, button, hidden, paragraph};
use crate::html::Html;

/// What the page shows.
pub struct ContinuePage<'a> {
    /// The config of the box.
    pub config: &'a Object,
    /// What the tenant sent along, to be sent on.
    pub parameters: &'a [(&'static str, &'a str)],
    /// Whether one may go on without an answer.
    pub may_skip: bool,
    /// The tenant's origin, and those that it sends browsers on to.
    pub leads_to: &'a str,
}

/// The page.
pub fn continue_page(page: &ContinuePage<'_>) -> Response {
    let config = serde_json::json!(Value::from(page.config.clone())).to_string();
    let without_scripts = match page.may_skip {
        true => {
            let mut fields: Vec<Html> = page
                .parameters
                .iter()
                .map(|(name, value)| hidden(name, value))
                .collect();
            fields.push(button("Go on without answering"));
            let action = [("method", "post"), ("action", "/continue-profile")];
            vec![
                paragraph("These questions need JavaScript, and they can wait."),
                Html::element("form", &action, fields),
            ]
        }
        false => vec![paragraph(
            "These questions need JavaScript, and one of them must be answered. Allow \
             JavaScript for this page, and load it again.",
        )],
    };
    Page {
        title: "Before you go on",
        content: vec![
            Html::element("div", &[("id", "box"), ("data-config", &config)], []),
            Html::element("noscript", &[], without_scripts),
        ],
        form_action: Some(&["'self' ", page.leads_to].concat()),
        script: Some(Html::element(
            "script",
            &[("type", "module"), ("src", "/lo/continue.js")],
            [],
        )),
        runs_the_box: true,
        ..Page::default()
    }
    .into_response()
}
