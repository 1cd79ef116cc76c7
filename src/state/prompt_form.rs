//! The form of a prompt.

use latchlet_core::config::Progressive;
use latchlet_core::field::Prefill;
use latchlet_core::layout::{Group, Step};
use latchlet_core::progressive::{Asked, ProfileField};
use latchlet_core::{Answer, Field, Form, Message, codec};

use super::{BoxState, Prompt};

impl Prompt {
    /// The form: the questions, and out of sight the answers that their
    /// conditions look at.
    pub fn form(&self, parent: &BoxState, progressive: &Progressive) -> Form {
        let mut fields: Vec<Field> = Vec::new();
        let mut steps: Vec<Step<Vec<usize>>> = Vec::new();
        for asked in &self.asked {
            let Some(question) = progressive.schema.field(&asked.name) else {
                continue;
            };
            // What depends on another question stands below it.
            let place = fields.len();
            match steps.last_mut().and_then(|step| step.groups.first_mut()) {
                Some(group) if asked.depends || !progressive.policy.steps => {
                    group.fields.push(place);
                }
                _ => steps.push(Step {
                    title: String::new(),
                    groups: vec![Group::plain(vec![place])],
                }),
            }
            fields.push(as_asked(parent, question, asked));
        }
        let conditions: Vec<&str> = progressive
            .schema
            .fields
            .iter()
            .filter(|question| fields.iter().any(|field| field.name == question.field.name))
            .filter_map(|question| question.field.when.as_ref())
            .flat_map(|condition| condition.fields())
            .collect();
        let known = progressive.schema.sign_up.iter();
        let all = known.chain(progressive.schema.fields.iter().map(|it| &it.field));
        let mut unseen = Vec::new();
        for field in all {
            if conditions.contains(&field.name.as_str())
                && fields.iter().chain(&unseen).all(|it| it.name != field.name)
                && let Some(value) = self.person.stored(&field.name)
                && let Some(answer) = codec::decode_one(field, &value)
            {
                unseen.push(Field {
                    prefill: Prefill::Given(answer),
                    when: None,
                    ..field.clone()
                });
            }
        }
        fields.extend(unseen);
        Form { fields, steps }
    }
}

/// A field as it is asked here.
fn as_asked(parent: &BoxState, question: &ProfileField, asked: &Asked) -> Field {
    let mut field = Field {
        required: asked.required,
        ..question.field.clone()
    };
    if !asked.depends {
        field.when = None;
    }
    if let Some(known) = &asked.known {
        field.prefill = Prefill::Given(known.answer.clone());
        let confirm = parent.text(Message::ProfileConfirm);
        if !matches!(known.answer, Answer::Bool(_)) {
            field.hint = Some(match &field.hint {
                Some(hint) => [hint, " ", &confirm].concat(),
                None => confirm.into_owned(),
            });
        }
    }
    field
}
