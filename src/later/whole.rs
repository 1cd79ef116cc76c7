//! A module that is not cut in two: a Leptos application, and tests.

use super::{Later, TABLE};

/// It is here.
pub fn get() -> Option<&'static Later> {
    static HERE: Later = TABLE;
    Some(&HERE)
}

/// It is here.
pub async fn load() -> Option<&'static Later> {
    get()
}
