//! What is wrong with options that a box has refused.
//!
//! The box itself only knows that something is (core's feature `diagnostics`);
//! `crates/check`, a module of its own, reads them again and says it. Beside
//! the Leptos face, which has that feature, the box does so itself.

use js_sys::Array;
use latchlet_core::{Object, Value};
use wasm_bindgen::JsValue;
#[cfg(not(feature = "leptos"))]
use wasm_bindgen::prelude::*;

use super::json;

#[cfg(not(feature = "leptos"))]
#[wasm_bindgen(module = "/src/browser/check.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = problems)]
    async fn check(options: &JsValue) -> Result<JsValue, JsValue>;
}

#[cfg(feature = "leptos")]
async fn check(options: &JsValue) -> Result<JsValue, JsValue> {
    let problems = json::problems(options);
    let problems: Array = problems.iter().map(|it| json::to_js(&it.into())).collect();
    Ok(problems.into())
}

/// The problems as the page gets them: a list of objects.
pub async fn problems(options: &JsValue) -> JsValue {
    match check(options).await {
        Ok(problems) => problems,
        Err(_) => Array::of1(&json::to_js(&not_loaded())).into(),
    }
}

fn not_loaded() -> Value {
    let message = "latchlet_check.js, which says what they are, could not be loaded: \
                   `latchlet check FILE` says it too";
    let told: Object = [("path", ""), ("code", "not_checked"), ("message", message)]
        .into_iter()
        .collect();
    told.into()
}
