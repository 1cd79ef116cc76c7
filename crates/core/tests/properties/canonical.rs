//! Canonical forms: what is one stays what it is, and noise changes nothing.

use latchlet_core::decimal::Decimal;
use latchlet_core::password::PasswordPolicy;
use latchlet_core::username::UsernameRules;
use latchlet_core::{Answer, Date, Field, FieldKind, email, one_time_code, telephone, web_address};
use proptest::prelude::*;

/// White space and what nobody sees.
const NOISE: &str = "[ \t\r\n\u{200b}\u{200e}\u{feff}\u{00a0}\u{2060}\u{202a}\u{2069}]{0,6}";

/// A text, and often one that is nearly what is meant.
fn near(meant: &'static str) -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        meant,
        (NOISE, meant, NOISE).prop_map(|(a, b, c)| a + &b + &c)
    ]
}

/// The canonical form of a canonical form is itself.
fn is_fixed(canonical: impl Fn(&str) -> Option<String>, typed: &str) -> Result<(), TestCaseError> {
    if let Some(once) = canonical(typed) {
        prop_assert_eq!(canonical(&once), Some(once));
    }
    Ok(())
}

proptest! {
    #[test]
    fn canonical_forms_are_fixed_points(
        address in near("[a-zA-Z0-9.+]{1,20}@[a-zA-Z0-9.-]{1,12}"),
        name in near("[a-zA-Z0-9_+.!#$^`~@'-]{1,16}"),
        number in near("[+0(]{0,3}[0-9 ()./٠-٩-]{3,20}"),
        code in near("[0-9٠-٩ -]{5,9}"),
        decimal in near("[-+\u{2212}]?[0-9 ',.٠-٩]{1,16}"),
        day in near("[0-9]{4}-[01][0-9]-[0-3][0-9]"),
    ) {
        is_fixed(email::canonical, &address)?;
        is_fixed(|typed| Some(email::identifier(typed)), &address)?;
        is_fixed(|typed| UsernameRules::default().canonical(typed).ok(), &name)?;
        is_fixed(telephone::canonical, &number)?;
        is_fixed(one_time_code::canonical, &code)?;
        is_fixed(|typed| Decimal::parse(typed).map(|it| it.to_string()), &decimal)?;
        is_fixed(|typed| Date::parse(typed).map(|it| it.to_string()), &day)?;
        if let Some(address) = email::canonical(&address) {
            prop_assert!(!address.chars().any(|c| c.is_control() || " <>".contains(c)));
        }
    }

    #[test]
    fn noise_changes_nothing(before in NOISE, after in NOISE, inside in NOISE) {
        let noisy = |text: &str| format!("{before}{text}{after}");
        prop_assert_eq!(email::canonical(&noisy("ada@example.com")).unwrap(), "ada@example.com");
        prop_assert_eq!(email::identifier(&noisy("Ada")), "Ada");
        prop_assert_eq!(UsernameRules::default().canonical(&noisy("Ada")).unwrap(), "ada");
        prop_assert_eq!(telephone::canonical(&noisy(&format!("+49{inside}30{inside}1234"))).unwrap(), "+49301234");
        prop_assert_eq!(one_time_code::canonical(&noisy(&format!("123{inside}456"))).unwrap(), "123456");
        prop_assert!(web_address::is_valid(&noisy("example.com")));
        for (kind, typed, sent) in [
            (FieldKind::Number, format!("1{inside}000"), "1000"),
            (FieldKind::Date, "2024-02-29".to_owned(), "2024-02-29"),
        ] {
            let field = Field::new("field", kind, "Field");
            let answer = field.typed(&noisy(&typed));
            prop_assert_eq!(&answer.to_text(), sent);
            prop_assert!(!matches!(answer, Answer::Text(_)));
        }
        for kind in [FieldKind::Text, FieldKind::Number, FieldKind::Date, FieldKind::Email] {
            let field = Field::new("field", kind, "Field");
            prop_assert!(field.is_unanswered(&field.typed(&noisy(""))));
        }
    }

    #[test]
    fn a_number_is_what_was_written(mantissa in -999_999_999_999_i64..1_000_000_000_000, scale in 0..=6_u32) {
        let written = mantissa as f64 / 10_f64.powi(scale as i32);
        let number = Decimal::from_f64(written).unwrap();
        prop_assert_eq!(number.to_f64(), written);
        prop_assert_eq!(Decimal::parse(&number.to_string()), Some(number));
    }

    #[test]
    fn any_number_is_a_decimal_or_none(number in any::<f64>()) {
        if let Some(decimal) = Decimal::from_f64(number) {
            prop_assert_eq!(decimal.to_f64(), number);
        }
    }

    #[test]
    fn days_follow_each_other(year in 2..9998_i32, month in 1..=12_u8, day in 1..=28_u8, days in 0..80_000_i32) {
        let date = Date::new(year, month, day).unwrap();
        let later = date.plus_days(days % 700);
        prop_assert_eq!(later.plus_days(-(days % 700)), date);
        prop_assert!(later >= date);
        prop_assert!(date.plus_months(days % 600) >= date);
    }

    #[test]
    fn any_long_password_meets_a_policy_of_length(password in ".{15,80}") {
        prop_assert!(PasswordPolicy::default().check(&password).verified());
    }
}
