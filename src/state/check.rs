//! The page's own check of an answer: Lock's `validator`, which may also take
//! its time.
//!
//! It sees one answer and judges nothing else. One that throws, or never
//! answers, is reported and refuses nothing: what must hold is for the server
//! to hold.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use latchlet_core::value::Function;
use latchlet_core::{Answer, Message, Value};

use crate::browser::functions::{Later, NoResult, Off, Returned};
use crate::browser::{page, task};

use super::{BoxState, Signal};

/// How long nobody types before a check is made that may go over a network.
const PAUSE: i32 = 400;

/// What the check of one answer came to: what it says is wrong, empty for no
/// words of its own; `None` for nothing wrong.
type Verdict = Option<String>;

/// The check of one field.
pub struct Check {
    function: Function,
    /// The last answer that was judged, and how.
    last: RefCell<Option<(Value, Verdict)>>,
    /// A run that was started to find out that it takes its time.
    pending: RefCell<Option<(Value, Later)>>,
    /// Whether it has ever answered with a promise or a callback.
    slow: Cell<bool>,
    /// Which run is the latest one. The others are forgotten.
    run: Cell<u32>,
    /// Calls off the one that is under way.
    off: RefCell<Option<Off>>,
    /// Whether one is under way.
    pub under_way: Signal<bool>,
}

impl Check {
    /// A check that has judged nothing yet.
    pub fn new(function: Function) -> Self {
        Self {
            function,
            last: RefCell::default(),
            pending: RefCell::default(),
            slow: Cell::new(false),
            run: Cell::default(),
            off: RefCell::default(),
            under_way: Signal::new(false),
        }
    }

    /// The verdict on an answer, if it is known already or comes at once.
    pub fn now(&self, parent: &BoxState, answer: &Answer) -> Option<Verdict> {
        let value = as_value(answer);
        if let Some(known) = self.known(&value) {
            return Some(known);
        }
        // What takes its time is not asked at every keystroke.
        if self.slow.get() {
            return None;
        }
        match parent
            .functions
            .call(self.function, std::slice::from_ref(&value))
        {
            Returned::Now(result) => Some(self.keep(value, read(result))),
            Returned::Later(later) => {
                self.slow.set(true);
                self.pending.replace(Some((value, later)));
                None
            }
        }
    }

    /// Finds the verdict on an answer. Whether it still counts: it does not, if
    /// the answer has changed meanwhile.
    pub async fn wait(&self, parent: &BoxState, answer: &Answer) -> bool {
        let value = as_value(answer);
        if self.known(&value).is_some() {
            return true;
        }
        let pending = self.pending.take().filter(|(asked, _)| *asked == value);
        self.call_off(parent);
        let run = self.run.get();
        let returned = match pending {
            Some((_, later)) => Returned::Later(later),
            None => parent
                .functions
                .call(self.function, std::slice::from_ref(&value)),
        };
        let result = match returned {
            Returned::Now(result) => result,
            Returned::Later(later) => {
                self.off.replace(Some(later.off()));
                self.say(parent);
                later.await
            }
        };
        // What was called off may have failed because of that.
        if self.run.get() != run {
            return false;
        }
        if let Some(off) = self.off.take() {
            off.forget();
        }
        self.keep(value, read(result));
        self.call_off(parent);
        true
    }

    /// Says that a run is under way, if it still is when it can be heard.
    fn say(&self, parent: &BoxState) {
        self.under_way.set(true);
        let (under_way, status) = (self.under_way.clone(), parent.status.clone());
        let text = parent.text(Message::Checking);
        page::soon(move || {
            if under_way.get_once() {
                status.set(text);
            }
        });
    }

    /// Forgets a run that is under way: the answer has changed.
    pub fn call_off(&self, parent: &BoxState) {
        self.run.set(self.run.get() + 1);
        self.off.take();
        self.pending.take();
        if self.under_way.get_once() {
            self.under_way.set(false);
            parent.status.set(Cow::default());
        }
    }

    fn known(&self, value: &Value) -> Option<Verdict> {
        let last = self.last.borrow();
        let (judged, verdict) = last.as_ref()?;
        (judged == value).then(|| verdict.clone())
    }

    fn keep(&self, value: Value, verdict: Verdict) -> Verdict {
        self.last.replace(Some((value, verdict.clone())));
        verdict
    }

    /// Whether it takes its time.
    pub fn is_slow(&self) -> bool {
        self.slow.get()
    }
}

/// Asks for a verdict once nobody has typed for a moment, and calls back if
/// nobody has typed since.
pub fn when_quiet(
    check: &Rc<Check>,
    parent: &Rc<BoxState>,
    answer: Answer,
    then: impl FnOnce() + 'static,
) {
    let run = check.run.get();
    let (check, parent) = (check.clone(), parent.clone());
    page::after(PAUSE, move || {
        if check.run.get() != run || !parent.is_alive() {
            return;
        }
        task::start(async move {
            if check.wait(&parent, &answer).await && parent.is_alive() {
                then();
            }
        });
    });
}

/// Lock hands over texts, and `"true"` or `"false"` for a box.
fn as_value(answer: &Answer) -> Value {
    match answer {
        Answer::List(items) => items
            .iter()
            .map(|item| Value::from(item.as_str()))
            .collect::<Vec<_>>()
            .into(),
        answer => answer.to_text().into(),
    }
}

/// `true`, `false`, or `{ valid, hint }`.
fn read(result: Result<Value, NoResult>) -> Verdict {
    let report = |why: &str| {
        page::console_error(
            &["Latchlet: a validator ", why, ", and its field is accepted"].concat(),
        );
        None
    };
    match result {
        Ok(Value::Bool(true)) => None,
        Ok(Value::Bool(false)) => Some(String::new()),
        Ok(Value::Object(object)) => match object.get("valid") {
            Some(Value::Bool(true)) => None,
            Some(Value::Bool(false)) => Some(object.text("hint").unwrap_or_default().to_owned()),
            _ => report("gave an object without `valid`"),
        },
        Ok(_) => report("gave neither a boolean nor `{ valid, hint }`"),
        Err(NoResult::TookTooLong) => report("did not answer in 6 seconds"),
        Err(NoResult::Threw { text, .. }) => report(&["threw: ", &text].concat()),
    }
}
