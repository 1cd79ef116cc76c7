//! How a change is merged into `user_metadata`.

use latchlet_core::{Object, Value};

/// Auth0's rules: keys at the root are merged and nested objects replaced, a
/// key with `null` is deleted, and an empty object clears everything.
pub(crate) fn merge(metadata: &mut Object, change: &Object) {
    if change.is_empty() {
        *metadata = Object::new();
        return;
    }
    for (key, value) in change.iter() {
        match value {
            Value::Null => {
                metadata.remove(key);
            }
            value => {
                metadata.insert(key, value.clone());
            }
        }
    }
}
