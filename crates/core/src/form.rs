//! A form: an ordered list of fields, and which of them are asked.

use crate::answers::{Answer, Answers};
use crate::codec;
use crate::condition::Facts;
use crate::connection::Connection;
use crate::field::{Field, FieldKind, Identifier, Storage};
use crate::gather::Gather;
use crate::judge::Context;
use crate::layout::{Layout, Step};
use crate::message::Message;
use crate::texts::Texts;
use crate::value::Object;
use crate::violation::Violation;

/// An ordered list of fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// The fields in the order in which they are asked.
    pub fields: Vec<Field>,
    /// The steps, which hold every field once, by its place in the list.
    pub steps: Vec<Step<Vec<usize>>>,
}

/// The name of the box that [`SignUp::must_accept_terms`] adds.
pub const TERMS: &str = "terms";

/// What a sign-up asks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SignUp {
    /// The fields beside e-mail, user name and password.
    pub fields: Vec<Field>,
    /// Their order, the built-in ones included.
    pub layout: Layout,
    /// Whether the user name is made up and not asked.
    pub hides_username: bool,
    /// Whether a last box must be ticked.
    pub must_accept_terms: bool,
}

impl Form {
    /// A form of one step.
    pub fn new(fields: Vec<Field>) -> Self {
        Self::arranged(fields, &Layout::default())
    }

    fn arranged(fields: Vec<Field>, layout: &Layout) -> Self {
        let (fields, steps) = layout.arrange(fields, |field| &field.name);
        Self { fields, steps }
    }

    /// The sign-up form: in Lock's order unless the layout says otherwise.
    pub fn sign_up(connection: &Connection, sign_up: &SignUp, texts: &Texts) -> Self {
        let email = match connection.username {
            // The e-mail is then what one signs in with.
            None => FieldKind::Identifier(Identifier::Email),
            Some(_) => FieldKind::Email,
        };
        let built_in = |name, kind, label| Field::new(name, kind, &texts.get(label));
        let mut fields = vec![built_in("email", email, Message::EmailLabel)];
        if let Some(rules) = &connection.username
            && !sign_up.hides_username
        {
            let kind = FieldKind::Username(rules.clone());
            fields.push(built_in("username", kind, Message::UsernameLabel));
        }
        let kind = FieldKind::NewPassword(connection.password_policy.clone());
        fields.push(built_in("password", kind, Message::PasswordLabel));
        fields.extend_from_slice(&sign_up.fields);
        if sign_up.must_accept_terms {
            let kind = FieldKind::Consent(Default::default());
            fields.push(Field {
                storage: Storage::Nowhere,
                ..built_in(TERMS, kind, Message::SignUpTerms)
            });
        }
        Self::arranged(fields, &sign_up.layout)
    }

    /// The sign-in form: what one signs in with, and the password.
    pub fn sign_in(identifier: Identifier, texts: &Texts) -> Self {
        let label = match identifier {
            Identifier::Email => Message::EmailLabel,
            Identifier::Username => Message::UsernameLabel,
            Identifier::Either => Message::IdentifierLabel,
        };
        Self::new(vec![
            Field::new(
                "username",
                FieldKind::Identifier(identifier),
                &texts.get(label),
            ),
            Field::new(
                "password",
                FieldKind::CurrentPassword,
                &texts.get(Message::PasswordLabel),
            ),
        ])
    }

    /// The field of a name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Whether each field is asked: always, where it has no condition, and
    /// never because of the answer to a field that is not asked itself. `None`
    /// where that depends on what the server cannot tell: `known` is `None`
    /// there, and what a sign-up does not send is unseen, as are fields that
    /// the form of the server does not have.
    pub fn asked(&self, answers: &Answers, known: Option<&Object>) -> Vec<Option<bool>> {
        let unseen = |field: &&Field| known.is_none() && !field.is_sent_at_sign_up();
        let mut asking = Asking {
            form: self,
            given: answers,
            known,
            unseen: self
                .fields
                .iter()
                .filter(unseen)
                .map(|it| &*it.name)
                .gather(),
            counted: Answers::default(),
            asked: vec![Progress::Not; self.fields.len()],
        };
        (0..self.fields.len())
            .map(|place| asking.resolve(place))
            .gather()
    }

    /// Every violation, in the order of the fields. What is not asked breaks
    /// no rule, and what may not be asked need not be answered.
    pub fn validate<'a>(&'a self, context: &Context<'_>) -> Vec<(&'a Field, Violation)> {
        let asked = self.asked(context.answers, context.known);
        self.fields
            .iter()
            .zip(asked)
            .filter_map(|(field, asked)| {
                let violation = match asked {
                    Some(false) => return None,
                    _ if context.known.is_none() && !field.is_sent_at_sign_up() => return None,
                    Some(true) => field.validate(context.answers.get(&field.name), context),
                    None => match field.validate(context.answers.get(&field.name), context) {
                        Err(Violation::Required | Violation::MustBeTicked) => Ok(()),
                        judged => judged,
                    },
                };
                Some((field, violation.err()?))
            })
            .gather()
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Progress {
    Not,
    UnderWay,
    Done(Option<bool>),
}

/// Finds out which fields are asked, each after those that it depends on.
struct Asking<'a> {
    form: &'a Form,
    given: &'a Answers,
    known: Option<&'a Object>,
    unseen: Vec<&'a str>,
    /// The answers of the fields that are asked.
    counted: Answers,
    asked: Vec<Progress>,
}

impl<'a> Asking<'a> {
    fn resolve(&mut self, place: usize) -> Option<bool> {
        match self.asked[place] {
            Progress::Done(asked) => return asked,
            // A config with a cycle is refused; a form made by hand ends here.
            Progress::UnderWay => return Some(true),
            Progress::Not => self.asked[place] = Progress::UnderWay,
        }
        let form = self.form;
        let field = &form.fields[place];
        let asked = match &field.when {
            None => Some(true),
            Some(condition) => {
                for name in condition.fields() {
                    match form.fields.iter().position(|it| it.name == name) {
                        Some(other) => {
                            self.resolve(other);
                        }
                        None if self.known.is_none() => self.unseen.push(name),
                        None => {}
                    }
                }
                condition.holds(&Facts {
                    answers: &self.counted,
                    known: self.known,
                    known_in_part: false,
                    unseen: &self.unseen,
                })
            }
        };
        if asked != Some(false) {
            self.count(field, asked);
        }
        self.asked[place] = Progress::Done(asked);
        asked
    }

    /// Notes an answer for the conditions that look at it: in the form in which
    /// it is sent, so that both sides see the same.
    fn count(&mut self, field: &'a Field, asked: Option<bool>) {
        let answer = self.given.get(&field.name);
        let given = match (&field.kind, answer) {
            (FieldKind::Checkbox | FieldKind::Consent(_), answer)
                if asked == Some(true) || !answer.is_blank() =>
            {
                Answer::Bool(!answer.is_blank())
            }
            // An unticked box is sent, so that this one was not asked or is one.
            (FieldKind::Checkbox, answer) => match answer {
                Answer::Bool(_) => answer.clone(),
                _ => return,
            },
            // An agreement that nobody gave is not sent.
            (FieldKind::Consent(_), _) => return self.unseen.push(&field.name),
            (_, answer) if field.is_unanswered(answer) => return,
            (_, Answer::Text(text)) => field.typed(&codec::canonical(field, text.clone())),
            (_, answer) => answer.clone(),
        };
        self.counted.set(&field.name, given);
    }
}
