//! `/api/v2/*`: the Management API, for applications with a token of their own,
//! and for people with theirs.

pub mod caller;
mod change;
pub mod clients;
mod given;
pub mod jobs;
mod new;
mod own;
pub mod query;
pub mod search;
mod shown;
pub mod users;
