//! A password policy as a list that a person can tick off while typing.

use crate::message::Message;
use crate::password::{CharacterType, PasswordReport, PasswordRule};
use crate::texts::Texts;

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
pub fn lines(report: &PasswordReport, texts: &Texts) -> Vec<Line> {
    let mut lines = Vec::new();
    for verdict in &report.rules {
        lines.push(Line {
            text: rule_text(&verdict.rule, texts),
            verified: verdict.verified,
            item: false,
        });
        for (kind, found) in &verdict.items {
            lines.push(Line {
                text: texts.get(type_text(*kind)).into_owned(),
                verified: *found,
                item: true,
            });
        }
    }
    lines
}

fn rule_text(rule: &PasswordRule, texts: &Texts) -> String {
    let plain = |message| texts.get(message).into_owned();
    let number = |message, n| texts.number(message, n);
    match rule {
        PasswordRule::LengthAtLeast(1) => plain(Message::PolicyNotEmpty),
        PasswordRule::LengthAtLeast(min) => number(Message::PolicyLength, *min),
        PasswordRule::ShouldContain(_) => plain(Message::PolicyAll),
        PasswordRule::ContainsAtLeast(count, types) => {
            let arguments = [("n", &*count.to_string()), ("m", &*types.len().to_string())];
            texts.with(Message::PolicyOf, &arguments)
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
