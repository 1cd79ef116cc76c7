//! Texts that wait in the browser beyond a tab, encrypted: AES-GCM, by a key
//! that no script can read, in `IndexedDB`. What is sealed for one owner opens
//! for no other one.
//!
//! Nothing here may fail loudly: where a browser keeps nothing, nothing waits.

use js_sys::{Array, Object as JsObject, Promise, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CryptoKey, IdbDatabase, IdbObjectStore, IdbRequest, IdbTransactionMode, SubtleCrypto, Window,
};

use super::page;

const DATABASE: &str = "latchlet";
const STORE: &str = "waiting";
const KEY: &str = "key";
/// How long something waits, in milliseconds: 30 days.
const LIFE: f64 = 2_592_000_000.0;

/// Seals a text for its owner, in place of an older one. Whether that worked.
pub async fn put(owner: &str, text: &str) -> bool {
    try_put(owner, text).await.is_some()
}

async fn try_put(owner: &str, text: &str) -> Option<()> {
    let database = open().await?;
    let key = key(&database).await?;
    let iv = Uint8Array::new_with_length(12);
    let crypto = window()?.crypto().ok()?;
    crypto.get_random_values_with_array_buffer_view(&iv).ok()?;
    let sealing =
        subtle()?.encrypt_with_object_and_u8_array(&algorithm(owner, &iv), &key, text.as_bytes());
    let sealed = JsFuture::from(sealing.ok()?).await.ok()?;
    let entry = Array::of3(&JsValue::from_f64(page::now()), &iv, &sealed);
    let request = store(&database)?.put_with_key(&entry, &owner.into());
    done(&request.ok()?).await.map(|_| ())
}

/// The text that waits for an owner, unless it is too old.
pub async fn get(owner: &str) -> Option<String> {
    let database = open().await?;
    let entry = done(&store(&database)?.get(&owner.into()).ok()?).await?;
    let entry: Array = entry.dyn_into().ok()?;
    let age = page::now() - entry.get(0).as_f64()?;
    if !(0.0..LIFE).contains(&age) {
        remove(owner).await;
        return None;
    }
    let iv: Uint8Array = entry.get(1).dyn_into().ok()?;
    let sealed = Uint8Array::new(&entry.get(2)).to_vec();
    let key = key(&database).await?;
    let opening = subtle()?.decrypt_with_object_and_u8_array(&algorithm(owner, &iv), &key, &sealed);
    let text = JsFuture::from(opening.ok()?).await.ok()?;
    String::from_utf8(Uint8Array::new(&text).to_vec()).ok()
}

/// Forgets what waits for an owner.
pub async fn remove(owner: &str) {
    if let Some(database) = open().await
        && let Some(store) = store(&database)
        && let Ok(request) = store.delete(&owner.into())
    {
        done(&request).await;
    }
}

/// Forgets everything, the key too.
pub async fn wipe() {
    if let Some(database) = open().await
        && let Some(store) = store(&database)
        && let Ok(request) = store.clear()
    {
        done(&request).await;
    }
}

async fn open() -> Option<IdbDatabase> {
    let factory = window()?.indexed_db().ok()??;
    let request = factory.open_with_u32(DATABASE, 1).ok()?;
    let opening = request.clone();
    let make = Closure::once_into_js(move || {
        let database = opening.result().ok().and_then(|it| it.dyn_into().ok());
        if let Some(database) = database {
            let _ = IdbDatabase::create_object_store(&database, STORE);
        }
    });
    request.set_onupgradeneeded(Some(make.unchecked_ref()));
    done(&request).await?.dyn_into().ok()
}

fn store(database: &IdbDatabase) -> Option<IdbObjectStore> {
    let transaction = database.transaction_with_str_and_mode(STORE, IdbTransactionMode::Readwrite);
    transaction.ok()?.object_store(STORE).ok()
}

/// The key of this browser, made when it is needed first.
async fn key(database: &IdbDatabase) -> Option<CryptoKey> {
    if let Some(key) = kept_key(database).await {
        return Some(key);
    }
    let kind = JsObject::new();
    set(&kind, "name", &"AES-GCM".into());
    set(&kind, "length", &256.into());
    let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
    let made = subtle()?.generate_key_with_object(&kind, false, &uses);
    let key: CryptoKey = JsFuture::from(made.ok()?).await.ok()?.dyn_into().ok()?;
    let request = store(database)?.add_with_key(&key, &KEY.into());
    match done(&request.ok()?).await {
        Some(_) => Some(key),
        // Another tab was faster, and seals with its own.
        None => kept_key(database).await,
    }
}

async fn kept_key(database: &IdbDatabase) -> Option<CryptoKey> {
    let kept = done(&store(database)?.get(&KEY.into()).ok()?).await;
    kept?.dyn_into().ok()
}

fn algorithm(owner: &str, iv: &Uint8Array) -> JsObject {
    let algorithm = JsObject::new();
    set(&algorithm, "name", &"AES-GCM".into());
    set(&algorithm, "iv", iv);
    let owner = Uint8Array::from(owner.as_bytes());
    set(&algorithm, "additionalData", &owner);
    algorithm
}

fn set(object: &JsObject, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &name.into(), value);
}

/// What a request comes to.
async fn done(request: &IdbRequest) -> Option<JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(promise).await.ok()?;
    request.result().ok()
}

fn subtle() -> Option<SubtleCrypto> {
    let subtle = window()?.crypto().ok()?.subtle();
    // Outside a secure context it is `undefined`, whatever its type says.
    (!AsRef::<JsValue>::as_ref(&subtle).is_undefined()).then_some(subtle)
}

fn window() -> Option<Window> {
    web_sys::window()
}
