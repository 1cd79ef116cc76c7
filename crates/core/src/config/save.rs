//! `save` of `progressiveProfile`: where the answers go.

use crate::value::Value;

use super::problem::Code;
use super::progressive::Save;
use super::read::Reader;
use super::spec::{CREDENTIALS, ENDPOINT, SAVES};

/// Reads where the answers go.
pub(super) fn read_save(reader: &mut Reader<'_>) -> Save {
    match reader.get("save") {
        None => Save::default(),
        Some(Value::Function(function)) => Save::Function(*function),
        Some(Value::Object(_)) => read_endpoint(reader).unwrap_or_default(),
        Some(Value::Text(text)) => match text.as_str() {
            "auth0" => Save::Auth0,
            "latchlet" => Save::Latchlet,
            "continue" => Save::Continue,
            other => {
                reader.one_of("save", other, &SAVES);
                Save::default()
            }
        },
        Some(_) => {
            let message = "give `auth0`, `latchlet` or `continue`, an object with a `url`, or a \
                           function";
            reader.problem("save", Code::WrongType, message);
            Save::default()
        }
    }
}

fn read_endpoint(reader: &mut Reader<'_>) -> Option<Save> {
    let mut reader = reader.object("save")?;
    reader.allow(ENDPOINT.names);
    let url = reader.required_text("url");
    if let Some(url) = &url {
        reader.address("url", url);
    }
    let cookie = match reader.text("credentials").as_deref() {
        None | Some("bearer") => false,
        Some("cookie") => true,
        Some(other) => {
            reader.one_of("credentials", other, &CREDENTIALS);
            false
        }
    };
    Some(Save::Endpoint {
        idempotent: reader.bool("idempotencyKey").unwrap_or(false),
        url: url?,
        cookie,
    })
}
