//! The endpoints, one file each.

pub mod authenticate;
pub mod authorize;
pub mod client;
pub mod discovery;
pub mod files;
pub mod health;
pub mod sign_up;
pub mod token;
pub mod user_info;
pub mod users;
