//! `POST /dbconnections/signup`

use insta::assert_json_snapshot;
use serde_json::{Map, Value, json};

use crate::harness::{Server, config};

const ODD: &str = "I <3 cats & \"x<y\" \u{0} 日本 <語> 🦀 '; DROP TABLE users; --";

#[tokio::test]
async fn a_user_as_the_contract_shows_it() {
    let server = Server::start().await;
    let reply = server
        .sign_up(json!({
            "email": " Ada@Example.COM ",
            "given_name": "Ada",
            "user_metadata": { "company": ODD, "empty": "", "spaces": "  a  " },
        }))
        .await;
    assert_json_snapshot!(reply.shown(), { ".body._id" => "[128 bits in hexadecimal]" });
    let id = reply.json()["_id"].as_str().unwrap().to_owned();
    assert!(
        id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "{id}"
    );
    let stored = server.store.user(&id).await.unwrap().unwrap();
    assert_eq!(stored.user_metadata.text("company"), Some(ODD));
    assert_eq!(stored.user_metadata.text("spaces"), Some("  a  "));
}

#[tokio::test]
async fn every_refusal() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    server
        .sign_up(json!({ "connection": "named", "username": "ada", "password": "Passw0rd!" }))
        .await;
    let named = |changes: Value| {
        let mut body =
            json!({ "connection": "named", "email": "b@x.org", "password": "Passw0rd!" });
        body.as_object_mut()
            .unwrap()
            .extend(changes.as_object().unwrap().clone());
        body
    };
    let mut shown = Map::new();
    for (case, body) in [
        ("address is taken", json!({ "email": "ADA@example.com" })),
        ("username is taken", named(json!({ "username": "ADA" }))),
        ("username is missing", named(json!({}))),
        (
            "username is an address",
            named(json!({ "username": "a@b.co" })),
        ),
        ("username is not wanted", json!({ "username": "ada" })),
        (
            "password is too short",
            json!({ "password": "🦀".repeat(14) }),
        ),
        (
            "password is too weak",
            named(json!({ "username": "bob", "password": "abc" })),
        ),
        (
            "password is endless",
            json!({ "password": "x".repeat(4097) }),
        ),
        ("address is none", json!({ "email": "ada" })),
        ("address is missing", json!({ "email": null })),
        ("password is no string", json!({ "password": 7 })),
        ("client is unknown", json!({ "client_id": "nobody" })),
        ("connection is unknown", json!({ "connection": "nowhere" })),
        ("sign-up is disabled", json!({ "connection": "closed" })),
        ("metadata is no object", json!({ "user_metadata": [] })),
    ] {
        shown.insert(case.to_owned(), server.sign_up(body).await.shown());
    }
    assert_json_snapshot!(shown);
}

#[tokio::test]
async fn a_tenant_may_tell_that_an_address_is_taken() {
    let mut config = config();
    config["enable_public_signup_user_exists_error"] = json!(true);
    let server = Server::start_with(config).await;
    server.sign_up(json!({})).await;
    assert_json_snapshot!(server.sign_up(json!({})).await.shown());
}

#[tokio::test]
async fn properties_that_a_sign_up_must_not_have_are_refused() {
    let server = Server::start().await;
    for key in [
        "_id",
        "app_metadata",
        "blocked",
        "clientID",
        "created_at",
        "email_verified",
        "globalClientID",
        "global_client_id",
        "identities",
        "lastIP",
        "lastLogin",
        "loginsCount",
        "metadata",
        "multifactor",
        "multifactor_last_modified",
        "updated_at",
        "user_id",
        "__tenant",
        "__proto__",
        "constructor",
        "storage",
        "Email",
    ] {
        let reply = server.sign_up(json!({ key: true })).await;
        let body = reply.json();
        assert_eq!(
            (reply.status, &body["code"]),
            (400, &json!("invalid_body")),
            "{key}"
        );
        assert!(
            body["description"].as_str().unwrap().contains(key),
            "{body}"
        );
    }
    assert_eq!(server.sign_up(json!({})).await.status, 200);
}

#[tokio::test]
async fn the_limits_of_the_metadata() {
    let server = Server::start().await;
    let fields = |count: usize| -> Map<String, Value> {
        (0..count)
            .map(|index| (format!("key{index}"), json!("value")))
            .collect()
    };
    let accepted = [
        json!(fields(10)),
        json!({ "key": "🦀".repeat(500) }),
        json!({ "k".repeat(100): "value" }),
        json!({ "__proto__": "kept" }),
    ];
    for (index, metadata) in accepted.into_iter().enumerate() {
        let email = format!("{index}@x.org");
        let reply = server
            .sign_up(json!({ "email": email, "user_metadata": metadata.clone() }))
            .await;
        assert_eq!(reply.json()["user_metadata"], metadata, "{}", reply.text);
    }
    let mut shown = Map::new();
    for (case, metadata) in [
        ("11 fields", json!(fields(11))),
        ("501 characters", json!({ "key": "x".repeat(501) })),
        (
            "a key of 101 characters",
            json!({ "k".repeat(101): "value" }),
        ),
        (
            "keys with reserved characters",
            json!({ "a.b": "1", "$c": "2", "a/b~c": 3, "": "4" }),
        ),
        (
            "values of other types",
            json!({ "a": true, "b": null, "c": {}, "d": "fine" }),
        ),
    ] {
        shown.insert(
            case.to_owned(),
            server
                .sign_up(json!({ "user_metadata": metadata }))
                .await
                .shown(),
        );
    }
    assert_json_snapshot!(shown);
}

#[tokio::test]
async fn a_connection_with_a_form_stores_what_its_fields_ask_for() {
    let server = Server::start().await;
    let sign_up = async |email: &str, given_name: Value, metadata: Value| {
        server
            .sign_up(json!({
                "connection": "formed",
                "email": email,
                "given_name": given_name,
                "user_metadata": metadata,
            }))
            .await
    };
    let good = json!({ "company": "ACME <&> 日本", "size": "l", "news": "true" });
    let reply = sign_up("a@x.org", json!("Ada"), good.clone()).await;
    assert_eq!(reply.json()["user_metadata"], good, "{}", reply.text);
    let mut shown = Map::new();
    for (case, given_name, metadata) in [
        (
            "fields that it does not have",
            json!("Ada"),
            json!({ "company": "A", "admin": "yes" }),
        ),
        (
            "an attribute that it does not have",
            json!(null),
            json!({ "company": "A", "given_name": "Ada" }),
        ),
        (
            "nothing where something is required",
            json!(" "),
            json!({ "news": "false" }),
        ),
        (
            "too much, and no option",
            json!("Ada"),
            json!({ "company": "x".repeat(21), "size": "m" }),
        ),
        (
            "a tick of another type",
            json!("Ada"),
            json!({ "company": "A", "news": true }),
        ),
        (
            "a tick of another word",
            json!("Ada"),
            json!({ "company": "A", "news": "yes" }),
        ),
    ] {
        shown.insert(
            case.to_owned(),
            sign_up("b@x.org", given_name, metadata).await.shown(),
        );
    }
    assert_json_snapshot!(shown);
}

/// What a form does not look at, the contract still limits.
#[tokio::test]
async fn the_limits_of_the_metadata_hold_with_a_form_too() {
    let server = Server::start().await;
    let mut shown = Map::new();
    for (case, change) in [
        (
            "white space without end",
            json!({ "motto": " ".repeat(40_000) }),
        ),
        ("501 spaces", json!({ "motto": " ".repeat(501) })),
        (
            "11 fields",
            json!(
                (0..10)
                    .map(|index| (format!("x{index}"), json!("")))
                    .collect::<Map<_, _>>()
            ),
        ),
    ] {
        let mut metadata = json!({ "company": "ACME" });
        let change = change.as_object().unwrap().clone();
        metadata.as_object_mut().unwrap().extend(change);
        let reply = server
            .sign_up(json!({
                "connection": "formed",
                "given_name": "Ada",
                "user_metadata": metadata,
            }))
            .await;
        shown.insert(case.to_owned(), told(&reply.json()));
    }
    assert_json_snapshot!(shown);
}

#[tokio::test]
async fn all_that_the_contract_takes_is_stored() {
    let server = Server::start().await;
    let most: Map<String, Value> = (0..10)
        .map(|index| (format!("x{index}"), json!("🦀".repeat(500))))
        .collect();
    let reply = server.sign_up(json!({ "user_metadata": most })).await;
    assert_eq!(reply.json()["user_metadata"], json!(most));
}

/// Where the errors of a refusal are, and by which rule.
fn told(body: &Value) -> Value {
    let errors = body["errors"].as_array().unwrap().iter();
    errors
        .map(|error| json!([error["path"], error["code"]]))
        .collect()
}

#[tokio::test]
async fn a_text_that_is_no_answer_is_not_stored() {
    let server = Server::start().await;
    let reply = server
        .sign_up(json!({
            "connection": "formed",
            "given_name": "Ada",
            "user_metadata": { "company": " A ", "motto": " \t\u{a0}", "size": "" },
        }))
        .await;
    // Nor is a tick that nobody sent.
    let wanted = json!({ "company": " A " });
    assert_eq!(reply.json()["user_metadata"], wanted, "{}", reply.text);
}

#[tokio::test]
async fn the_password_policy_of_a_box_holds() {
    let server = Server::start().await;
    let reply = server
        .sign_up(json!({
            "connection": "formed",
            "password": "x".repeat(19),
            "given_name": "Ada",
            "user_metadata": { "company": "ACME" },
        }))
        .await;
    let body = reply.json();
    assert_eq!(body["code"], "invalid_password", "{body}");
    assert_eq!(body["policy"], "* At least 20 characters in length");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_sign_ups_with_one_address_one_succeeds() {
    let server = std::sync::Arc::new(Server::start().await);
    let attempts: Vec<_> = (0..40)
        .map(|index| {
            let server = std::sync::Arc::clone(&server);
            let email = if index % 2 == 0 {
                "ada@x.org"
            } else {
                "ADA@X.ORG"
            };
            tokio::spawn(async move { server.sign_up(json!({ "email": email })).await.status })
        })
        .collect();
    let mut statuses = Vec::new();
    for attempt in attempts {
        statuses.push(attempt.await.unwrap());
    }
    statuses.sort_unstable();
    assert_eq!(statuses[0], 200);
    assert!(
        statuses[1..].iter().all(|status| *status == 400),
        "{statuses:?}"
    );
}

#[tokio::test]
async fn a_telephone_number_is_international_and_belongs_to_one_account() {
    let server = Server::start().await;
    let sign_up = async |email: &str, number: &str, connection: &str| {
        let changes = json!({ "email": email, "phone_number": number, "connection": connection });
        server.sign_up(changes).await
    };
    let made = sign_up("ada@example.com", "+4930901820", "users").await;
    assert_eq!(made.json()["phone_number"], "+4930901820");
    let mut shown = Map::new();
    for (case, number, connection) in [
        ("it is taken", "+4930901820", "users"),
        ("it is no number", "030 901820", "users"),
        ("the form does not ask for it", "+4930901821", "formed"),
    ] {
        let reply = sign_up("bob@example.com", number, connection).await;
        shown.insert(case.to_owned(), reply.shown());
    }
    assert_json_snapshot!(shown);
}
