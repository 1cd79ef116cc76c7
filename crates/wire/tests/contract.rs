//! What one side writes the other side reads, and refusals of every shape are
//! read alike.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use latchlet_core::config::{Place, read_connection};
use latchlet_core::password::{ALL_TYPES, PasswordPolicy, PasswordRule};
use latchlet_core::username::UsernameRules;
use latchlet_core::{Connection, Object, Value};
use latchlet_wire::{
    ApiError, AuthenticateRequest, AuthenticateResponse, ChangePasswordRequest, ClientSettings,
    ConnectionSettings, Credential, Delivery, FieldError, PasswordlessStartRequest,
    PasswordlessStartResponse, Recipient, SignupRequest, SignupResponse, TokenRequest,
    TokenResponse,
};

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn written(value: &Value) -> String {
    serde_json::to_string(value).unwrap()
}

fn metadata() -> Object {
    [("company", "I <3 cats & \"x<y\" 日本 <語>")]
        .into_iter()
        .collect()
}

#[test]
fn a_sign_up_survives_the_way() {
    let request = SignupRequest {
        client_id: "app".to_owned(),
        connection: "users".to_owned(),
        email: "ada@example.com".to_owned(),
        password: " pass\u{0}word ".to_owned(),
        username: Some("ada".to_owned()),
        phone_number: Some("+4930901820".to_owned()),
        attributes: [("given_name", "Ada")].into_iter().collect(),
        user_metadata: metadata(),
    };
    assert_eq!(SignupRequest::from_value(&request.to_value()), Ok(request));
    let response = SignupResponse {
        id: "1".to_owned(),
        email: "ada@example.com".to_owned(),
        user_metadata: metadata(),
        ..SignupResponse::default()
    };
    assert_eq!(
        SignupResponse::from_value(&response.to_value()),
        Ok(response)
    );
}

#[test]
fn a_sign_up_with_an_unknown_property_names_it() {
    for key in ["__proto__", "app_metadata", "email_verified", "Email"] {
        let mut body = Object::new();
        body.insert(key, true);
        let malformed = SignupRequest::from_value(&body.into()).unwrap_err();
        assert_eq!(malformed.property, key);
    }
}

#[test]
fn a_property_of_the_wrong_type_is_named() {
    let body = json(r#"{"client_id":"a","connection":"b","email":7,"password":"c"}"#);
    let malformed = SignupRequest::from_value(&body).unwrap_err();
    assert_eq!(
        malformed.to_string(),
        "The property `email` must be a string."
    );
    let malformed = SignupRequest::from_value(&json("[]")).unwrap_err();
    assert_eq!(malformed.to_string(), "The body must be an object.");
}

#[test]
fn a_sign_in_survives_the_way() {
    let password = Credential::Password("p".to_owned());
    for (credential, realm, kind) in [
        (
            password.clone(),
            Some("users"),
            "http://auth0.com/oauth/grant-type/password-realm",
        ),
        (password, None, "password"),
        (
            Credential::Otp("012345".to_owned()),
            Some("email"),
            "http://auth0.com/oauth/grant-type/passwordless/otp",
        ),
    ] {
        let request = AuthenticateRequest {
            client_id: "app".to_owned(),
            username: "ada".to_owned(),
            credential,
            realm: realm.map(str::to_owned),
        };
        let body = request.to_value();
        assert_eq!(
            body.as_object().unwrap().text("credential_type"),
            Some(kind)
        );
        assert_eq!(AuthenticateRequest::from_value(&body), Ok(Some(request)));
    }
    let other = json(r#"{"credential_type":"passkey"}"#);
    assert_eq!(AuthenticateRequest::from_value(&other), Ok(None));
    let response = AuthenticateResponse {
        login_ticket: "t".to_owned(),
        co_verifier: "v".to_owned(),
        co_id: "i".to_owned(),
        code_verifier: Some("c".to_owned()),
    };
    assert_eq!(
        AuthenticateResponse::from_value(&response.to_value()),
        Ok(response)
    );
}

/// A code for a password's connection, or the other way round, is a mistake
/// that would otherwise be read as the wrong thing.
#[test]
fn a_credential_is_of_one_kind() {
    for (body, property) in [
        (
            r#"{"credential_type":"password","client_id":"a","username":"b","password":"c","realm":"d"}"#,
            "realm",
        ),
        (
            r#"{"credential_type":"http://auth0.com/oauth/grant-type/passwordless/otp","client_id":"a","username":"b","otp":"c"}"#,
            "realm",
        ),
        (
            r#"{"credential_type":"http://auth0.com/oauth/grant-type/passwordless/otp","client_id":"a","username":"b","otp":"c","password":"d","realm":"e"}"#,
            "password",
        ),
    ] {
        let malformed = AuthenticateRequest::from_value(&json(body)).unwrap_err();
        assert_eq!(malformed.property, property, "{body}");
    }
}

#[test]
fn a_forgotten_password_survives_the_way() {
    let request = ChangePasswordRequest {
        client_id: "app".to_owned(),
        email: "ada@example.com".to_owned(),
        connection: "users".to_owned(),
    };
    let body = request.to_value();
    assert_eq!(ChangePasswordRequest::from_value(&body), Ok(request));
    let more = json(r#"{"client_id":"a","email":"b","connection":"c","password":"d"}"#);
    let malformed = ChangePasswordRequest::from_value(&more).unwrap_err();
    assert_eq!(malformed.property, "password");
}

#[test]
fn a_passwordless_start_survives_the_way() {
    let auth_params: Object = [("state", "s"), ("redirect_uri", "https://app.example/")]
        .into_iter()
        .collect();
    for (connection, recipient, send) in [
        (
            "email",
            Recipient::Email("ada@example.com".to_owned()),
            Delivery::Code,
        ),
        (
            "email",
            Recipient::Email("ada@example.com".to_owned()),
            Delivery::Link,
        ),
        (
            "sms",
            Recipient::PhoneNumber("+4930901820".to_owned()),
            Delivery::Code,
        ),
    ] {
        let request = PasswordlessStartRequest {
            client_id: "app".to_owned(),
            connection: connection.to_owned(),
            recipient,
            send,
            auth_params: auth_params.clone(),
        };
        let body = request.to_value();
        assert_eq!(PasswordlessStartRequest::from_value(&body), Ok(request));
    }
    let bare = json(r#"{"client_id":"a","connection":"email","email":"b"}"#);
    let read = PasswordlessStartRequest::from_value(&bare).unwrap();
    assert_eq!(read.send, Delivery::Link, "Auth0's default");
    for (body, property) in [
        (r#"{"client_id":"a","connection":"email"}"#, "email"),
        (
            r#"{"client_id":"a","connection":"email","email":"b","phone_number":"+1"}"#,
            "phone_number",
        ),
        (
            r#"{"client_id":"a","connection":"email","email":"b","send":"fax"}"#,
            "send",
        ),
        (
            r#"{"client_id":"a","connection":"sms","phone_number":"+1","send":"link"}"#,
            "send",
        ),
        (
            r#"{"client_id":"a","connection":"email","email":"b","client_secret":"s"}"#,
            "client_secret",
        ),
    ] {
        let malformed = PasswordlessStartRequest::from_value(&json(body)).unwrap_err();
        assert_eq!(malformed.property, property, "{body}");
    }
}

#[test]
fn a_passwordless_reply_survives_the_way() {
    for recipient in [
        Recipient::Email("ada@example.com".to_owned()),
        Recipient::PhoneNumber("+4930901820".to_owned()),
    ] {
        let response = PasswordlessStartResponse {
            id: "1".to_owned(),
            recipient,
        };
        let body = response.to_value();
        assert_eq!(PasswordlessStartResponse::from_value(&body), Ok(response));
    }
}

#[test]
fn tokens_survive_the_way() {
    for request in [
        TokenRequest::AuthorizationCode {
            client_id: "app".to_owned(),
            code: "c".to_owned(),
            redirect_uri: "https://app.example/".to_owned(),
            code_verifier: "v".to_owned(),
        },
        TokenRequest::RefreshToken {
            client_id: "app".to_owned(),
            refresh_token: "r".to_owned(),
            scope: None,
        },
    ] {
        let read = TokenRequest::from_value(&request.to_value());
        assert_eq!(read, Ok(Some(request)));
    }
    let other = json(r#"{"grant_type":"password"}"#);
    assert_eq!(TokenRequest::from_value(&other), Ok(None));
    let response = TokenResponse {
        access_token: "a".to_owned(),
        expires_in: 7200,
        scope: Some("openid".to_owned()),
        id_token: Some("i".to_owned()),
        refresh_token: None,
    };
    assert_eq!(
        TokenResponse::from_value(&response.to_value()),
        Ok(response)
    );
}

/// A policy for each combination of what Auth0's flexible one can ask for.
fn flexible_policies() -> Vec<PasswordPolicy> {
    let types = |rule| match rule {
        0 => None,
        1 => Some(PasswordRule::ShouldContain(ALL_TYPES[1..].to_vec())),
        _ => Some(PasswordRule::ContainsAtLeast(3, ALL_TYPES.to_vec())),
    };
    (0..24)
        .map(|choice| PasswordPolicy {
            rules: [
                Some(PasswordRule::LengthAtLeast(9)),
                types(choice % 3),
                (choice & 1 != 0).then_some(PasswordRule::IdenticalChars(2)),
                (choice & 2 != 0).then_some(PasswordRule::SequentialChars(2)),
                (choice & 4 != 0).then_some(PasswordRule::MaxLength(72)),
            ]
            .into_iter()
            .flatten()
            .collect(),
        })
        .collect()
}

/// What `/client/{id}.js` says of a connection are the rules that hold.
#[test]
fn connections_are_told_as_core_reads_them() {
    let mut policies: Vec<PasswordPolicy> = PasswordPolicy::NAMES
        .into_iter()
        .map(|name| PasswordPolicy::named(name).unwrap())
        .collect();
    policies.push(PasswordPolicy::default());
    policies.push(PasswordPolicy::named("good").unwrap().with_min_length(12));
    policies.extend(flexible_policies());
    let usernames = [None, Some(UsernameRules { min: 3, max: 20 })];
    for (password_policy, username) in policies
        .into_iter()
        .flat_map(|policy| usernames.clone().map(|username| (policy.clone(), username)))
    {
        let rules = Connection {
            name: "users".to_owned(),
            password_policy,
            username,
            ..Connection::default()
        };
        let settings = ClientSettings {
            id: "app".to_owned(),
            connections: vec![ConnectionSettings {
                rules: rules.clone(),
                show_signup: true,
                show_forgot: true,
            }],
            passwordless: Vec::new(),
            federated: Vec::new(),
        };
        let value = serde_json::to_value(settings.to_value()).unwrap();
        let mut connection = value["strategies"][0]["connections"][0].clone();
        for shown in ["showSignup", "showForgot"] {
            let said = connection.as_object_mut().unwrap().remove(shown);
            assert_eq!(said, Some(true.into()));
        }
        let (mut problems, settings) = (Vec::new(), json(&connection.to_string()));
        let read = read_connection(&settings, &Place::default(), &mut problems);
        assert_eq!((read, problems), (Some(rules), Vec::new()), "{connection}");
    }
}

#[test]
fn passwordless_connections_stand_under_their_strategy() {
    let settings = ClientSettings {
        id: "app".to_owned(),
        connections: Vec::new(),
        passwordless: vec![("sms", "texts".to_owned()), ("email", "email".to_owned())],
        federated: Vec::new(),
    };
    assert_eq!(
        written(&settings.to_value()),
        r#"{"id":"app","strategies":[{"name":"email","connections":[{"name":"email"}]},{"name":"sms","connections":[{"name":"texts"}]}]}"#
    );
}

#[test]
fn refusals_of_every_shape_are_read_alike() {
    for (body, code, description) in [
        (
            r#"{"name":"BadRequestError","code":"user_exists","description":"The user already exists.","statusCode":400}"#,
            "user_exists",
            "The user already exists.",
        ),
        (
            r#"{"error":"invalid_grant","error_description":"Wrong email or password."}"#,
            "invalid_grant",
            "Wrong email or password.",
        ),
        (
            r#"{"statusCode":403,"error":"Forbidden","message":"Insufficient scope","errorCode":"insufficient_scope"}"#,
            "insufficient_scope",
            "Insufficient scope",
        ),
        (
            r#"{"error":"public signup is disabled"}"#,
            "public signup is disabled",
            "public signup is disabled",
        ),
    ] {
        let error = ApiError::from_value(400, &json(body));
        assert_eq!(
            (error.code.as_str(), error.description.as_text()),
            (code, Some(description))
        );
    }
    let page = ApiError::from_value(502, &Value::from("<html>"));
    assert_eq!((page.status, page.code.as_str()), (502, ""));
}

#[test]
fn a_refusal_survives_the_way_with_its_values() {
    let error = ApiError {
        name: Some("BadRequestError".to_owned()),
        errors: vec![FieldError {
            path: "/user_metadata/company".to_owned(),
            code: "too_long".to_owned(),
            message: "Shorten it.".to_owned(),
        }],
        ..ApiError::new(
            400,
            "invalid_user_metadata",
            "Some values are not accepted.",
        )
    };
    assert_eq!(ApiError::from_value(400, &error.to_legacy()), error);
}
