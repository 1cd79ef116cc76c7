//! The smallest box that still shows what a dependency costs: an input and a
//! text bound to one signal, and what one cargo feature adds to it.

use wasm_bindgen::prelude::wasm_bindgen;

#[cfg(feature = "leptos")]
mod added;
#[cfg(feature = "leptos")]
mod by_leptos;
#[cfg(feature = "signals")]
mod by_signals;
#[cfg(feature = "json-walk")]
mod walk;

#[wasm_bindgen(start)]
fn start() {
    #[cfg(feature = "leptos")]
    leptos::mount::mount_to_body(by_leptos::Form);
    #[cfg(feature = "signals")]
    let _ = by_signals::mount_to_body();
}
