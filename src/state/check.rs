//! The page's own check of an answer: Lock's `validator`, which may also take
//! its time.
//!
//! It sees one answer and judges nothing else. One that throws, or never
//! answers, is reported and refuses nothing: what must hold is for the server
//! to hold.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use latchlet_core::value::Function;
use latchlet_core::{Answer, Message, Value};

use crate::browser::functions::{Later, NoResult, Returned};
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
    run: Rc<Cell<u32>>,
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
            run: Rc::default(),
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

    /// The verdict on an answer, waited for.
    pub async fn wait(&self, parent: &BoxState, answer: &Answer) -> Verdict {
        let value = as_value(answer);
        if let Some(known) = self.known(&value) {
            return known;
        }
        let run = self.run.get() + 1;
        self.run.set(run);
        let pending = self.pending.take();
        let returned = match pending.filter(|(asked, _)| *asked == value) {
            Some((_, later)) => Returned::Later(later),
            None => parent
                .functions
                .call(self.function, std::slice::from_ref(&value)),
        };
        let result = match returned {
            Returned::Now(result) => result,
            Returned::Later(later) => {
                parent.say(Message::Checking);
                self.watch(run, later).await
            }
        };
        let verdict = read(result);
        match self.run.get() == run {
            true => self.keep(value, verdict),
            false => verdict,
        }
    }

    async fn watch(&self, run: u32, later: Later) -> Result<Value, NoResult> {
        self.under_way.set(true);
        let result = later.await;
        if self.run.get() == run {
            self.under_way.set(false);
        }
        result
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
    let run = check.run.get() + 1;
    check.run.set(run);
    check.under_way.set(false);
    let (check, parent) = (check.clone(), parent.clone());
    page::after(PAUSE, move || {
        if check.run.get() != run || !parent.is_alive() {
            return;
        }
        task::start(async move {
            check.wait(&parent, &answer).await;
            if parent.is_alive() && check.run.get() == run + 1 {
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
