//! What screens are made of, beside their fields.

pub mod developer_message;
pub mod error_summary;
pub mod federated;
pub mod form;
pub mod isolated;
pub mod live_region;
pub mod prompt_frame;
pub mod switch;
pub mod title;
