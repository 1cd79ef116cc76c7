//! How the refusals of a password are told.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use latchlet_core::Value;
use latchlet_core::password::{CharacterType, PasswordPolicy, PasswordRule};
use latchlet_wire::password;

fn written(value: &Value) -> String {
    serde_json::to_string(value).unwrap()
}

/// The tree and the text for `abc` under `good`, as documented for Auth0's own
/// clients.
#[test]
fn a_weak_password_is_explained_as_auth0_does() {
    let report = PasswordPolicy::named("good").unwrap().check("abc");
    let error = password::too_weak(&report);
    assert_eq!(
        written(&error.description),
        concat!(
            r#"{"rules":[{"message":"At least %d characters in length","format":[8],"code":"lengthAtLeast","verified":false},"#,
            r#"{"message":"Contain at least %d of the following %d types of characters:","code":"containsAtLeast","format":[3,4],"items":["#,
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

/// Every rule of the flexible policy, as Auth0's own library for it writes the
/// tree and the text.
#[test]
fn the_flexible_policy_is_explained_as_auth0_does() {
    let policy = PasswordPolicy {
        rules: vec![
            PasswordRule::LengthAtLeast(10),
            PasswordRule::ShouldContain(vec![
                CharacterType::LowerCase,
                CharacterType::SpecialCharacters,
            ]),
            PasswordRule::IdenticalChars(2),
            PasswordRule::SequentialChars(2),
            PasswordRule::MaxLength(72),
        ],
    };
    let report = policy.check(&["abcddd", &"x".repeat(70)].concat());
    assert_eq!(
        written(&password::rules_tree(&report)),
        concat!(
            r#"{"rules":[{"message":"At least %d characters in length","format":[10],"code":"lengthAtLeast","verified":true},"#,
            r#"{"message":"Should contain:","code":"shouldContain","verified":false,"items":["#,
            r#"{"message":"lower case letters (a-z)","code":"lowerCase","verified":true},"#,
            r#"{"message":"special characters (e.g. !@#$%^&*)","code":"specialCharacters","verified":false}]},"#,
            r#"{"message":"No more than %d identical characters in a row (e.g., \"%s\" not allowed)","code":"identicalChars","format":[2,"aaa"],"verified":false},"#,
            r#"{"message":"No more than %d sequential alphanumeric characters (e.g., \"%s\" not allowed)","code":"sequentialChars","format":[2,"abc"],"verified":false},"#,
            r#"{"message":"Maximum password length exceeded","code":"maxLength","format":[72],"verified":false}],"verified":false}"#
        )
    );
    assert_eq!(
        password::policy_text(&report),
        concat!(
            "* At least 10 characters in length\n",
            "* Should contain:\n",
            " * lower case letters (a-z)\n",
            " * special characters (e.g. !@#$%^&*)\n",
            "* No more than 2 identical characters in a row (e.g., \"aaa\" not allowed)\n",
            "* No more than 2 sequential alphanumeric characters (e.g., \"abc\" not allowed)\n",
            "* Maximum password length exceeded 72"
        )
    );
    let none = PasswordPolicy::named("none").unwrap().check("abc");
    assert_eq!(
        written(&password::rules_tree(&none)),
        r#"{"rules":[{"message":"Non-empty password required","code":"nonEmpty","verified":true}],"verified":true}"#
    );
}

#[test]
fn what_no_policy_says_has_a_name_of_its_own() {
    for (error, name) in [
        (password::too_common(), "PasswordDictionaryError"),
        (password::has_user_info(), "PasswordNoUserInfoError"),
        (password::reused(5), "PasswordHistoryError"),
    ] {
        assert_eq!(
            (error.status, error.code.as_str()),
            (400, "invalid_password")
        );
        assert_eq!(error.name.as_deref(), Some(name));
    }
    assert_eq!(
        password::reused(2).description.as_text(),
        Some("You may not reuse any of the last 2 passwords.")
    );
}
