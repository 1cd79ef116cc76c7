//! What the store must do, whatever database it has: SQLite, or PostgreSQL
//! where `LATCHLET_TEST_POSTGRES` has the address of one.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

#[path = "../fixture/mod.rs"]
mod fixture;

mod changes;
mod consents;
mod email_verifications;
mod identities;
mod keys;
mod limits;
mod open;
mod personal_data;
mod sessions;
mod users;
mod ways_in;
