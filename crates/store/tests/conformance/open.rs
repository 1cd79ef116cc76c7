//! Opening a database.

use latchlet_store::Store;

use crate::fixture::Fresh;

#[tokio::test]
async fn a_database_that_cannot_be_opened_is_named_without_its_password() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing").join("test.db");
    let missing = format!("sqlite:{}", missing.display());
    for (url, shown) in [
        (missing.as_str(), missing.as_str()),
        (
            "postgres://ada:s3cret@127.0.0.1:1/x",
            "postgres://ada:***@127.0.0.1:1/x",
        ),
        (
            "postgres://127.0.0.1:1/x?user=ada&password=s3cret",
            "postgres://127.0.0.1:1/x?user=ada&password=***",
        ),
        ("postgres://ada:s3cret@[/x", "postgres://ada:***@[/x"),
        ("mysql://ada:s3cret@h/x", "mysql://ada:***@h/x"),
        ("latchlet.db", "latchlet.db"),
    ] {
        let error = Store::open(url).await.unwrap_err();
        let text = error.to_string();
        assert!(
            text.starts_with(&format!("cannot open the database {shown}: ")),
            "{text}"
        );
        assert!(!format!("{text} {error:?}").contains("s3cret"), "{error:?}");
    }
}

#[tokio::test]
async fn it_answers() {
    Fresh::new().await.store.ping().await.unwrap();
}
