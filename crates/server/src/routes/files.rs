//! The box itself, and the page that shows it.

use axum::extract::Path;
use axum::http::header::{
    ACCEPT_ENCODING, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_ENCODING,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};

use crate::assets::{self, Asset};
use crate::pages;

/// What the page may do: run the box, and talk to this server.
const DEMO_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// `GET /latchlet/{file}`: for pages of any origin. The names are stable, so
/// that a browser asks each time whether it has the newest.
pub async fn get(Path(file): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = assets::find(&file) else {
        return (StatusCode::NOT_FOUND, "There is no such file.\n").into_response();
    };
    let mut response = serve(asset, &headers);
    response.headers_mut().extend([
        (ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("cross-origin"),
        ),
    ]);
    response
}

/// `GET /lo/{file}`: the style sheet and the scripts of the server's own pages.
pub async fn page(Path(file): Path<String>) -> Response {
    match pages::file(&file) {
        Some((media_type, text)) => (
            [(CONTENT_TYPE, media_type), (CACHE_CONTROL, "no-cache")],
            text,
        )
            .into_response(),
        None => (StatusCode::NOT_FOUND, "There is no such file.\n").into_response(),
    }
}

/// `GET /demo`
pub async fn demo(headers: HeaderMap) -> Response {
    let Some(page) = assets::find("index.html") else {
        return (
            StatusCode::SERVICE_UNAVAILABLE,
            "This server was built without the login box. Run `cargo xtask demo`, which builds \
             the box first.\n",
        )
            .into_response();
    };
    let mut response = serve(page, &headers);
    response.headers_mut().insert(
        CONTENT_SECURITY_POLICY,
        const { HeaderValue::from_static(DEMO_POLICY) },
    );
    response
}

/// `GET /`
pub async fn home() -> Redirect {
    Redirect::to("/demo")
}

fn serve(asset: &Asset, headers: &HeaderMap) -> Response {
    let common = [
        (ETAG, HeaderValue::from_static(asset.etag)),
        (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (VARY, HeaderValue::from_static("accept-encoding")),
    ];
    let known = headers
        .get(IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|tags| tags.split(',').any(|tag| is_same(tag, asset.etag)));
    if known {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    let (encoding, bytes) = choose(asset, headers);
    let mut response = (common, [(CONTENT_TYPE, asset.media_type())], bytes).into_response();
    if let Some(encoding) = encoding {
        response
            .headers_mut()
            .insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// Tags are compared as weak ones (RFC 9110 §8.8.3.2): ours are, because they
/// stand for the file and not for one of its compressed forms.
fn is_same(tag: &str, etag: &str) -> bool {
    fn opaque(tag: &str) -> &str {
        tag.trim().trim_start_matches("W/")
    }
    opaque(tag) == opaque(etag)
}

/// The smallest form of a file that the client can read.
fn choose(asset: &Asset, headers: &HeaderMap) -> (Option<&'static str>, &'static [u8]) {
    let accepted = headers
        .get(ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let accepts = |name: &str| {
        accepted.split(',').any(|entry| {
            let mut parts = entry.split(';').map(str::trim);
            let refused = |weight: &str| {
                weight
                    .trim_start_matches("q=")
                    .trim_matches(['0', '.'])
                    .is_empty()
            };
            parts.next() == Some(name) && !parts.any(refused)
        })
    };
    match (asset.brotli, asset.gzip) {
        (Some(bytes), _) if accepts("br") => (Some("br"), bytes),
        (_, Some(bytes)) if accepts("gzip") => (Some("gzip"), bytes),
        _ => (None, asset.bytes),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, IF_NONE_MATCH};
    use axum::http::{HeaderMap, HeaderName, HeaderValue};

    use super::{Asset, serve};

    static WASM: Asset = Asset {
        name: "box.wasm",
        bytes: b"bytes",
        brotli: Some(b"br"),
        gzip: Some(b"gz"),
        etag: "W/\"1\"",
    };

    fn with(name: HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn the_smallest_form_that_the_client_reads() {
        for (accepted, encoding) in [
            ("gzip, deflate, br, zstd", Some("br")),
            ("gzip;q=0.5", Some("gzip")),
            ("br;q=0, gzip", Some("gzip")),
            ("br;q=0.000", None),
            ("brotli", None),
            ("", None),
        ] {
            let response = serve(&WASM, &with(ACCEPT_ENCODING, accepted));
            let found = response.headers().get(CONTENT_ENCODING);
            assert_eq!(found.map(|it| it.to_str().unwrap()), encoding, "{accepted}");
            assert_eq!(response.headers()[CONTENT_TYPE], "application/wasm");
        }
    }

    #[test]
    fn what_the_client_has_is_not_sent_again() {
        for (tags, status) in [("\"1\"", 304), ("\"0\", W/\"1\"", 304), ("\"2\"", 200)] {
            let response = serve(&WASM, &with(IF_NONE_MATCH, tags));
            assert_eq!(response.status(), status, "{tags}");
        }
    }
}
