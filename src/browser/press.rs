//! Waiting for the end of a press.
//!
//! A press on a button takes the focus from a field first. If the field then
//! showed its error, everything below it would move, and the release would
//! miss the button: a click that never happens.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::element::Element;
use super::listener::listen;
use super::page;

/// Whether a pointer is down in a box, and what waits for its release.
#[derive(Default)]
pub struct Press {
    down: Cell<bool>,
    waiting: RefCell<Vec<Box<dyn FnOnce()>>>,
}

impl Press {
    /// Follows the presses that start in an element, wherever they end.
    pub fn watch(self: &Rc<Self>, element: Element) -> Element {
        if let Some(window) = web_sys::window() {
            for event in ["pointerup", "pointercancel"] {
                let press = self.clone();
                // The click comes after the release, and before any timer.
                let release = move |_| {
                    let press = press.clone();
                    page::soon(move || press.release());
                };
                listen(&window, event, Box::new(release));
            }
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
