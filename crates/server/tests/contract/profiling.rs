//! `PATCH /api/v2/users/{id}` where the box asks questions after the sign-up:
//! the server makes its own plan, and believes no other

use latchlet_core::progressive::History;
use serde_json::{Value, json};

use crate::harness::{Server, config};
use crate::person::Person;

/// What a box asks.
pub fn asking(fields: Value) -> Value {
    json!({
        "clientId": "app",
        "additionalSignUpFields": [{ "name": "motto", "label": "Motto", "required": false }],
        "progressiveProfile": { "save": "latchlet", "version": "a", "maxFields": 3, "fields": fields }
    })
}

/// A connection with a form, and nothing said about it but that.
pub fn config_asking() -> Value {
    let mut config = config();
    config["connections"] = json!([{ "name": "asking", "box": "box.json" }]);
    config
}

/// Company must be answered from the second login on, the job title may be.
pub fn questions() -> Value {
    json!([
        { "name": "company", "label": "Company", "required": true, "ask": { "fromLogin": 2 } },
        { "name": "job_title", "label": "Job title", "ask": { "fromLogin": 2 } },
        { "name": "tax_id", "label": "Tax id", "write": "create", "ask": { "onDemand": true } },
        { "name": "score", "label": "Score", "write": "server" }
    ])
}

pub async fn asked(fields: Value) -> Person {
    let server = Server::start_with_box(config_asking(), asking(fields)).await;
    Person::at(server, "asking", json!({})).await
}

pub fn written(history: &History) -> Value {
    serde_json::to_value(history.to_value()).unwrap()
}

/// What is stored of the history.
pub async fn stored(person: &Person) -> History {
    let metadata = person.get().await.json()["user_metadata"].clone();
    History::read(&serde_json::from_value(metadata).unwrap())
}

#[tokio::test]
async fn histories_are_merged() {
    let person = asked(questions()).await;
    let now = person.server.now().await;
    let (mut one, mut other) = (History::default(), History::default());
    one.report("exported", now);
    one.shown([("job_title", "a")], 1, now);
    other.report("imported", now);
    person.merge(json!({ "latchlet": written(&one) })).await;
    person
        .merge(json!({ "latchlet": written(&other), "motto": "x" }))
        .await;
    let metadata = person.merge(json!({ "motto": "y" })).await;
    assert_eq!(metadata["motto"], "y");
    let both = stored(&person).await;
    assert!(both.has_event("exported") && both.has_event("imported"));
    assert_eq!(both.entry("job_title"), one.entry("job_title"));
    // What is sent again changes nothing.
    person.merge(json!({ "latchlet": written(&one) })).await;
    assert_eq!(stored(&person).await, both);
}

#[tokio::test]
async fn many_tabs_at_once_lose_nothing() {
    let person = asked(questions()).await;
    let now = person.server.now().await;
    let changes = (0..20).map(|tab| {
        let mut history = History::default();
        history.report(&format!("tab{tab}"), now);
        let body = json!({ "user_metadata": { "latchlet": written(&history) } });
        tokio::spawn(person.patching(&body).send())
    });
    for change in changes.collect::<Vec<_>>() {
        assert_eq!(change.await.unwrap().unwrap().status(), 200);
    }
    assert_eq!(stored(&person).await.events.len(), 20);
}

#[tokio::test]
async fn a_connection_without_questions_merges_histories_too() {
    let person = Person::of("users", json!({})).await;
    for name in ["one", "other"] {
        let mut history = History::default();
        history.report(name, person.server.now().await);
        person
            .merge(json!({ "latchlet": written(&history), "any": "x" }))
            .await;
    }
    assert_eq!(stored(&person).await.events.len(), 2);
}

#[tokio::test]
async fn what_is_no_question_is_refused() {
    let person = asked(questions()).await;
    let unknown = (400, vec!["/user_metadata/admin unknown_field".to_owned()]);
    assert_eq!(
        person
            .refused(json!({ "admin": "yes", "motto": "x" }))
            .await,
        unknown
    );
    let no_history = (400, vec!["/user_metadata/latchlet wrong_type".to_owned()]);
    for history in [json!("x"), json!([]), json!(1)] {
        assert_eq!(
            person.refused(json!({ "latchlet": history })).await,
            no_history
        );
    }
    let too_long = json!({ "company": "x".repeat(3_000) });
    assert_eq!(
        person.refused(too_long).await,
        (400, vec!["/user_metadata/company too_long".to_owned()])
    );
    // One that nobody can read, of a later version for instance, changes nothing.
    let metadata = person
        .merge(json!({ "motto": "x", "latchlet": { "v": 9 } }))
        .await;
    assert_eq!(metadata, json!({ "motto": "x" }));
}

#[tokio::test]
async fn who_may_write_what() {
    let person = asked(questions()).await;
    let server_only = (403, vec!["/user_metadata/score server_only".to_owned()]);
    assert_eq!(
        person.refused(json!({ "score": "9", "motto": "x" })).await,
        server_only
    );
    let create_only = (403, vec!["/user_metadata/tax_id create_only".to_owned()]);
    person.merge(json!({ "tax_id": "1" })).await;
    assert_eq!(person.refused(json!({ "tax_id": "2" })).await, create_only);
    assert_eq!(person.refused(json!({ "tax_id": null })).await, create_only);
    assert_eq!(person.refused(json!({})).await, create_only);
    let reply = person
        .patch(json!({ "user_metadata": { "tax_id": "2" } }))
        .await;
    assert_eq!(reply.json()["errorCode"], "not_writable");
    // What is stored already is no change.
    let same = json!({ "tax_id": "1", "score": null });
    assert_eq!(person.merge(same).await, json!({ "tax_id": "1" }));
}

#[tokio::test]
async fn clearing_is_possible() {
    let person = asked(questions()).await;
    let mut history = History::default();
    history.report("exported", person.server.now().await);
    let all = json!({ "motto": "x", "latchlet": written(&history) });
    person.merge(all.clone()).await;
    let metadata = person.merge(json!({ "latchlet": null })).await;
    assert_eq!(metadata, json!({ "motto": "x" }));
    person.merge(all).await;
    assert_eq!(person.merge(json!({})).await, json!({}));
}

#[tokio::test]
async fn questions_are_for_people_without_a_password_too() {
    let mut config = config_asking();
    let email = json!({ "name": "email", "strategy": "email", "box": "box.json" });
    config["connections"].as_array_mut().unwrap().push(email);
    let fields = json!([{ "name": "company", "label": "Company", "required": true }]);
    let server = Server::start_with_box(config, asking(fields)).await;
    let start = json!({
        "client_id": "app", "connection": "email", "email": "ada@example.com", "send": "code",
    });
    server.post("/passwordless/start", &start).await;
    let otp = json!({
        "username": "ada@example.com",
        "password": null,
        "realm": "email",
        "otp": server.letter(1).await.code,
        "credential_type": "http://auth0.com/oauth/grant-type/passwordless/otp",
    });
    let signed_in = server.authenticate(otp).await;
    let query = json!({
        "login_ticket": signed_in.json()["login_ticket"],
        "audience": server.audience(),
        "scope": crate::harness::PROFILE_SCOPE,
    });
    let back = server.authorize(&signed_in.cookie(), query).await;
    let tokens = server
        .exchange(&back.parameters()["code"], json!({}))
        .await
        .json();
    let user = server.store.user_by_login("email", "ada@example.com").await;
    let path = format!("/api/v2/users/email%7C{}", user.unwrap().unwrap().id);
    let mut history = History::default();
    let now = server.now().await;
    history.shown([("company", "a")], 1, now);
    history.skipped(&Default::default(), now);
    let patch = async |metadata: Value| {
        let body = json!({ "user_metadata": metadata });
        let token = &tokens["access_token"];
        server
            .with_token(reqwest::Method::PATCH, &path, token, Some(&body))
            .await
    };
    let skipped = patch(json!({ "latchlet": written(&history) })).await;
    assert_eq!(skipped.status, 400, "{}", skipped.text);
    assert_eq!(skipped.json()["errors"][0]["code"], "required");
    assert_eq!(patch(json!({ "admin": "y" })).await.status, 400);
    assert_eq!(patch(json!({ "company": "ACME" })).await.status, 200);
}
