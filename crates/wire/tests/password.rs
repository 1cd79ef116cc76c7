//! How the refusals of a password are told.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use latchlet_core::Value;
use latchlet_core::password::PasswordPolicy;
use latchlet_wire::password;

fn written(value: &Value) -> String {
    serde_json::to_string(value).unwrap()
}

/// The tree and the text for `Test`-like passwords under `good`, as documented
/// for Auth0's own clients.
#[test]
fn a_weak_password_is_explained_as_auth0_does() {
    let report = PasswordPolicy::named("good").unwrap().check("abc");
    let error = password::too_weak(&report);
    assert_eq!(
        written(&error.description),
        concat!(
            r#"{"rules":[{"message":"At least %d characters in length","format":[8],"code":"lengthAtLeast","verified":false},"#,
            r#"{"message":"Contain at least %d of the following %d types of characters:","format":[3,4],"code":"containsAtLeast","items":["#,
            r#"{"message":"lower case letters (a-z)","code":"lowerCase","verified":true},"#,
            r#"{"message":"upper case letters (A-Z)","code":"upperCase","verified":false},"#,
            r#"{"message":"numbers (i.e. 0-9)","code":"numbers","verified":false},"#,
            r#"{"message":"special characters (e.g. !@#$%^&*)","code":"specialCharacters","verified":false}],"#,
            r#""verified":false}],"verified":false}"#
        )
    );
    assert_eq!(
        error.policy.as_deref(),
        Some(concat!(
            "* At least 8 characters in length\n",
            "* Contain at least 3 of the following 4 types of characters:\n",
            " * lower case letters (a-z)\n",
            " * upper case letters (A-Z)\n",
            " * numbers (i.e. 0-9)\n",
            " * special characters (e.g. !@#$%^&*)"
        ))
    );
    let excellent = PasswordPolicy::named("excellent").unwrap().check("");
    assert!(
        password::policy_text(&excellent).ends_with(
            "* No more than 2 identical characters in a row (e.g., \"aaa\" not allowed)"
        )
    );
}
