//! Golden JSON, in which `{ "$function": 7 }` is a function.

use latchlet_core::value::Function;
use latchlet_core::{Object, Value};

pub fn read(json: &str) -> Value {
    functions(serde_json::from_str(json).unwrap())
}

fn functions(value: Value) -> Value {
    match value {
        Value::List(items) => Value::List(items.into_iter().map(functions).collect()),
        Value::Object(object) => match object.get("$function").and_then(Value::as_number) {
            Some(number) => Value::Function(Function(number as u32)),
            None => {
                let entries = object.iter();
                let entries = entries.map(|(key, value)| (key, functions(value.clone())));
                Value::Object(entries.collect::<Object>())
            }
        },
        value => value,
    }
}
