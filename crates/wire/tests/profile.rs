//! Changes of a profile, and how they are merged.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use latchlet_core::Value;
use latchlet_wire::profile::{merged, spelt_out};
use latchlet_wire::{ContinueRequest, ContinueResponse, MetadataUpdate};

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn clearing_the_metadata_must_be_said() {
    let clear = MetadataUpdate::default();
    assert_eq!(MetadataUpdate::from_value(&clear.to_value()), Ok(clear));
    for body in ["{}", r#"{"user_metadata":null}"#, r#"{"blocked":false}"#] {
        assert!(MetadataUpdate::from_value(&json(body)).is_err(), "{body}");
    }
}

#[test]
fn metadata_is_merged_by_auth0s_rules() {
    let after = |metadata: &str, change: &str| {
        let body = ["{\"user_metadata\":", change, "}"].concat();
        let update = MetadataUpdate::from_value(&json(&body)).unwrap();
        let metadata = json(metadata);
        let metadata = metadata.as_object().unwrap();
        Value::from(merged(
            metadata,
            &spelt_out(&update.user_metadata, metadata),
        ))
    };
    for (metadata, change, expected) in [
        (
            r#"{"a":"1"}"#,
            r#"{"b":{"c":2,"d":3}}"#,
            r#"{"a":"1","b":{"c":2,"d":3}}"#,
        ),
        // Nested objects are replaced.
        (
            r#"{"b":{"c":2,"d":3}}"#,
            r#"{"b":{"e":4}}"#,
            r#"{"b":{"e":4}}"#,
        ),
        (
            r#"{"a":"1","b":"2"}"#,
            r#"{"a":null,"unknown":null}"#,
            r#"{"b":"2"}"#,
        ),
        (r#"{"a":"1"}"#, "{}", "{}"),
    ] {
        assert_eq!(after(metadata, change), json(expected), "{change}");
    }
}

#[test]
fn the_answers_to_a_tenants_questions_survive_the_way() {
    let metadata = json(r#"{"company":"<b>","latchlet":{"v":1}}"#);
    let request = ContinueRequest {
        session_token: "a.b.c".to_owned(),
        state: "s&t".to_owned(),
        user_metadata: metadata.as_object().unwrap().clone(),
    };
    let sent = request.to_value();
    assert_eq!(
        sent.as_object().unwrap().get("latchlet"),
        Some(&json(r#"{"v":1}"#))
    );
    assert_eq!(ContinueRequest::from_value(&sent), Ok(request));
    for body in [
        r#"{"session_token":"a"}"#,
        r#"{"session_token":"a","state":"b","x":1}"#,
    ] {
        assert!(ContinueRequest::from_value(&json(body)).is_err(), "{body}");
    }
    let response = ContinueResponse {
        address: "https://tenant.example/continue?state=s".to_owned(),
        session_token: "a.b.c".to_owned(),
    };
    assert_eq!(
        ContinueResponse::from_value(&response.to_value()),
        Ok(response)
    );
}
