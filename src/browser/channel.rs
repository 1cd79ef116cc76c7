//! Telling the other tabs of the same website something.

use reactive_graph::owner::StoredValue;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use super::listener::listen;

/// Tells every other tab that hears the channel.
pub fn tell(name: &str, text: &str) {
    if let Ok(channel) = BroadcastChannel::new(name) {
        let _ = channel.post_message(&JsValue::from_str(text));
        channel.close();
    }
}

/// Hears what other tabs tell, until the current owner is cleaned up.
pub fn hear(name: &str, on_text: impl Fn(String) + 'static) {
    let Ok(channel) = BroadcastChannel::new(name) else {
        return;
    };
    let heard = move |event: web_sys::Event| {
        let event: &MessageEvent = event.unchecked_ref();
        if let Some(text) = event.data().as_string() {
            on_text(text);
        }
    };
    listen(&channel, "message", Box::new(heard));
    StoredValue::new_local(Open(channel));
}

/// A channel that closes with its owner.
struct Open(BroadcastChannel);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.close();
    }
}
