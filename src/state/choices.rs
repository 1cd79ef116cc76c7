//! The options of a field that are loaded when it is shown.

use std::rc::Rc;

use latchlet_core::Value;
use latchlet_core::field::{SelectOption, Source};

use crate::browser::functions::{NoResult, Returned, TIME_LIMIT};
use crate::browser::http::{self, NoReply};
use crate::browser::{page, task};

use super::{BoxState, Signal};

/// Where loading has come to.
#[derive(Clone, Debug, PartialEq)]
pub enum Choices {
    /// It is under way.
    Loading,
    /// The options are there.
    Loaded(Rc<Vec<SelectOption>>),
    /// They did not come; the person can try again.
    Failed,
}

/// Loads options, now and again when asked.
pub fn load(parent: &Rc<BoxState>, field: &str, source: &Source, choices: &Signal<Choices>) {
    choices.set(Choices::Loading);
    let (parent, source) = (parent.clone(), source.clone());
    let (field, choices) = (field.to_owned(), choices.clone());
    task::start(async move {
        let loaded = fetch(&parent, &source).await.and_then(|value| read(&value));
        if !parent.is_alive() {
            return;
        }
        choices.set(match loaded {
            Ok(options) => Choices::Loaded(Rc::new(options)),
            Err(why) => {
                page::console_error(&["Latchlet: no options for `", &field, "`: ", &why].concat());
                Choices::Failed
            }
        });
    });
}

/// What a source gives, or why it gives nothing.
pub async fn fetch(parent: &BoxState, source: &Source) -> Result<Value, String> {
    match source {
        Source::Url(url) => match http::get_within(TIME_LIMIT as u32, url, &[]).await {
            Ok(reply) if reply.status == 200 => Ok(reply.body),
            Ok(reply) => Err(["the server answered ", &reply.status.to_string()].concat()),
            Err(NoReply::TookTooLong) => Err("the server did not answer in 6 seconds".to_owned()),
            Err(NoReply::Unreachable) => {
                Err("the server cannot be reached, or allows no request from this page".to_owned())
            }
        },
        Source::Function(function) => {
            let result = match parent.functions.call(*function, &[]) {
                Returned::Now(result) => result,
                Returned::Later(later) => later.await,
            };
            result.map_err(|why| match why {
                NoResult::TookTooLong => "the function did not answer in 6 seconds".to_owned(),
                NoResult::Threw { text, .. } => text,
            })
        }
    }
}

/// Options as they are in a config: `{ value, label }`, or texts.
fn read(value: &Value) -> Result<Vec<SelectOption>, String> {
    let wrong = || "give a list of `{ value, label }`".to_owned();
    let text = |value: Option<&Value>| match value {
        Some(Value::Text(text)) => Some(text.clone()),
        Some(Value::Number(number)) => {
            latchlet_core::decimal::Decimal::from_f64(*number).map(|it| it.to_text())
        }
        _ => None,
    };
    let option = |item: &Value| {
        if let Some(own) = text(Some(item)) {
            return Some(SelectOption {
                value: own.clone(),
                label: own,
            });
        }
        let object = item.as_object()?;
        Some(SelectOption {
            value: text(object.get("value"))?,
            label: text(object.get("label"))?,
        })
    };
    let items = value.as_list().ok_or_else(wrong)?;
    items
        .iter()
        .map(option)
        .collect::<Option<_>>()
        .ok_or_else(wrong)
}
