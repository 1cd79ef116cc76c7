//! Which application a request for or about tokens is from, and whether it proves
//! so (RFC 6749 §2.3): by a secret in the body, or in `Authorization:
//! Basic`. An application that anybody can read, such as a page, has none, and
//! only says its id.

use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue};
use data_encoding::BASE64;
use latchlet_core::{Object, Value};
use latchlet_wire::ApiError;
use latchlet_wire::error::code;
use url::form_urlencoded;

use crate::app::App;
use crate::config::{AuthMethod, Client};
use crate::http::refusal::{OAuth, Refusal};
use crate::http::{body, origin};

/// The ways to prove so, by their names.
pub const METHODS: [&str; 3] = ["none", "client_secret_post", "client_secret_basic"];

/// The application of a request, and its body. What it said of itself in a
/// header stands in the body, too.
pub fn read<'a>(
    app: &'a App,
    headers: &HeaderMap,
    bytes: &[u8],
) -> Result<(&'a Client, Object), Refusal<OAuth>> {
    let Value::Object(mut body) = body::json_or_form(headers, bytes)? else {
        let text = "The body must be an object.";
        return Err(ApiError::new(400, code::INVALID_REQUEST, text).into());
    };
    let client = authenticate(app, headers, &mut body)?;
    Ok((client, body))
}

fn authenticate<'a>(
    app: &'a App,
    headers: &HeaderMap,
    body: &mut Object,
) -> Result<&'a Client, Refusal<OAuth>> {
    let in_header = basic(headers)?;
    let by_header = in_header.is_some();
    let refused = |text: &str| invalid_client(text, by_header);
    let secrets = match in_header {
        Some((id, secrets)) => {
            let said = body.text("client_id").is_some_and(|other| other != id);
            if said || body.get("client_secret").is_some() {
                let text = "Say who the application is either in the header or in the body.";
                return Err(ApiError::new(400, code::INVALID_REQUEST, text).into());
            }
            body.insert("client_id", id);
            secrets
        }
        None => {
            let secret = body.text("client_secret");
            secret.map(str::to_owned).into_iter().collect()
        }
    };
    let id = body.text("client_id").ok_or_else(|| {
        let text = "The property `client_id` must be a string.";
        ApiError::new(400, code::INVALID_REQUEST, text)
    })?;
    let client = app.config.client(id);
    let client = client.ok_or_else(|| refused("Unknown client."))?;
    origin::check(headers, |origin| client.may_call(origin))?;
    let Some(credentials) = &client.credentials else {
        return Ok(client);
    };
    let way = match by_header {
        true => AuthMethod::Basic,
        false => AuthMethod::Post,
    };
    if !secrets.iter().any(|each| credentials.secret.is(each)) {
        return Err(refused("Unauthorized"));
    }
    match credentials.method {
        Some(method) if method != way => {
            let name = method.as_str();
            let text = format!("This application sends its secret by {name}.");
            Err(refused(&text))
        }
        _ => Ok(client),
    }
}

/// Id and secret of the header, if there is one. Both are encoded as in a form,
/// which many applications do not do: their secret counts as it is, too.
fn basic(headers: &HeaderMap) -> Result<Option<(String, Vec<String>)>, Refusal<OAuth>> {
    let Some(value) = headers.get(AUTHORIZATION) else {
        return Ok(None);
    };
    let read = || {
        let (scheme, encoded) = value.to_str().ok()?.split_once(' ')?;
        let is_basic = scheme.eq_ignore_ascii_case("basic");
        let bytes = BASE64.decode(encoded.trim().as_bytes()).ok()?;
        let text = String::from_utf8(bytes).ok().filter(|_| is_basic)?;
        let (id, secret) = text.split_once(':')?;
        Some((decoded(id), vec![decoded(secret), secret.to_owned()]))
    };
    let text = "The header Authorization is not of the scheme Basic.";
    let malformed = || invalid_client(text, true);
    read().map(Some).ok_or_else(malformed)
}

fn decoded(text: &str) -> String {
    let whole = ["=", &text.replace('&', "%26")].concat();
    let mut pairs = form_urlencoded::parse(whole.as_bytes());
    let value = pairs.next().map(|(_, value)| value.into_owned());
    value.unwrap_or_default()
}

/// Who came by the header is told how to come again. Whoever did not is not:
/// clients that find a challenge do not read the body.
fn invalid_client(text: &str, by_header: bool) -> Refusal<OAuth> {
    let refusal = Refusal::from(ApiError::new(401, "invalid_client", text));
    let challenge = HeaderValue::from_static("Basic realm=\"oauth\"");
    match by_header {
        true => refusal.with(WWW_AUTHENTICATE, challenge),
        false => refusal,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::header::AUTHORIZATION;
    use axum::http::{HeaderMap, HeaderValue};
    use data_encoding::BASE64;

    use super::basic;

    #[test]
    fn a_secret_is_read_as_it_was_encoded_and_as_it_is() {
        let read = |text: &str| {
            let value = ["basic ", &BASE64.encode(text.as_bytes())].concat();
            let value = HeaderValue::from_str(&value).unwrap();
            basic(&HeaderMap::from_iter([(AUTHORIZATION, value)])).ok()
        };
        let found = read("a%3Ab:c%2B&%26").flatten().unwrap();
        assert_eq!(found.0, "a:b");
        assert_eq!(found.1, ["c+&&", "c%2B&%26"]);
        assert!(read("nothing").is_none());
        let bearer = HeaderMap::from_iter([(AUTHORIZATION, HeaderValue::from_static("Bearer x"))]);
        assert!(basic(&bearer).is_err());
        assert!(matches!(basic(&HeaderMap::new()), Ok(None)));
    }
}
