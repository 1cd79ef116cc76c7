//! Progressive profiling: which questions are asked at which login, and why.
//!
//! - [`Policy`] and [`Schema`] are what the config says under
//!   `progressiveProfile`.
//! - [`Facts`] are what is known of the person at a login, their [`History`]
//!   of questions among them.
//! - [`plan`] turns these into a [`Plan`]: what to ask now, and a reason for
//!   every question. It has no clock, no chance and no memory of its own, so
//!   that the browser, the server and the simulator find the same.

mod consent;
mod duration;
mod explain;
mod facts;
mod history;
mod history_value;
mod login;
mod merge;
mod plan;
mod policy;
mod reason;
#[cfg(feature = "advice")]
pub mod simulate;
mod verdict;

pub use consent::{Decision, Receipt, consent_text};
pub use duration::duration;
pub use facts::{Facts, Known, Source};
pub use history::{Entry, History, Outcome, Prompted, Rest};
pub use history_value::HISTORY;
pub use login::Login;
pub use plan::{Asked, Plan, plan};
pub use policy::{
    AfterSkips, Ask, DAY, Display, Origin, OriginRoot, Policy, ProfileField, Schema, Seconds, Write,
};
pub use reason::{Reason, Waits, Why};
