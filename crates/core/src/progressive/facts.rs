//! What is known of a person at a login.

use crate::answers::{Answer, Answers};
use crate::codec;
use crate::date::{Date, Today};
use crate::decimal::Decimal;
use crate::field::{Field, FieldKind};
use crate::judge::Context;
use crate::rules::Rules;
use crate::value::{Object, Value};

use super::history::History;
use super::policy::{Origin, OriginRoot, ProfileField, Schema, Seconds};

/// What is known of a person at a login.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The user's id, `sub`. It decides about shares.
    pub user: &'a str,
    /// Which login of theirs this is; the first is 1.
    pub login: u32,
    /// When they signed up, if that is known.
    pub signed_up: Option<Seconds>,
    /// The claims of the ID token and of `/userinfo`.
    pub claims: &'a Object,
    /// Their profile of the Management API, without `user_metadata`.
    pub profile: &'a Object,
    /// What they said about themselves.
    pub metadata: &'a Object,
    /// What the page knows; `None` on a server, which does not know that.
    pub known: Option<&'a Object>,
    /// The connection that they signed in with.
    pub connection: &'a str,
    /// The language of the box.
    pub locale: &'a str,
    /// What was asked before.
    pub history: &'a History,
    /// What a part of the page asks for now.
    pub requested: &'a [String],
}

/// Who knows an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// The person said so.
    User,
    /// The page says so.
    App,
    /// Another identity provider says so.
    Provider,
    /// Somebody looked it up.
    Enrichment,
}

/// An answer that is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// The answer.
    pub answer: Answer,
    /// Who knows it.
    pub source: Source,
}

impl Source {
    /// The code as it is written. The codes are stable.
    pub fn code(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::App => "app",
            Self::Provider => "provider",
            Self::Enrichment => "enrichment",
        }
    }
}

impl Facts<'_> {
    /// What is known as the answer to a question: what is stored, or what
    /// another source says.
    pub fn known(&self, question: &ProfileField) -> Option<Known> {
        let name = &question.field.name;
        let stored = self.metadata.get(name);
        match stored.and_then(|value| answer(&question.field, value)) {
            Some(answer) => Some(Known {
                answer,
                source: self.source_of(name),
            }),
            None => self.elsewhere(question),
        }
    }

    /// What is known from elsewhere: by the page, then by providers, then by
    /// whoever looked it up.
    pub(super) fn elsewhere(&self, question: &ProfileField) -> Option<Known> {
        let name = &question.field.name;
        let said = question
            .from
            .iter()
            .map(|origin| (self.find(origin), self.source(origin)));
        let own = [
            (self.known.and_then(|known| known.get(name)), Source::App),
            (named(self.claims, name), Source::Provider),
            (named(self.profile, name), Source::Provider),
        ];
        said.chain(own)
            .filter_map(|(value, source)| {
                let answer = answer(&question.field, value?)?;
                Some(Known { answer, source })
            })
            .min_by_key(|known| known.source)
    }

    /// Who said what is stored under a name.
    pub(super) fn source_of(&self, name: &str) -> Source {
        let entry = self.history.entry(name);
        entry.map_or(Source::User, |entry| entry.source)
    }

    fn source(&self, origin: &Origin) -> Source {
        match origin.root {
            OriginRoot::Metadata => match origin.path.first() {
                Some(name) => self.source_of(name),
                None => Source::User,
            },
            OriginRoot::Known => Source::App,
            OriginRoot::Claims | OriginRoot::Profile => Source::Provider,
            OriginRoot::Enrichment => Source::Enrichment,
        }
    }

    fn find(&self, origin: &Origin) -> Option<&Value> {
        let root = match origin.root {
            OriginRoot::Claims => self.claims,
            OriginRoot::Profile => self.profile,
            OriginRoot::Metadata => self.metadata,
            OriginRoot::Known => self.known?,
            OriginRoot::Enrichment => {
                let app_metadata = self.profile.get("app_metadata")?.as_object()?;
                app_metadata.get("enrichment")?.as_object()?
            }
        };
        inside(root, &origin.path)
    }

    /// What conditions find under `known`: what the page says, then the claims,
    /// the profile, and some names of our own.
    pub fn known_to_conditions(&self) -> Object {
        let mut known = self.known.cloned().unwrap_or_default();
        let mut add = |name: &str, value: Value| {
            if known.get(name).is_none() {
                known.insert(name, value);
            }
        };
        for (name, value) in self.claims.iter().chain(self.profile.iter()) {
            add(name, value.clone());
        }
        for (name, value) in [("connection", self.connection), ("locale", self.locale)] {
            // A server may not know it, and must not find that it is another.
            if !value.is_empty() {
                add(name, value.into());
            }
        }
        add("logins", self.login.into());
        known
    }

    /// The answers that are stored, for conditions.
    pub(super) fn answers(&self, schema: &Schema) -> Answers {
        let mut answers = Answers::default();
        for field in &schema.sign_up {
            let value = self.metadata.get(&field.name);
            if let Some(answer) = value.and_then(|value| answer(field, value)) {
                answers.set(&field.name, answer);
            }
        }
        for question in &schema.fields {
            if let Some(known) = self.known(question) {
                answers.set(&question.field.name, known.answer);
            }
        }
        answers
    }
}

/// What a path leads to. A name may have dots itself, as the claims that an
/// application adds do: `https://example.com/company`.
fn inside<'a>(object: &'a Object, path: &[String]) -> Option<&'a Value> {
    (1..=path.len()).rev().find_map(|length| {
        let (name, rest) = path.split_at_checked(length)?;
        let value = object.get(&name.join("."))?;
        match (value, rest) {
            (value, []) => Some(value),
            (Value::Object(object), rest) => inside(object, rest),
            (Value::List(items), [place, rest @ ..]) => {
                let item = items.get(place.parse::<usize>().ok()?)?;
                match rest {
                    [] => Some(item),
                    rest => inside(item.as_object()?, rest),
                }
            }
            _ => None,
        }
    })
}

/// The attribute of a name. Where Auth0 knows no name it puts the address, or
/// what stands before its `@`, in its place, which is no answer.
fn named<'a>(attributes: &'a Object, name: &str) -> Option<&'a Value> {
    let value = attributes.get(name)?;
    let email = attributes.text("email").unwrap_or_default();
    let local_part = email.split('@').next();
    let made_up = match name {
        "name" => value.as_text() == Some(email),
        "nickname" => value.as_text() == local_part,
        _ => false,
    };
    (!made_up).then_some(value)
}

/// A value as an answer to a field, if it is one. Another source writes a
/// number or a truth value as such, `user_metadata` has texts.
pub(super) fn answer(field: &Field, value: &Value) -> Option<Answer> {
    let answer = match (&field.kind, value) {
        (FieldKind::Checkbox, Value::Bool(ticked)) => Answer::Bool(*ticked),
        (FieldKind::Number, Value::Number(number)) => Answer::Number(Decimal::from_f64(*number)?),
        _ => codec::decode_one(field, value)?,
    };
    let is_said = matches!(answer, Answer::Bool(_)) || !field.is_unanswered(&answer);
    // A rule may change, and an answer that was right then stays one; what is
    // no such thing at all, or no option any more, is none.
    let free = Field {
        rules: Rules::default(),
        required: false,
        ..field.clone()
    };
    let context = Context {
        answers: &Answers::default(),
        known: None,
        today: Today::here(Date::EPOCH),
        matches: &|_, _| true,
    };
    (is_said && free.validate(&answer, &context).is_ok()).then_some(answer)
}
