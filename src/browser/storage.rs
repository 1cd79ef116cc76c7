//! Session storage: gone with the tab, and never the place of a secret that
//! outlives a login. What lasts longer says nothing about anybody.

use web_sys::Storage;

/// Keeps a text. Whether the browser lets the page do so.
pub fn set(key: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, text).is_ok())
}

/// A text that was kept.
pub fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Forgets a text.
pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

/// `None` where the browser forbids storage to the page.
fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// Keeps a text beyond the tab.
pub fn set_lasting(key: &str, text: &str) {
    if let Some(storage) = lasting_storage() {
        let _ = storage.set_item(key, text);
    }
}

/// A text that was kept beyond the tab.
pub fn lasting(key: &str) -> Option<String> {
    lasting_storage()?.get_item(key).ok()?
}

fn lasting_storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
