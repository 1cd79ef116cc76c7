//! What was sent while the server runs with `--dev`.

use axum::response::{IntoResponse, Response};

use super::{Page, paragraph};
use crate::html::Html;
use crate::mail::Letter;

/// Every letter, the newest first.
pub fn mailbox(letters: &[Letter]) -> Response {
    let mut content = vec![paragraph(match letters.is_empty() {
        true => "Nothing was sent yet.",
        false => "What was sent since the server started, the newest first.",
    })];
    for letter in letters.iter().rev() {
        let title = [letter.subject.as_str(), " — ", letter.to.as_str()].concat();
        let link = letter
            .link
            .iter()
            .map(|link| Html::element("a", &[("href", link)], [Html::text("Open the link")]));
        content.push(Html::element(
            "article",
            &[],
            [
                Html::element("h2", &[], [Html::text(&title)]),
                Html::element("pre", &[], [Html::text(&letter.text)]),
            ]
            .into_iter()
            .chain(link),
        ));
    }
    Page {
        title: "Mailbox",
        content,
        ..Page::default()
    }
    .into_response()
}
