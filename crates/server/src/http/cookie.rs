//! The cookies of a request, and those that it is answered with.

use axum::http::HeaderMap;
use axum::http::header::COOKIE;

use crate::app::App;

/// From where browsers send a cookie along.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sites {
    /// From this site, and where an address bar leads here.
    Same,
    /// From any.
    All,
}

/// The whole name of a cookie. Plain HTTP, on this machine alone, can have
/// neither the prefix nor `Secure`.
pub fn name(app: &App, name: &str) -> String {
    let prefix = if app.is_https() { "__Host-" } else { "" };
    [prefix, name].concat()
}

/// Sets a cookie of a whole name, for so many seconds. Without `Secure` it
/// cannot be sent along from other sites.
pub fn set(app: &App, name: &str, value: &str, max_age: i64, from: Sites) -> String {
    let site = match (app.is_https(), from) {
        (true, Sites::All) => "None; Secure",
        (true, Sites::Same) => "Lax; Secure",
        (false, _) => "Lax",
    };
    format!("{name}={value}; Max-Age={max_age}; Path=/; HttpOnly; SameSite={site}")
}

/// The value of a cookie.
pub fn get<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(found, value)| (found == name).then_some(value))
}
