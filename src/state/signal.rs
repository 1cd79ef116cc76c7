//! A signal: a value that views follow.
//!
//! The value lives in an `Rc`; who follows it is known to a trigger of Leptos'
//! reactive system, which is the same code for every type of value. Leptos'
//! own signals are safe across threads, which a browser has none of, and are
//! compiled again for each type: that cost 4 KB of brotli more.

use std::cell::RefCell;
use std::rc::Rc;

use reactive_graph::prelude::*;
use reactive_graph::signal::ArcTrigger;

/// A value that views follow.
pub struct Signal<T> {
    value: Rc<RefCell<T>>,
    trigger: ArcTrigger,
}

impl<T> Clone for Signal<T> {
    fn clone(&self) -> Self {
        Self {
            value: self.value.clone(),
            trigger: self.trigger.clone(),
        }
    }
}

impl<T> Signal<T> {
    /// A signal with a value.
    pub fn new(value: T) -> Self {
        Self {
            value: Rc::new(RefCell::new(value)),
            trigger: ArcTrigger::new(),
        }
    }

    /// Reads the value; the view that does so is drawn again when it changes.
    pub fn with<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        self.trigger.track();
        self.peek(read)
    }

    /// Reads the value once.
    pub fn peek<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.value.borrow())
    }

    /// Changes the value.
    pub fn set(&self, value: T) {
        self.replace(value);
        self.trigger.notify();
    }

    /// Changes the value without telling the views, and returns the old one.
    pub fn replace(&self, value: T) -> T {
        self.value.replace(value)
    }
}

impl<T: Clone> Signal<T> {
    /// The value; the view that asks is drawn again when it changes.
    pub fn get(&self) -> T {
        self.with(T::clone)
    }

    /// The value once.
    pub fn get_once(&self) -> T {
        self.peek(T::clone)
    }
}
