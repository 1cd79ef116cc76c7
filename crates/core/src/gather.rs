//! `collect`, where bytes count.

/// Iterators whose items are put into a list.
pub trait Gather: Iterator + Sized {
    /// What `collect` gives. That one is compiled again, three functions deep,
    /// for each closure on the way: in the widget, six kilobytes.
    fn gather(mut self) -> Vec<Self::Item> {
        gather(&mut || self.next())
    }
}

impl<I: Iterator> Gather for I {}

#[inline(never)]
fn gather<T>(next: &mut dyn FnMut() -> Option<T>) -> Vec<T> {
    let mut list = Vec::new();
    while let Some(item) = next() {
        list.push(item);
    }
    list
}
