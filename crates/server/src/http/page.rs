//! A page for a person whose browser was sent here with a request that cannot
//! be answered, and cannot be sent back either.

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

/// A page that says what is wrong. The text is the server's own: nothing of
/// the request stands in it.
pub fn sorry(status: StatusCode, title: &'static str, text: &'static str) -> Response {
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title}</title>\n<h1>{title}</h1>\n<p>{text}</p>\n</html>\n"
    );
    (status, Html(page)).into_response()
}
