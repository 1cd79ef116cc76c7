//! `latchlet schema`. The files of the npm package are its snapshots.

use std::path::PathBuf;
use std::process::Command;

/// What is printed is what the package has: an option that is added, renamed or
/// described differently shows in both.
fn is_up_to_date(format: &str, file: &str) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_latchlet"));
    let printed = command.args(["schema", "--format", format]).output();
    let printed = printed.unwrap();
    assert!(printed.status.success());
    let printed = String::from_utf8(printed.stdout).unwrap();
    let kept = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../packages/latchlet"
    ));
    let kept = kept.join(file);
    if std::env::var("INSTA_UPDATE").as_deref() == Ok("always") {
        std::fs::write(&kept, &printed).unwrap();
    }
    let kept = std::fs::read_to_string(kept).unwrap();
    assert!(
        kept == printed,
        "packages/latchlet/{file} is not what `latchlet schema --format {format}` prints: run the \
         tests with INSTA_UPDATE=always, and look at the difference"
    );
}

#[test]
fn the_schema_in_the_package_is_up_to_date() {
    is_up_to_date("json", "config.schema.json");
}

#[test]
fn the_types_in_the_package_are_up_to_date() {
    is_up_to_date("typescript", "config.d.ts");
}
