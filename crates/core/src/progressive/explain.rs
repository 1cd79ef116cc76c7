//! A plan as data, for whoever wants to know why somebody was asked.

use crate::value::{Object, Value};

use super::plan::Plan;
use super::policy::Seconds;
use super::reason::Reason;

impl Plan {
    /// The plan as data: names, codes and times, and no answer of anybody.
    ///
    /// ```json
    /// { "ask": [{ "name": "company", "why": "due", "required": false }],
    ///   "maySkip": true,
    ///   "nextAt": 1764060000, "nextLogin": 3,
    ///   "reasons": { "company": { "code": "due" },
    ///                "phone": { "code": "waits_for_login", "login": 3 } } }
    /// ```
    ///
    /// Times are seconds since 1970.
    pub fn to_value(&self) -> Value {
        let ask = self.ask.iter().map(|asked| {
            let mut object = Object::new();
            object.insert("name", asked.name.as_str());
            object.insert("why", asked.why.code());
            object.insert("required", asked.required);
            object.into()
        });
        let mut plan = Object::new();
        plan.insert("ask", ask.collect::<Vec<Value>>());
        plan.insert("maySkip", self.may_skip);
        if let Some(at) = self.next_at {
            plan.insert("nextAt", time(at));
        }
        if let Some(login) = self.next_login {
            plan.insert("nextLogin", login);
        }
        let reasons = self.reasons.iter();
        let reasons = reasons.map(|(name, reason)| (name.as_str(), reason.to_value()));
        plan.insert("reasons", reasons.collect::<Object>());
        plan.into()
    }
}

impl Reason {
    /// The reason as data: its code, and what it is about.
    pub fn to_value(&self) -> Value {
        let mut object = Object::new();
        object.insert("code", self.code());
        match self {
            Self::Known(source) => _ = object.insert("source", source.code()),
            Self::Event(event) => _ = object.insert("event", event.as_str()),
            Self::Login(login) => _ = object.insert("login", *login),
            Self::Time(at) | Self::CoolDown(at) | Self::Rest(at) => {
                object.insert("at", time(*at));
            }
            _ => {}
        }
        object.into()
    }
}

fn time(at: Seconds) -> Value {
    Value::Number(at as f64)
}
