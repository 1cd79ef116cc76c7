//! Requests are described as they are read.

use latchlet_core::Value;
use latchlet_wire::{
    AuthenticateRequest, ChangePasswordRequest, Malformed, PasswordlessStartRequest, SignupRequest,
    UserFields, VerificationEmailRequest,
};
use serde_json::{Value as Json, json};

use super::all;

/// A schema.
struct Case {
    name: &'static str,
    /// A body that is taken.
    body: Json,
    /// Properties that belong to other bodies, or are read before.
    others: &'static [&'static str],
    read: fn(&Value) -> Result<(), Malformed>,
}

fn cases() -> [Case; 8] {
    let sign_in = json!({
        "client_id": "app", "username": "ada@x.org", "realm": "users",
        "credential_type": "http://auth0.com/oauth/grant-type/password-realm", "password": "x",
    });
    let by_code = json!({
        "client_id": "app", "username": "ada@x.org", "realm": "email",
        "credential_type": "http://auth0.com/oauth/grant-type/passwordless/otp", "otp": "1",
    });
    let authenticate = |body, others| Case {
        name: "AuthenticateRequest",
        body,
        others,
        read: |body| AuthenticateRequest::from_value(body).map(drop),
    };
    [
        Case {
            name: "SignupRequest",
            body: json!({
                "client_id": "app", "connection": "users", "email": "a@x.org", "password": "x",
            }),
            others: &[],
            read: |body| SignupRequest::from_value(body).map(drop),
        },
        Case {
            name: "ChangePasswordRequest",
            body: json!({ "client_id": "app", "connection": "users", "email": "a@x.org" }),
            others: &[],
            read: |body| ChangePasswordRequest::from_value(body).map(drop),
        },
        Case {
            name: "PasswordlessStartRequest",
            body: json!({ "client_id": "app", "connection": "email", "email": "a@x.org" }),
            others: &["client_secret"],
            read: |body| PasswordlessStartRequest::from_value(body).map(drop),
        },
        authenticate(sign_in, &["otp"]),
        authenticate(by_code, &["password"]),
        Case {
            name: "UserChange",
            body: json!({ "name": "Ada" }),
            others: &[],
            read: |body| UserFields::read_change(body).map(drop),
        },
        Case {
            name: "VerificationEmailRequest",
            body: json!({ "user_id": "auth0|1" }),
            others: &[],
            read: |body| VerificationEmailRequest::from_value(body).map(drop),
        },
        Case {
            name: "NewUser",
            body: json!({ "connection": "users" }),
            others: &[],
            read: |body| UserFields::read_new(body).map(drop),
        },
    ]
}

impl Case {
    /// Why a change of the body is refused: the property, and what it should be.
    fn refused(&self, change: impl FnOnce(&mut Json)) -> Option<Malformed> {
        let mut body = self.body.clone();
        change(&mut body);
        let body = serde_json::from_value(body).unwrap();
        (self.read)(&body).err()
    }
}

#[test]
fn requests_are_described_as_they_are_read() {
    let all = all();
    for case in cases() {
        let (name, schema) = (case.name, &all[case.name]);
        assert_eq!(case.refused(|_| {}), None, "{name}");
        for required in schema["required"].as_array().unwrap() {
            let required = required.as_str().unwrap();
            let remove = |body: &mut Json| drop(body.as_object_mut().unwrap().remove(required));
            let refused = case.refused(remove).unwrap();
            assert_eq!(refused.property, required, "{name}");
        }
        for (property, _) in schema["properties"].as_object().unwrap() {
            let refused = case.refused(|body| body[property] = json!([])).unwrap();
            assert_eq!(&refused.property, property, "{name}");
            let is_known = !refused.expected.starts_with("left out");
            assert_eq!(
                is_known,
                !case.others.contains(&&**property),
                "{name} {property}"
            );
        }
        let refused = case.refused(|body| body["other"] = json!([])).unwrap();
        assert_eq!(refused.property, "other", "{name}");
    }
}
