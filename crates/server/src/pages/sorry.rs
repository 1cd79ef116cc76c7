//! Pages that only say something. Their texts are the server's own: nothing of
//! the request stands in them.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::{Page, paragraph};

/// For a person whose browser was sent here with a request that cannot be
/// answered, and cannot be sent back either.
pub fn sorry(status: StatusCode, title: &'static str, text: &'static str) -> Response {
    Page {
        title,
        content: vec![paragraph(text)],
        status,
        ..Page::default()
    }
    .into_response()
}

/// For whoever came by a letter, and sent what is none of its page's forms.
pub fn form_is_not_right() -> Response {
    sorry(
        StatusCode::BAD_REQUEST,
        "This form is not right",
        "Open the link in the mail again.",
    )
}

/// Where nobody waits for a person who signed out.
pub fn signed_out() -> Response {
    Page {
        title: "You are signed out",
        content: vec![paragraph("You can close this page.")],
        ..Page::default()
    }
    .into_response()
}
