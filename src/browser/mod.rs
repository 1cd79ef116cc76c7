//! Thin edges to the browser. With `embed`, the only place that knows
//! `JsValue` and web-sys.

pub mod crypto;
pub mod element;
pub mod functions;
pub mod history;
pub mod http;
pub mod json;
mod listener;
pub mod page;
pub mod press;
pub mod silent;
pub mod storage;
pub mod style;
pub mod task;
