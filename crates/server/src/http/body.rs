//! Reading a body into a value tree, within bounds.
//!
//! A page of another site can send a form or plain text without asking first;
//! JSON it cannot. So an endpoint that takes JSON takes nothing else.

use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use latchlet_core::{Object, Value};
use latchlet_wire::ApiError;
use latchlet_wire::error::code;

const FORM: &str = "application/x-www-form-urlencoded";

/// The most bytes of a body.
pub const MAX_BYTES: usize = 64 * 1024;
/// The most objects and lists inside each other.
const MAX_DEPTH: usize = 32;
/// The most values. Looking a key up takes time with each key before it.
const MAX_VALUES: usize = 1_000;

/// A body of JSON.
pub fn json(headers: &HeaderMap, bytes: &[u8]) -> Result<Value, ApiError> {
    match media_type(headers) {
        "application/json" => parse(bytes),
        _ => Err(unsupported("application/json")),
    }
}

/// A body of JSON or of a form, as the token endpoint takes it.
pub fn json_or_form(headers: &HeaderMap, bytes: &[u8]) -> Result<Value, ApiError> {
    match media_type(headers) {
        "application/json" => parse(bytes),
        FORM => Ok(parse_form(bytes)?.into()),
        _ => Err(unsupported(
            "application/json or application/x-www-form-urlencoded",
        )),
    }
}

/// A body of a form, as the server's own pages send it.
pub fn form(headers: &HeaderMap, bytes: &[u8]) -> Result<Object, ApiError> {
    match media_type(headers) {
        FORM => parse_form(bytes),
        _ => Err(unsupported(FORM)),
    }
}

/// Parameters that must not stand twice (RFC 6749 §3.1, §3.2).
pub fn once(pairs: Vec<(String, String)>) -> Result<Object, ApiError> {
    if pairs.len() > MAX_VALUES {
        return Err(bad_request("There are too many parameters."));
    }
    let mut object = Object::new();
    for (key, value) in pairs {
        if object.get(&key).is_some() {
            return Err(bad_request("A parameter stands twice."));
        }
        object.insert(key, value);
    }
    Ok(object)
}

/// The parameters of a query, each of which stands once.
pub fn query(query: Option<&str>) -> Option<Object> {
    let pairs = serde_urlencoded::from_str(query.unwrap_or_default()).ok()?;
    once(pairs).ok()
}

fn parse_form(bytes: &[u8]) -> Result<Object, ApiError> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(bytes)
        .map_err(|_| bad_request("The body is not a well-formed form."))?;
    once(pairs)
}

fn parse(bytes: &[u8]) -> Result<Value, ApiError> {
    if !is_bounded(bytes) {
        return Err(bad_request(
            "The JSON is nested too deeply or has too many values.",
        ));
    }
    serde_json::from_slice(bytes).map_err(|_| bad_request("The body is not well-formed JSON."))
}

/// Whether a text of JSON stays within bounds, judged before it is parsed.
fn is_bounded(bytes: &[u8]) -> bool {
    let (mut depth, mut values) = (0_usize, 1_usize);
    let (mut in_string, mut escaped) = (false, false);
    for byte in bytes {
        match (in_string, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => in_string = !in_string,
            (true, _) => {}
            (false, b'{' | b'[') => depth += 1,
            (false, b'}' | b']') => depth = depth.saturating_sub(1),
            (false, b',') => values += 1,
            (false, _) => {}
        }
        if depth > MAX_DEPTH || values > MAX_VALUES {
            return false;
        }
    }
    true
}

fn media_type(headers: &HeaderMap) -> &str {
    headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .unwrap_or_default()
        .trim()
}

fn unsupported(wanted: &str) -> ApiError {
    ApiError::new(
        415,
        "unsupported_media_type",
        format!("Send the body as {wanted}, and say so in Content-Type."),
    )
}

fn bad_request(description: &str) -> ApiError {
    ApiError::new(400, code::INVALID_REQUEST, description)
}

#[cfg(test)]
mod tests {
    use super::is_bounded;

    #[test]
    fn depth_and_number_of_values_are_bounded() {
        let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
        assert!(is_bounded(nested(32).as_bytes()));
        assert!(!is_bounded(nested(33).as_bytes()));
        let list = |values| format!("[{}]", vec!["1"; values].join(","));
        assert!(is_bounded(list(1_000).as_bytes()));
        assert!(!is_bounded(list(1_001).as_bytes()));
    }

    #[test]
    fn what_stands_in_a_string_counts_for_nothing() {
        let text = format!(r#"{{"a":"\"{}\\"}}"#, "[{,".repeat(2_000));
        assert!(is_bounded(text.as_bytes()));
    }
}
