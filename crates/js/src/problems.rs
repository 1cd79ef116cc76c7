//! What is wrong with the options of a box.

use latchlet_core::Config;
use latchlet_core::config::{Code, Problem};
use wasm_bindgen::JsValue;

use crate::from_js;

/// Reads the options. What cannot be in a config, such as a symbol, is one
/// problem among the others, unless something else is said of it already.
pub fn problems(options: &JsValue) -> Vec<Problem> {
    let read = from_js(options);
    let mut problems = Config::read(&read.value).err().unwrap_or_default();
    for place in read.not_plain {
        // In the tree it is `null`, which is the same as nothing.
        let is_here = |other: &Problem| other.path == place.as_str();
        problems.retain(|other| !is_here(other) || other.code != Code::Missing);
        if !problems.iter().any(is_here) {
            let message = "this is no value that an option can have";
            problems.push(Problem::new(place, Code::WrongType, &[message]));
        }
    }
    problems
}
