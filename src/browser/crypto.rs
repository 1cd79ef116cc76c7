//! Randomness and SHA-256 from the browser, in base64url.

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen_futures::JsFuture;
use web_sys::Crypto;

/// 256 random bits in base64url: 43 characters, which is also what a PKCE
/// code verifier needs at least (RFC 7636 §4.1).
pub fn random() -> Option<String> {
    let mut bytes = [0; 32];
    crypto()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(base64url(&bytes))
}

/// A UUID of version 4 (RFC 9562); empty outside a secure context.
pub fn uuid() -> String {
    let made = crypto().filter(|it| Reflect::has(it, &"randomUUID".into()) == Ok(true));
    made.map(|crypto| crypto.random_uuid()).unwrap_or_default()
}

/// The SHA-256 of a text in UTF-8, in base64url. `None` outside a secure
/// context, where browsers have no `crypto.subtle`.
pub async fn sha256(text: &str) -> Option<String> {
    let subtle = crypto()?.subtle();
    // Outside a secure context it is `undefined`, whatever its type says.
    if AsRef::<wasm_bindgen::JsValue>::as_ref(&subtle).is_undefined() {
        return None;
    }
    let digest = subtle
        .digest_with_str_and_u8_array("SHA-256", text.as_bytes())
        .ok()?;
    let digest = JsFuture::from(digest).await.ok()?;
    Some(base64url(&Uint8Array::new(&digest).to_vec()))
}

/// Reads base64url as UTF-8 text.
pub fn decode_base64url(text: &str) -> Option<String> {
    let base64: String = text
        .chars()
        .map(|c| match c {
            '-' => '+',
            '_' => '/',
            c => c,
        })
        .collect();
    let binary = web_sys::window()?.atob(&base64).ok()?;
    // `atob` gives one character a byte.
    String::from_utf8(binary.chars().map(|c| c as u8).collect()).ok()
}

fn crypto() -> Option<Crypto> {
    web_sys::window()?.crypto().ok()
}

fn base64url(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let group = (0..3).fold(0, |group, index| {
            group << 8 | u32::from(chunk.get(index).copied().unwrap_or(0))
        });
        for digit in 0..=chunk.len() {
            let value = group >> (18 - 6 * digit) & 63;
            text.push(char::from(DIGITS[value as usize]));
        }
    }
    text
}
