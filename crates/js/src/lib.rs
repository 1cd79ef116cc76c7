//! JSON and JavaScript values to and from core's value tree.
//!
//! Objects are read and made by their entries, so that a key such as
//! `__proto__` is a key like any other.

#[cfg(feature = "diagnostics")]
mod problems;

use js_sys::{Array, Function as JsFunction, JSON, Object as JsObject, Reflect};
use latchlet_core::config::Place;
use latchlet_core::gather::Gather;
use latchlet_core::value::Function;
use latchlet_core::{Object, Value};
use wasm_bindgen::{JsCast, JsValue};

#[cfg(feature = "diagnostics")]
pub use problems::problems;

/// Deeper than any config or reply is; a cycle ends here too.
const MAX_DEPTH: u32 = 32;

/// What was read of a JavaScript value.
#[derive(Default)]
pub struct Read {
    /// The value.
    pub value: Value,
    /// The functions in it, by their numbers.
    pub functions: Vec<JsFunction>,
    /// Where something stood that a value tree does not have, such as a symbol.
    /// `null` stands there instead.
    pub not_plain: Vec<Place>,
}

/// Reads JSON.
pub fn parse(text: &str) -> Option<Value> {
    Some(from_js(&JSON::parse(text).ok()?).value)
}

/// Writes JSON.
pub fn stringify(value: &Value) -> String {
    JSON::stringify(&to_js(value))
        .map(String::from)
        .unwrap_or_default()
}

/// Reads a JavaScript value.
pub fn from_js(value: &JsValue) -> Read {
    let mut all = Read::default();
    all.value = read(value, &Place::default(), MAX_DEPTH, &mut all);
    all
}

fn read(value: &JsValue, place: &Place, depth: u32, all: &mut Read) -> Value {
    if value.is_null() || value.is_undefined() {
        return Value::Null;
    }
    if let Some(bool) = value.as_bool() {
        return Value::Bool(bool);
    }
    if let Some(number) = value.as_f64() {
        return Value::Number(number);
    }
    if let Some(text) = value.as_string() {
        return Value::Text(text);
    }
    if let Some(function) = value.dyn_ref::<JsFunction>() {
        all.functions.push(function.clone());
        return Value::Function(Function(all.functions.len() as u32 - 1));
    }
    if depth == 0 || !value.is_object() {
        all.not_plain.push(place.clone());
        return Value::Null;
    }
    if Array::is_array(value) {
        let array = Array::from(value);
        return Value::List(
            array
                .iter()
                .enumerate()
                .map(|(index, item)| read(&item, &place.item(index), depth - 1, all))
                .gather(),
        );
    }
    let mut object = Object::new();
    for entry in JsObject::entries(value.unchecked_ref()).iter() {
        let entry: Array = entry.unchecked_into();
        let key = entry.get(0).as_string().unwrap_or_default();
        let value = read(&entry.get(1), &place.option(&key), depth - 1, all);
        object.insert(key, value);
    }
    Value::Object(object)
}

/// Makes a JavaScript value.
pub fn to_js(value: &Value) -> JsValue {
    match value {
        Value::Null | Value::Function(_) => JsValue::NULL,
        Value::Bool(bool) => JsValue::from_bool(*bool),
        Value::Number(number) => JsValue::from_f64(*number),
        Value::Text(text) => JsValue::from_str(text),
        Value::List(items) => items.iter().map(to_js).collect::<Array>().into(),
        Value::Object(object) => {
            let entries: Array = object
                .iter()
                .map(|(key, value)| Array::of2(&JsValue::from_str(key), &to_js(value)))
                .collect();
            JsObject::from_entries(&entries)
                .map(JsValue::from)
                .unwrap_or(JsValue::NULL)
        }
    }
}

/// One property of an object, as text.
pub fn text_property(object: &JsValue, name: &str) -> Option<String> {
    Reflect::get(object, &JsValue::from_str(name))
        .ok()?
        .as_string()
}
