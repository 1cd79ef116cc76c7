//! Work that goes on beside the page.

use std::pin::Pin;

/// Starts a task.
///
/// Boxed: the runner of tasks is compiled again for every type of future, at
/// half a kilobyte each.
pub fn start(task: impl Future<Output = ()> + 'static) {
    let task: Pin<Box<dyn Future<Output = ()>>> = Box::pin(task);
    wasm_bindgen_futures::spawn_local(task);
}
