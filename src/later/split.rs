//! Where `cargo xtask dist` cuts the module in two.
//!
//! The names are those that wasm-split goes by: it puts a function, and all
//! that nothing else leads to, into the module between the two `00`, and gives
//! that the script by which it is loaded.

use std::cell::Cell;
use std::ffi::c_void;
use std::rc::Rc;

use crate::browser::gate::Gate;

use super::{Later, TABLE};

thread_local! {
    static HERE: Cell<Option<&'static Later>> = const { Cell::new(None) };
}

/// What waits for the module.
#[derive(Default)]
struct Call {
    is_over: Gate,
    came: Cell<bool>,
}

#[link(wasm_import_module = "__wasm_split_placeholder__")]
#[expect(
    unsafe_code,
    improper_ctypes,
    reason = "functions of another module, of the same compiler"
)]
unsafe extern "C" {
    /// Loads the module, and calls back with `data` and whether it came.
    fn __wasm_split_load_later(call_back: extern "C" fn(*const c_void, bool), data: *const c_void);
    /// The function below, by the way of the other module.
    fn __wasm_split_00later00_import_00000000000000000000000000000000_table() -> &'static Later;
}

#[expect(unsafe_code, reason = "the name is one that wasm-split goes by")]
#[unsafe(no_mangle)]
extern "C" fn __wasm_split_00later00_export_00000000000000000000000000000000_table()
-> &'static Later {
    static THERE: Later = TABLE;
    &THERE
}

/// The module, if it is here.
pub fn get() -> Option<&'static Later> {
    HERE.get()
}

/// The module, once it is here. A second attempt may succeed where the first
/// one failed.
#[expect(unsafe_code, reason = "a call of another module")]
pub async fn load() -> Option<&'static Later> {
    if get().is_none() {
        let call = Rc::new(Call::default());
        // SAFETY: `over` takes back what is given away here, and is called once.
        unsafe { __wasm_split_load_later(over, Rc::into_raw(call.clone()).cast()) };
        call.is_over.opened().await;
        if call.came.get() {
            // SAFETY: the module is here, and its function is the one above.
            HERE.set(Some(unsafe {
                __wasm_split_00later00_import_00000000000000000000000000000000_table()
            }));
        }
    }
    get()
}

#[expect(unsafe_code, reason = "it comes from `load`")]
extern "C" fn over(data: *const c_void, came: bool) {
    // SAFETY: see `load`.
    let call = unsafe { Rc::from_raw(data.cast::<Call>()) };
    call.came.set(came);
    call.is_over.open();
}
