//! Session storage: gone with the tab, and never the place of a secret that
//! outlives a login.

use web_sys::Storage;

/// Keeps a text.
pub fn set(key: &str, text: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(key, text);
    }
}

/// Takes a text out: it is read once.
pub fn take(key: &str) -> Option<String> {
    let storage = storage()?;
    let text = storage.get_item(key).ok()??;
    let _ = storage.remove_item(key);
    Some(text)
}

/// `None` where the browser forbids storage to the page.
fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}
