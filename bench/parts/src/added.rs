//! What pressing the button does, by feature. Without one: copies the text.

use leptos::prelude::*;

/// The config that the parsing variants read: fields with names and options.
#[cfg(any(feature = "json", feature = "swb"))]
#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Config {
    client_id: String,
    #[serde(default)]
    remember: bool,
    fields: Vec<Field>,
}

#[cfg(any(feature = "json", feature = "swb"))]
#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase", tag = "type")]
enum Field {
    Text {
        name: String,
        placeholder: Option<String>,
    },
    Select {
        name: String,
        options: Vec<Choice>,
    },
    Checkbox {
        name: String,
        #[serde(default)]
        required: bool,
    },
}

#[cfg(any(feature = "json", feature = "swb"))]
#[derive(serde::Deserialize)]
struct Choice {
    value: String,
    label: String,
}

#[cfg(any(feature = "json", feature = "swb"))]
fn summary(config: Config) -> String {
    let mut text = config.client_id;
    text.push_str(if config.remember { "+" } else { "-" });
    for field in config.fields {
        match field {
            Field::Text { name, placeholder } => {
                text.push_str(&name);
                text.push_str(placeholder.as_deref().unwrap_or_default());
            }
            Field::Select { name, options } => {
                text.push_str(&name);
                for choice in options {
                    text.push_str(&choice.value);
                    text.push_str(&choice.label);
                }
            }
            Field::Checkbox { name, required } => {
                text.push_str(if required { &name } else { "" });
            }
        }
    }
    text
}

#[cfg(not(any(
    feature = "fetch",
    feature = "gloo",
    feature = "json",
    feature = "json-walk",
    feature = "regex",
    feature = "swb"
)))]
pub fn work(typed: String, result: RwSignal<String>) {
    result.set(typed);
}

#[cfg(feature = "fetch")]
pub fn work(typed: String, result: RwSignal<String>) {
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;

    async fn post(body: &str) -> Result<String, JsValue> {
        let init = web_sys::RequestInit::new();
        init.set_method("POST");
        init.set_body(&JsValue::from_str(body));
        let window = web_sys::window().ok_or(JsValue::NULL)?;
        let sent = window.fetch_with_str_and_init("/echo", &init);
        let response: web_sys::Response = JsFuture::from(sent).await?.unchecked_into();
        Ok(JsFuture::from(response.text()?)
            .await?
            .as_string()
            .unwrap_or_default())
    }

    leptos::task::spawn_local(async move {
        match post(&typed).await {
            Ok(text) => result.set(text),
            Err(error) => result.set(error.as_string().unwrap_or_default()),
        }
    });
}

#[cfg(feature = "gloo")]
pub fn work(typed: String, result: RwSignal<String>) {
    use gloo_net::http::Request;

    async fn post(body: String) -> Result<String, gloo_net::Error> {
        Request::post("/echo")
            .body(body)?
            .send()
            .await?
            .text()
            .await
    }

    leptos::task::spawn_local(async move {
        match post(typed).await {
            Ok(text) => result.set(text),
            Err(error) => result.set(error.to_string()),
        }
    });
}

#[cfg(feature = "json")]
pub fn work(typed: String, result: RwSignal<String>) {
    match serde_json::from_str::<Config>(&typed) {
        Ok(config) => result.set(summary(config)),
        Err(error) => result.set(error.to_string()),
    }
}

#[cfg(feature = "swb")]
pub fn work(typed: String, result: RwSignal<String>) {
    let parsed = js_sys::JSON::parse(&typed).unwrap_or_default();
    match serde_wasm_bindgen::from_value::<Config>(parsed) {
        Ok(config) => result.set(summary(config)),
        Err(error) => result.set(error.to_string()),
    }
}

#[cfg(feature = "regex")]
pub fn work(typed: String, result: RwSignal<String>) {
    let pattern = regex_lite::Regex::new(r"^[a-z0-9]+(-[a-z0-9]+)*$");
    if pattern.is_ok_and(|pattern| pattern.is_match(&typed)) {
        result.set(typed);
    }
}

#[cfg(feature = "json-walk")]
pub fn work(typed: String, result: RwSignal<String>) {
    result.set(crate::walk::summary(&typed));
}
