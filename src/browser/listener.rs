//! A listener that lasts as long as its owner, and not a moment longer.

use reactive_graph::owner::StoredValue;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

use super::boxed::Hear;

/// Listens until the current reactive owner is cleaned up.
pub fn listen(target: &EventTarget, event: &'static str, mut handler: Box<dyn Hear<Event>>) {
    let closure = Closure::<dyn FnMut(Event)>::new(move |event| handler.hear(event));
    let function = closure.as_ref().unchecked_ref();
    let _ = target.add_event_listener_with_callback(event, function);
    StoredValue::new_local(Listener {
        target: target.clone(),
        event,
        closure,
    });
}

struct Listener {
    target: EventTarget,
    event: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Drop for Listener {
    /// The target may live on, or tell of its own end: a browser blurs a
    /// control that it takes out of the page.
    fn drop(&mut self) {
        let function = self.closure.as_ref().unchecked_ref();
        let _ = self
            .target
            .remove_event_listener_with_callback(self.event, function);
    }
}
