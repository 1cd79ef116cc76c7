//! What a box leaves to the one that takes its place, and to the page that is
//! loaded again.

use latchlet_core::gather::Gather;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use latchlet_core::config::Config;
use latchlet_core::{Answer, Failure, Object, Value};

use crate::backend::Session;
use crate::backend::profile::Access;
use crate::browser::{json, page, storage};

use super::Signal;

/// What outlives a box that another one takes the place of: what was typed and
/// is no secret, and a login that is being finished.
#[derive(Clone)]
pub struct Kept {
    answers: Rc<RefCell<Vec<(String, Answer)>>>,
    /// The login that the page was opened with.
    pub login: Signal<Login>,
    /// Who logged in here.
    pub access: Rc<RefCell<Option<Access>>>,
    /// Whether questions were under way.
    pub prompting: Rc<Cell<bool>>,
}

/// The login that a page was opened with.
pub enum Login {
    /// There is none, or it is over.
    None,
    /// It is being finished.
    UnderWay,
    /// It is finished, and no screen shows it yet.
    Finished(Box<Result<Session, Failure>>),
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            answers: Rc::default(),
            login: Signal::new(Login::None),
            access: Rc::default(),
            prompting: Rc::default(),
        }
    }
}

/// What stands between a person and the name of a field, in the name of what
/// they alone said. No name of a field has it.
pub const OF_SOMEBODY: &str = "\n";

/// Where a draft is in session storage, before the client id.
const DRAFT: &str = "latchlet.draft.";
/// What a draft looks like. One of another format is dropped.
const FORMAT: f64 = 1.0;
/// How long a draft is kept, in milliseconds: half an hour.
const LIFE: f64 = 1_800_000.0;

impl Kept {
    /// What was typed into a field; an empty text if it was emptied, nothing
    /// if nobody touched it.
    pub fn get(&self, name: &str) -> Option<Answer> {
        let answers = self.answers.borrow();
        let (_, answer) = answers.iter().find(|(field, _)| field == name)?;
        Some(answer.clone())
    }

    /// Remembers what was typed.
    pub fn set(&self, name: &str, answer: Answer) {
        let mut answers = self.answers.borrow_mut();
        answers.retain(|(field, _)| field != name);
        answers.push((name.to_owned(), answer));
    }

    /// Forgets what was typed.
    pub fn remove(&self, name: &str) {
        let mut answers = self.answers.borrow_mut();
        answers.retain(|(field, _)| field != name);
    }

    /// Forgets who logged in here, and what they typed.
    pub fn forget_person(&self) {
        self.access.replace(None);
        self.prompting.set(false);
        let mut answers = self.answers.borrow_mut();
        answers.retain(|(field, _)| !field.contains(OF_SOMEBODY));
    }

    /// Writes the draft of a config: what was typed and is no secret, into the
    /// storage of this tab. What somebody says who is logged in is stored as it
    /// comes, and another one may use the tab next.
    pub fn write_draft(&self, config: &Config) {
        let answers = self.answers.borrow();
        let fields: Object = answers
            .iter()
            .filter(|(field, _)| !field.contains(OF_SOMEBODY))
            .map(|(name, answer)| (name.as_str(), to_value(answer)))
            .collect();
        let mut draft = Object::new();
        draft.insert("format", Value::Number(FORMAT));
        draft.insert("version", config.version.as_str());
        draft.insert("time", Value::Number(page::now()));
        draft.insert("fields", fields);
        storage::set(&key(&config.client_id), &json::stringify(&draft.into()));
    }

    /// Reads the draft of a config, unless it is too old or of another version.
    /// What is in it is taken where nothing was typed since.
    pub fn read_draft(&self, config: &Config) {
        let draft = storage::get(&key(&config.client_id)).and_then(|text| json::parse(&text));
        let Some(draft) = draft.as_ref().and_then(Value::as_object) else {
            return;
        };
        let number = |name| draft.get(name).and_then(Value::as_number);
        let age = page::now() - number("time").unwrap_or_default();
        let is_ours =
            number("format") == Some(FORMAT) && draft.text("version") == Some(&config.version);
        if !is_ours || !(0.0..LIFE).contains(&age) {
            remove_draft(&config.client_id);
            return;
        }
        let fields = draft.get("fields").and_then(Value::as_object);
        for (name, value) in fields.into_iter().flat_map(Object::iter) {
            if self.get(name).is_none()
                && let Some(answer) = from_value(value)
            {
                self.set(name, answer);
            }
        }
    }
}

/// Forgets the draft of a client.
pub fn remove_draft(client_id: &str) {
    storage::remove(&key(client_id));
}

fn key(client_id: &str) -> String {
    [DRAFT, client_id].concat()
}

fn to_value(answer: &Answer) -> Value {
    match answer {
        Answer::Bool(ticked) => (*ticked).into(),
        Answer::List(items) => {
            let items: Vec<Value> = items.iter().map(|item| item.as_str().into()).gather();
            items.into()
        }
        answer => answer.to_text().into(),
    }
}

fn from_value(value: &Value) -> Option<Answer> {
    Some(match value {
        Value::Bool(ticked) => Answer::Bool(*ticked),
        Value::Text(text) => Answer::Text(text.clone()),
        Value::List(items) => {
            let items = items.iter().filter_map(Value::as_text);
            Answer::List(items.map(str::to_owned).gather())
        }
        _ => return None,
    })
}
