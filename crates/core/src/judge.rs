//! Whether an answer to a field is accepted.

use crate::answers::{Answer, Answers};
use crate::date::{Date, Today};
use crate::decimal::Decimal;
use crate::field::{Field, FieldKind, Identifier, Options};
use crate::rules::Length;
use crate::value::Object;
use crate::violation::Violation;
use crate::{codec, country, email, one_time_code, password, telephone, web_address};

/// What an answer is judged against, beside its field.
pub struct Context<'a> {
    /// The answers to the whole form.
    pub answers: &'a Answers,
    /// What is known of the person; `None` on the server (see [`Form::asked`]).
    ///
    /// [`Form::asked`]: crate::Form::asked
    pub known: Option<&'a Object>,
    /// The day that date rules count from.
    pub today: Today,
    /// Whether the whole of a text (second) matches a pattern (first). The
    /// widget loads the engine when a form needs it (see [`crate::pattern`]).
    pub matches: &'a dyn Fn(&str, &str) -> bool,
}

impl Field {
    /// What was typed or received as text, in the type of the field. What is
    /// not of that type stays a text, so that nothing typed is lost.
    pub fn typed(&self, text: &str) -> Answer {
        let typed = match self.kind {
            FieldKind::Number => Decimal::parse(text).map(Answer::Number),
            FieldKind::Date => Date::parse(text.trim_matches(email::is_noise)).map(Answer::Date),
            _ => None,
        };
        typed.unwrap_or_else(|| Answer::Text(text.to_owned()))
    }

    /// Whether an answer to this field is accepted.
    pub fn validate(&self, answer: &Answer, context: &Context<'_>) -> Result<(), Violation> {
        if self.is_unanswered(answer) {
            return match (self.required, &self.kind) {
                (false, _) => Ok(()),
                (true, FieldKind::Checkbox | FieldKind::Consent(_)) => Err(Violation::MustBeTicked),
                (true, _) => Err(Violation::Required),
            };
        }
        self.validate_kind(answer, context)?;
        self.validate_text(&codec::canonical(self, answer.to_text()), context)
    }

    /// Whether this is no answer to the field, and so nothing to send. White
    /// space alone can be a password or the value of an option, but says
    /// nothing as a text.
    pub fn is_unanswered(&self, answer: &Answer) -> bool {
        match (&self.kind, answer) {
            (FieldKind::Select(_) | FieldKind::Radio(_) | FieldKind::Combobox(_), _)
            | (FieldKind::NewPassword(_) | FieldKind::CurrentPassword | FieldKind::Secret, _) => {
                answer.text().is_empty()
            }
            _ => answer.is_blank(),
        }
    }

    /// What the kind and the rules of its type ask.
    fn validate_kind(&self, answer: &Answer, context: &Context<'_>) -> Result<(), Violation> {
        let rules = &self.rules;
        match (&self.kind, answer) {
            (FieldKind::Number, Answer::Number(number)) => {
                if let Some(min) = rules.min.filter(|min| number < min) {
                    return Err(Violation::TooSmall(min));
                }
                if let Some(max) = rules.max.filter(|max| number > max) {
                    return Err(Violation::TooLarge(max));
                }
                let base = rules.min.unwrap_or(Decimal::whole(0));
                match rules.step.filter(|step| !number.is_step(base, *step)) {
                    Some(step) => Err(Violation::NotAStep(step)),
                    None => Ok(()),
                }
            }
            (FieldKind::Number, _) => Err(Violation::NotANumber),
            (FieldKind::Date, Answer::Date(date)) => {
                let first = rules.first.map(|first| first.first(context.today));
                let last = rules.last.map(|last| last.last(context.today));
                if let Some(first) = first.filter(|first| date < first) {
                    return Err(Violation::TooEarly(first));
                }
                match last.filter(|last| date > last) {
                    Some(last) => Err(Violation::TooLate(last)),
                    None => Ok(()),
                }
            }
            (FieldKind::Date, _) => Err(Violation::NotADate),
            (FieldKind::Checkboxes(options), Answer::List(chosen)) => {
                let Length { min, max } = rules.items;
                let once = |(place, value)| !chosen[..place].contains(value);
                if !chosen.iter().all(|value| options.have(value))
                    || !chosen.iter().enumerate().all(once)
                {
                    return Err(Violation::NotAnOption);
                }
                if let Some(min) = min.filter(|min| chosen.len() < *min as usize) {
                    return Err(Violation::TooFew(min));
                }
                match max.filter(|max| chosen.len() > *max as usize) {
                    Some(max) => Err(Violation::TooMany(max)),
                    None => Ok(()),
                }
            }
            (FieldKind::Checkboxes(_), _) => Err(Violation::NotAnOption),
            (kind, Answer::Text(text)) => validate_syntax(kind, text),
            _ => Ok(()),
        }
    }

    /// The rules for texts, of whatever kind.
    fn validate_text(&self, text: &str, context: &Context<'_>) -> Result<(), Violation> {
        let rules = &self.rules;
        if self.has_length() {
            let length = text.chars().count();
            let max = self.max_length();
            if let Some(min) = rules.length.min.filter(|min| length < *min as usize) {
                return Err(Violation::TooShort(min));
            }
            if length > max as usize {
                return Err(Violation::TooLong(max));
            }
        }
        if !rules.one_of.is_empty() && !rules.one_of.iter().any(|one| one == text) {
            return Err(Violation::NotOneOf);
        }
        if let Some(pattern) = &rules.pattern
            && !(context.matches)(pattern, text)
        {
            return Err(Violation::Pattern);
        }
        match &rules.equals {
            // What is not sent cannot be compared there.
            Some(_) if context.known.is_none() => Ok(()),
            Some(other) => {
                let other = codec::canonical(self, context.answers.get(other).to_text());
                match other == text {
                    true => Ok(()),
                    false => Err(Violation::NotEqual),
                }
            }
            None => Ok(()),
        }
    }

    /// Whether the length of the text is ours to judge.
    fn has_length(&self) -> bool {
        matches!(
            self.kind,
            FieldKind::Text
                | FieldKind::TextArea
                | FieldKind::Secret
                | FieldKind::Hidden
                | FieldKind::Email
                | FieldKind::Telephone
                | FieldKind::Url
                | FieldKind::Combobox(_)
                | FieldKind::Select(_)
                | FieldKind::Radio(_)
        )
    }
}

fn validate_syntax(kind: &FieldKind, text: &str) -> Result<(), Violation> {
    let check = |valid: bool, violation| match valid {
        true => Ok(()),
        false => Err(violation),
    };
    match kind {
        FieldKind::Email | FieldKind::Identifier(Identifier::Email) => {
            check(email::canonical(text).is_some(), Violation::Email)
        }
        FieldKind::Username(rules) => match rules.canonical(text) {
            Ok(_) => Ok(()),
            Err(problem) => Err(Violation::Username(problem)),
        },
        FieldKind::NewPassword(_) | FieldKind::CurrentPassword
            if text.len() > password::MAX_BYTES =>
        {
            Err(Violation::PasswordTooLong)
        }
        FieldKind::NewPassword(policy) => {
            let report = policy.check(text);
            check(report.verified(), Violation::PasswordTooWeak(report))
        }
        FieldKind::OneTimeCode => check(one_time_code::canonical(text).is_some(), Violation::Code),
        FieldKind::Telephone => check(telephone::canonical(text).is_some(), Violation::Telephone),
        FieldKind::Url => check(web_address::is_valid(text), Violation::Url),
        FieldKind::Select(options) | FieldKind::Radio(options) | FieldKind::Combobox(options) => {
            check(options.have(text), Violation::NotAnOption)
        }
        FieldKind::Country(only) => check(
            country::is_code(text) && (only.is_empty() || only.iter().any(|code| code == text)),
            Violation::NotAnOption,
        ),
        _ => Ok(()),
    }
}

impl Options {
    /// Whether a value is one of them, as far as they are known.
    pub fn have(&self, value: &str) -> bool {
        match self {
            Self::Listed(options) => options.iter().any(|option| option.value == value),
            Self::Loaded(_) => true,
        }
    }
}
