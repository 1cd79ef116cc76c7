//! What is wrong with the options of a box: the module that the box loads
//! when it refuses them, and not before.

use js_sys::Array;
use latchlet_js::{problems, to_js};
use wasm_bindgen::prelude::*;

/// The problems of some options, each with `path`, `code`, `message` and,
/// where there is one, `suggestion`.
#[wasm_bindgen]
pub fn check(options: &JsValue) -> Array {
    problems(options)
        .iter()
        .map(|it| to_js(&it.into()))
        .collect()
}
