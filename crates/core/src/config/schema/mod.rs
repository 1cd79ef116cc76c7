//! The grammar of a config for other programs: a JSON Schema for editors, and
//! TypeScript types. Both are made of what the readers read by.

mod json;
mod typescript;

pub use json::json_schema;
pub use typescript::typescript;
