//! Auth0's flexible password policy, as a config writes it.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use latchlet_core::Value;
use latchlet_core::config::{Place, Problem, read_connection};
use latchlet_core::password::{ALL_TYPES, PasswordPolicy, PasswordRule};

fn read(json: &str) -> (PasswordPolicy, Vec<String>) {
    let value: Value = serde_json::from_str(json).unwrap();
    let mut problems = Vec::new();
    let connection = read_connection(&value, &Place::default(), &mut problems).unwrap();
    let told = |problem: &Problem| format!("{} {}", problem.path, problem.code.as_str());
    (
        connection.password_policy,
        problems.iter().map(told).collect(),
    )
}

#[test]
fn every_rule_of_the_flexible_policy() {
    let (policy, problems) = read(
        r#"{"name":"a","password_options":{"complexity":{
            "min_length":9,"character_types":["special","number","lowercase","uppercase"],
            "character_type_rule":"three_of_four","identical_characters":"block",
            "sequential_characters":"block","max_length_exceeded":"error"}}}"#,
    );
    assert_eq!(problems, [""; 0]);
    assert_eq!(
        policy.rules,
        [
            PasswordRule::LengthAtLeast(9),
            PasswordRule::ContainsAtLeast(3, ALL_TYPES.to_vec()),
            PasswordRule::IdenticalChars(2),
            PasswordRule::SequentialChars(2),
            PasswordRule::MaxLength(72),
        ]
    );
}

#[test]
fn what_is_left_out_is_allowed() {
    let (policy, problems) = read(
        r#"{"name":"a","password_options":{"complexity":{
            "character_types":["number","uppercase"],"identical_characters":"allow",
            "sequential_characters":"allow"}}}"#,
    );
    assert_eq!(problems, [""; 0]);
    assert_eq!(
        policy.rules,
        [
            PasswordRule::LengthAtLeast(15),
            PasswordRule::ShouldContain(vec![ALL_TYPES[1], ALL_TYPES[2]]),
        ]
    );
    let empty = read(r#"{"name":"a","password_options":{"complexity":{}}}"#);
    assert_eq!(empty.0, PasswordPolicy::default());
}

#[test]
fn what_cannot_hold_is_refused_with_its_place() {
    for (complexity, problem) in [
        (r#""min_length":0"#, "min_length invalid_value"),
        (r#""min_length":73"#, "min_length invalid_value"),
        (
            r#""character_types":["emoji"]"#,
            "character_types[0] invalid_value",
        ),
        (
            r#""character_types":["number"],"character_type_rule":"three_of_four""#,
            "character_type_rule invalid_value",
        ),
        (
            r#""sequential_characters":"blok""#,
            "sequential_characters invalid_value",
        ),
        (
            r#""max_length_exceeded":"truncate""#,
            "max_length_exceeded invalid_value",
        ),
        (r#""min":9"#, "min unknown_option"),
    ] {
        let json =
            format!(r#"{{"name":"a","password_options":{{"complexity":{{{complexity}}}}}}}"#);
        let wanted = format!("password_options.complexity.{problem}");
        assert_eq!(read(&json).1, [wanted], "{complexity}");
    }
    let both = r#"{"name":"a","passwordPolicy":"good","password_options":{"complexity":{}}}"#;
    assert_eq!(read(both).1, ["passwordPolicy invalid_value"]);
}
