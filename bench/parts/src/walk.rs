//! The config read as the widget does it: JSON by the browser, then a walk
//! over core's value tree, with every problem collected.

use js_sys::{Array, Object as JsObject};
use latchlet_core::{Object, Value};
use wasm_bindgen::{JsCast, JsValue};

pub fn summary(text: &str) -> String {
    let tree = js_sys::JSON::parse(text)
        .map(|value| read(&value))
        .unwrap_or_default();
    let mut problems = Vec::new();
    let mut summary = String::new();
    let Some(config) = tree.as_object() else {
        return "config is not an object".to_owned();
    };
    summary.push_str(wanted(config, "clientId", &mut problems));
    let remember = config
        .get("remember")
        .and_then(Value::as_bool)
        .unwrap_or_default();
    summary.push_str(if remember { "+" } else { "-" });
    for field in config
        .get("fields")
        .and_then(Value::as_list)
        .unwrap_or_default()
    {
        let Some(field) = field.as_object() else {
            continue;
        };
        let name = wanted(field, "name", &mut problems);
        match wanted(field, "type", &mut problems) {
            "text" => {
                summary.push_str(name);
                summary.push_str(field.text("placeholder").unwrap_or_default());
            }
            "select" => {
                summary.push_str(name);
                for choice in field
                    .get("options")
                    .and_then(Value::as_list)
                    .unwrap_or_default()
                {
                    let Some(choice) = choice.as_object() else {
                        continue;
                    };
                    summary.push_str(wanted(choice, "value", &mut problems));
                    summary.push_str(wanted(choice, "label", &mut problems));
                }
            }
            "checkbox" => {
                let required = field
                    .get("required")
                    .and_then(Value::as_bool)
                    .unwrap_or_default();
                summary.push_str(if required { name } else { "" });
            }
            other => problems.push(["type cannot be ", other].concat()),
        }
        let known = ["name", "type", "placeholder", "options", "required"];
        for (key, _) in field.iter().filter(|(key, _)| !known.contains(key)) {
            problems.push(["unknown key ", key].concat());
        }
    }
    if problems.is_empty() {
        summary
    } else {
        problems.join("\n")
    }
}

fn wanted<'tree>(object: &'tree Object, key: &str, problems: &mut Vec<String>) -> &'tree str {
    object.text(key).unwrap_or_else(|| {
        problems.push([key, " is missing"].concat());
        ""
    })
}

fn read(value: &JsValue) -> Value {
    if let Some(bool) = value.as_bool() {
        return Value::Bool(bool);
    }
    if let Some(number) = value.as_f64() {
        return Value::Number(number);
    }
    if let Some(text) = value.as_string() {
        return Value::Text(text);
    }
    if Array::is_array(value) {
        return Value::List(Array::from(value).iter().map(|item| read(&item)).collect());
    }
    if !value.is_object() {
        return Value::Null;
    }
    let mut object = Object::new();
    for entry in JsObject::entries(value.unchecked_ref()).iter() {
        let entry: Array = entry.unchecked_into();
        object.insert(
            entry.get(0).as_string().unwrap_or_default(),
            read(&entry.get(1)),
        );
    }
    Value::Object(object)
}
