//! Thin edges to the browser. With `embed`, the only place that knows
//! `JsValue` and web-sys.

pub mod adopt;
mod boxed;
pub mod channel;
#[cfg(feature = "embed")]
pub mod check;
pub mod crypto;
pub mod element;
pub mod functions;
pub mod gate;
pub mod history;
pub mod http;
mod listener;
mod node;
pub mod page;
pub mod press;
mod shadow;
pub mod silent;
pub mod storage;
pub mod style;
pub mod task;
pub mod vault;

pub use latchlet_js as json;
