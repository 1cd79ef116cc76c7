//! Closures in boxes, where bytes count.
//!
//! A `Box<dyn Fn()>` comes with three ways to be called, each compiled again
//! for each closure; these come with one.

/// What is worked out whenever it is asked for: `dyn Fn() -> T`.
pub trait Live<T> {
    /// What it is.
    fn now(&self) -> T;
}

impl<T, F: Fn() -> T> Live<T> for F {
    fn now(&self) -> T {
        self()
    }
}

/// What hears of events: `dyn FnMut(E)`.
pub trait Hear<E> {
    /// An event.
    fn hear(&mut self, event: E);
}

impl<E, F: FnMut(E)> Hear<E> for F {
    fn hear(&mut self, event: E) {
        self(event);
    }
}
