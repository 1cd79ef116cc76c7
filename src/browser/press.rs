//! Waiting for the end of a press.
//!
//! A press on a button takes the focus from a field first. If the field then
//! showed its error, everything below it would move, and the release would
//! miss the button: a click that never happens.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use reactive_graph::owner::StoredValue;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::Window;

use super::element::Element;

/// Whether a pointer is down in a box, and what waits for its release.
#[derive(Default)]
pub struct Press {
    down: Cell<bool>,
    waiting: RefCell<Vec<Box<dyn FnOnce()>>>,
}

impl Press {
    /// Follows the presses that start in an element, wherever they end.
    pub fn watch(self: &Rc<Self>, element: Element) -> Element {
        for event in ["pointerup", "pointercancel"] {
            on_window(event, self.clone());
        }
        let press = self.clone();
        element.on("pointerdown", move |_| press.down.set(true))
    }

    /// Runs now or, while a pointer is down, after the click that it becomes.
    pub fn after(&self, run: Box<dyn FnOnce()>) {
        match self.down.get() {
            true => self.waiting.borrow_mut().push(run),
            false => run(),
        }
    }

    fn release(&self) {
        self.down.set(false);
        for run in self.waiting.take() {
            run();
        }
    }
}

/// Listens on the window for as long as the current owner lives.
fn on_window(event: &'static str, press: Rc<Press>) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let timer = window.clone();
    let listener = Closure::<dyn FnMut()>::new(move || {
        let press = press.clone();
        // The click comes after the release, and before any timer.
        let release = Closure::once_into_js(move || press.release());
        let _ = timer.set_timeout_with_callback(release.unchecked_ref());
    });
    let _ = window.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
    StoredValue::new_local(Listener {
        window,
        event,
        listener,
    });
}

/// A listener on the window, which outlives every element.
struct Listener {
    window: Window,
    event: &'static str,
    listener: Closure<dyn FnMut()>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function = self.listener.as_ref().unchecked_ref();
        let _ = self
            .window
            .remove_event_listener_with_callback(self.event, function);
    }
}
