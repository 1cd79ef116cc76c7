//! The endpoints, one file each.

pub mod authenticate;
pub mod authorize;
pub mod change_password;
pub mod client;
pub mod consents;
pub mod continue_profile;
pub mod dev;
pub mod discovery;
pub mod files;
pub mod health;
pub mod login;
pub mod login_callback;
pub mod logout;
pub mod management;
pub mod oidc_logout;
pub mod openapi;
pub mod passwordless;
pub mod reset;
pub mod revoke;
pub mod sign_up;
pub mod token;
pub mod unserved;
pub mod user_info;
pub mod verify_email;
