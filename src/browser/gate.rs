//! Something that many may wait for and that happens once.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function as JsFunction, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::page;

/// Something that happens once.
pub struct Gate {
    promise: Promise,
    open: Option<JsFunction>,
}

impl Default for Gate {
    fn default() -> Self {
        let mut open = None;
        let promise = Promise::new(&mut |resolve, _| open = Some(resolve));
        Self { promise, open }
    }
}

impl Gate {
    /// It has happened.
    pub fn open(&self) {
        if let Some(open) = &self.open {
            let _ = open.call0(&JsValue::NULL);
        }
    }

    /// Waits until it happens.
    pub async fn opened(&self) {
        let _ = JsFuture::from(self.promise.clone()).await;
    }
}

/// Waits some milliseconds.
pub async fn pause(milliseconds: i32) {
    let gate = Rc::new(Gate::default());
    let later = gate.clone();
    page::after(milliseconds, move || later.open());
    gate.opened().await;
}

/// One at a time, in the order in which they came.
#[derive(Default)]
pub struct Turn(RefCell<Option<Rc<Gate>>>);

/// Somebody's turn. It ends when this goes.
pub struct Held<'a>(&'a Turn);

impl Turn {
    /// Waits for one's turn.
    pub async fn take(&self) -> Held<'_> {
        loop {
            let before = self.0.borrow().clone();
            match before {
                Some(before) => before.opened().await,
                None => {
                    self.0.replace(Some(Rc::default()));
                    return Held(self);
                }
            }
        }
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        if let Some(gate) = self.0.0.take() {
            gate.open();
        }
    }
}
