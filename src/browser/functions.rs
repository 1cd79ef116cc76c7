//! Functions of the page, called the way each of them likes it: with a value
//! back, a promise, or a callback.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;

use js_sys::{Array, Error, Function as JsFunction, Promise, Reflect};
use latchlet_core::Value;
use latchlet_core::value::Function;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

use super::{json, page};

/// How long a function may take, in milliseconds.
pub const TIME_LIMIT: i32 = 6_000;

/// The functions that came with the options, by their numbers.
#[derive(Clone, Default)]
pub struct Functions(Rc<Vec<JsFunction>>);

/// Why a function of the page gave nothing.
#[derive(Clone, Debug)]
pub enum NoResult {
    /// It threw or rejected with this.
    Threw {
        /// The `code` of what it threw.
        code: String,
        /// Its `description`, or its message.
        text: String,
    },
    /// Nothing came within the time limit.
    TookTooLong,
}

/// What a function gave.
pub enum Returned {
    /// It is there.
    Now(Result<Value, NoResult>),
    /// It will be.
    Later(Later),
}

/// A result to come. Whoever drops it, or calls it off, tells the function by
/// its signal.
pub struct Later {
    result: Pin<Box<dyn Future<Output = Result<Value, NoResult>>>>,
    abort: Option<AbortController>,
}

impl IntoFuture for Later {
    type Output = Result<Value, NoResult>;
    type IntoFuture = Pin<Box<dyn Future<Output = Result<Value, NoResult>>>>;

    fn into_future(self) -> Self::IntoFuture {
        self.result
    }
}

impl Later {
    /// What calls it off, while somebody waits for it.
    pub fn off(&self) -> Off {
        Off(self.abort.clone())
    }
}

/// Calls a function off, when it goes at the latest.
pub struct Off(Option<AbortController>);

impl Off {
    /// There is nothing to call off any more.
    pub fn forget(mut self) {
        self.0.take();
    }
}

impl Drop for Off {
    fn drop(&mut self) {
        if let Some(abort) = &self.0 {
            abort.abort();
        }
    }
}

impl Functions {
    /// Keeps functions by their numbers.
    pub fn new(functions: Vec<JsFunction>) -> Self {
        Self(Rc::new(functions))
    }

    /// Calls a function with some values, a callback and an `AbortSignal`.
    ///
    /// A promise is waited for. So is the callback, `callback(error, result)`
    /// or `callback(result)`, if the function takes one and returns nothing.
    pub fn call(&self, function: Function, values: &[Value]) -> Returned {
        let Some(function) = self.0.get(function.0 as usize) else {
            return Returned::Now(Ok(Value::Null));
        };
        let takes_callback = function.length() as usize > values.len();
        let arguments: Array = values.iter().map(json::to_js).collect();
        let abort = AbortController::new().ok();
        let mut settle = None;
        let promise = Promise::new(&mut |resolve, reject| settle = Some((resolve, reject)));
        let Some((resolve, reject)) = settle else {
            return Returned::Now(Err(NoResult::TookTooLong));
        };
        let callback = Closure::once_into_js(move |first: JsValue, second: JsValue| {
            let (settle, with) = match (first.is_truthy(), second.is_undefined()) {
                (true, true) if !is_error(&first) => (resolve, first),
                (true, _) => (reject, first),
                // `callback(false)` is an answer, too.
                (false, true) => (resolve, first),
                (false, false) => (resolve, second),
            };
            let _ = settle.call1(&JsValue::NULL, &with);
        });
        arguments.push(&callback);
        if let Some(abort) = &abort {
            arguments.push(&abort.signal());
        }
        match function.apply(&JsValue::UNDEFINED, &arguments) {
            Err(thrown) => Returned::Now(Err(threw(&thrown))),
            Ok(result) if is_thenable(&result) => {
                let returned = Promise::resolve(&result);
                let callback = takes_callback.then_some(promise);
                Returned::Later(wait(returned, callback, abort))
            }
            // An arrow without braces returns what nobody meant: a timer's id.
            Ok(result)
                if takes_callback && (result.is_undefined() || result.as_f64().is_some()) =>
            {
                Returned::Later(wait(promise, None, abort))
            }
            Ok(result) => Returned::Now(Ok(json::from_js(&result).value)),
        }
    }
}

/// Waits for a promise and, where there is one, a callback: the first of them
/// that says something.
fn wait(promise: Promise, callback: Option<Promise>, abort: Option<AbortController>) -> Later {
    // A rejection that nobody waits for any more is no error of the page.
    let _ = Promise::all_settled(&Array::of1(&promise));
    let off = Off(abort.clone());
    let result = Box::pin(async move {
        let mut first = promise;
        if let Some(callback) = &callback {
            first = Promise::race(&Array::of2(callback, &first));
        }
        let mut settled = within(TIME_LIMIT, first).await;
        // `options: (cb) => fetch(…).then((it) => cb(null, it))`
        if let (Some(Ok(value)), Some(callback)) = (&settled, callback)
            && value.is_undefined()
        {
            settled = within(TIME_LIMIT, callback).await;
        }
        if settled.is_some() {
            off.forget();
        }
        match settled {
            None => Err(NoResult::TookTooLong),
            Some(Ok(value)) => Ok(json::from_js(&value).value),
            Some(Err(thrown)) => Err(threw(&thrown)),
        }
    });
    Later { result, abort }
}

/// What a promise comes to within a time; `None` if it does not.
pub async fn within(milliseconds: i32, promise: Promise) -> Option<Result<JsValue, JsValue>> {
    let late = Rc::new(RefCell::new(false));
    let flag = late.clone();
    let timer = Promise::new(&mut |resolve, _| {
        let flag = flag.clone();
        page::after(milliseconds, move || {
            flag.replace(true);
            let _ = resolve.call0(&JsValue::NULL);
        });
    });
    let result = JsFuture::from(Promise::race(&Array::of2(&promise, &timer))).await;
    let is_late = *late.borrow();
    (!is_late).then_some(result)
}

fn is_thenable(value: &JsValue) -> bool {
    value.is_object() && Reflect::get(value, &"then".into()).is_ok_and(|then| then.is_function())
}

fn is_error(value: &JsValue) -> bool {
    value.is_instance_of::<Error>() || value.is_string()
}

fn threw(thrown: &JsValue) -> NoResult {
    let part = |name| json::text_property(thrown, name);
    let text = part("description").or_else(|| part("message"));
    NoResult::Threw {
        code: part("code").unwrap_or_default(),
        text: text.or(thrown.as_string()).unwrap_or_default(),
    }
}
