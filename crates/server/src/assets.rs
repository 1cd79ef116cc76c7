//! The files of the login box, inside the binary. The build script lists what
//! stood in the workspace's `dist/` when it ran.

/// One file.
pub struct Asset {
    /// Its path in `dist/`.
    pub name: &'static str,
    /// As it is.
    pub bytes: &'static [u8],
    /// Compressed by Brotli.
    pub brotli: Option<&'static [u8]>,
    /// Compressed by gzip.
    pub gzip: Option<&'static [u8]>,
    /// A weak entity tag, which changes when the bytes do.
    pub etag: &'static str,
}

impl Asset {
    /// What kind of file it is. Browsers refuse Wasm and modules under
    /// another name.
    pub fn media_type(&self) -> &'static str {
        match self.name.rsplit('.').next() {
            Some("wasm") => "application/wasm",
            Some("js" | "mjs") => "text/javascript; charset=utf-8",
            Some("css") => "text/css; charset=utf-8",
            Some("html") => "text/html; charset=utf-8",
            Some("json") => "application/json",
            Some("svg") => "image/svg+xml",
            Some("png") => "image/png",
            Some("ico") => "image/x-icon",
            Some("txt") => "text/plain; charset=utf-8",
            _ => "application/octet-stream",
        }
    }
}

/// The file of a name.
pub fn find(name: &str) -> Option<&'static Asset> {
    FILES.iter().find(|asset| asset.name == name)
}

include!(concat!(env!("OUT_DIR"), "/files.rs"));
