//! A hidden frame that asks the auth backend something and hears its answer
//! (`response_mode=web_message`). Where a browser blocks the cookies of frames,
//! the answer is that nobody is logged in.

use std::rc::Rc;

use js_sys::Promise;
use latchlet_core::Value;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlIFrameElement, MessageEvent};

use super::{functions, json};

/// Opens an address in a frame. The `response` of the message that its origin
/// sends; `None` if none comes in time.
pub async fn ask(url: &str, origin: &str) -> Option<Value> {
    let window = web_sys::window()?;
    let document = window.document()?;
    let frame: HtmlIFrameElement = document.create_element("iframe").ok()?.unchecked_into();
    frame.set_attribute("hidden", "").ok()?;
    frame.set_attribute("aria-hidden", "true").ok()?;
    frame.set_attribute("title", "").ok()?;
    frame.set_src(url);
    let (source, origin) = (frame.clone(), origin.to_owned());
    let mut settle = None;
    let promise = Promise::new(&mut |resolve, _| settle = Some(resolve));
    let resolve = Rc::new(settle?);
    let heard: Closure<dyn Fn(MessageEvent)> = Closure::new(move |event: MessageEvent| {
        let frame = source.content_window().map(JsValue::from);
        let from_frame = frame.is_some() && frame == event.source().map(JsValue::from);
        let kind = json::text_property(&event.data(), "type");
        if from_frame
            && event.origin() == origin
            && kind.as_deref() == Some("authorization_response")
        {
            let response = js_sys::Reflect::get(&event.data(), &"response".into());
            let _ = resolve.call1(&JsValue::NULL, &response.unwrap_or(JsValue::NULL));
        }
    });
    let listener = heard.as_ref().unchecked_ref();
    window
        .add_event_listener_with_callback("message", listener)
        .ok()?;
    document.body()?.append_child(&frame).ok()?;
    let answer = functions::within(functions::TIME_LIMIT, promise).await;
    let _ = window.remove_event_listener_with_callback("message", listener);
    frame.remove();
    Some(json::from_js(&answer?.ok()?).value)
}
