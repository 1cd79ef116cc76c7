//! A password policy as a list that a person can tick off while typing.

use crate::message::Message;
use crate::password::{CharacterType, PasswordReport, PasswordRule};

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What is asked.
    pub text: String,
    /// Whether the password has it.
    pub verified: bool,
    /// Whether it is one of the items of the line above.
    pub item: bool,
}

/// The lines of a report. Their number depends on the policy alone.
pub fn lines(report: &PasswordReport) -> Vec<Line> {
    let mut lines = Vec::new();
    for verdict in &report.rules {
        lines.push(Line {
            text: rule_text(&verdict.rule),
            verified: verdict.verified,
            item: false,
        });
        for (kind, found) in &verdict.items {
            lines.push(Line {
                text: type_text(*kind).text(),
                verified: *found,
                item: true,
            });
        }
    }
    lines
}

fn rule_text(rule: &PasswordRule) -> String {
    let number = |message: Message, n: u32| message.with(&[("n", &n.to_string())]);
    match rule {
        PasswordRule::LengthAtLeast(1) => Message::PolicyNotEmpty.text(),
        PasswordRule::LengthAtLeast(min) => number(Message::PolicyLength, *min),
        PasswordRule::ShouldContain(_) => Message::PolicyAll.text(),
        PasswordRule::ContainsAtLeast(count, types) => {
            Message::PolicyOf.with(&[("n", &count.to_string()), ("m", &types.len().to_string())])
        }
        PasswordRule::IdenticalChars(max) => number(Message::PolicyIdentical, *max),
        PasswordRule::SequentialChars(max) => number(Message::PolicySequential, *max),
        PasswordRule::MaxLength(max) => number(Message::PolicyMaxLength, *max),
    }
}

fn type_text(kind: CharacterType) -> Message {
    match kind {
        CharacterType::LowerCase => Message::PolicyLowerCase,
        CharacterType::UpperCase => Message::PolicyUpperCase,
        CharacterType::Numbers => Message::PolicyNumbers,
        CharacterType::SpecialCharacters => Message::PolicySpecial,
    }
}
