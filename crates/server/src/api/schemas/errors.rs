//! Refusals, in the shapes that the parts of the contract have.

use serde_json::json;

use super::{Named, closed, list, number, reference, text};

pub fn all() -> Named<4> {
    let field = closed(
        json!({ "path": text(), "code": text(), "message": text() }),
        &["path", "code", "message"],
    );
    let legacy = closed(
        json!({
            "name": text(), "code": text(), "message": text(), "policy": text(),
            "description": { "type": ["string", "object"] }, "statusCode": number(),
            // Some have nothing else.
            "error": text(),
            "errors": list(reference("FieldError")),
        }),
        &[],
    );
    let oauth = closed(
        json!({ "error": text(), "error_description": text() }),
        &["error", "error_description"],
    );
    let management = closed(
        json!({
            "statusCode": number(), "error": text(), "message": text(), "errorCode": text(),
            "errors": list(reference("FieldError")),
        }),
        &["statusCode", "error", "message"],
    );
    [
        ("FieldError", field),
        ("LegacyError", legacy),
        ("OAuthError", oauth),
        ("ManagementError", management),
    ]
}
