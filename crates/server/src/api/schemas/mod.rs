//! The bodies of requests and replies. What stands in none of them is not sent,
//! except where an object is open.

mod errors;
mod sign_in;
#[cfg(test)]
mod tests;
mod users;

use serde_json::{Map, Value, json};

/// All of them, by name.
pub fn all() -> Value {
    let all = errors::all().into_iter();
    let all = all.chain(sign_in::all()).chain(users::all());
    let mut all: Map<String, Value> = all.map(|(name, it)| (name.to_owned(), it)).collect();
    all.insert("Anything".to_owned(), json!({}));
    all.into()
}

/// Schemas by their names.
type Named<const N: usize> = [(&'static str, Value); N];

fn text() -> Value {
    json!({ "type": "string" })
}

fn flag() -> Value {
    json!({ "type": "boolean" })
}

fn number() -> Value {
    json!({ "type": "integer" })
}

fn texts() -> Value {
    list(text())
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

/// An object with any properties.
fn open() -> Value {
    json!({ "type": "object" })
}

/// An object with these properties alone, of which some must be there.
fn closed(properties: Value, required: &[&str]) -> Value {
    json!({
        "type": "object", "properties": properties, "required": required,
        "additionalProperties": false,
    })
}

/// Another schema.
fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}
