//! Joins the style sheets of `style/` into the one that the box adopts, without
//! the bytes that only people need. A mistake in the CSS stops the build.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet};

/// In the order of the cascade.
const FILES: [&str; 13] = [
    "tokens.css",
    "base.css",
    "busy.css",
    "fields.css",
    "choices.css",
    "combobox.css",
    "layout.css",
    "columns.css",
    "federated.css",
    "messages.css",
    "developer.css",
    "empty.css",
    "prompt.css",
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=style");
    let is_wasm = env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm");
    if is_wasm && env::var_os("CARGO_FEATURE_SPLIT").is_some() {
        // By what leads to what the module is cut in two (xtask/src/split.rs).
        println!("cargo:rustc-link-arg-cdylib=--emit-relocs");
    }
    let mut css = String::new();
    for file in FILES {
        css.push_str(&fs::read_to_string(PathBuf::from("style").join(file))?);
    }
    let parse_error = |error: &dyn std::fmt::Display| format!("style/: {error}");
    let mut sheet =
        StyleSheet::parse(&css, ParserOptions::default()).map_err(|error| parse_error(&error))?;
    sheet
        .minify(MinifyOptions::default())
        .map_err(|error| parse_error(&error))?;
    let minified = sheet.to_css(PrinterOptions {
        minify: true,
        ..PrinterOptions::default()
    })?;
    let target = PathBuf::from(env::var("OUT_DIR")?).join("latchlet.css");
    fs::write(target, minified.code)?;
    Ok(())
}
