//! What is wrong with a config: where, by which rule, and what to do.
//!
//! Few configs have mistakes, and what tells them is half of what reads one.
//! So there are two of [`Problem`], chosen here alone: `told`, with the feature
//! `diagnostics`, and `untold`, which only knows that there is one. The widget
//! has the second, and loads a module with the first when it needs it.

#[cfg(feature = "diagnostics")]
mod told;
#[cfg(not(feature = "diagnostics"))]
mod untold;

#[cfg(feature = "diagnostics")]
pub use told::{Place, Problem, listed, nearest, number};
#[cfg(not(feature = "diagnostics"))]
pub use untold::{Place, Problem, listed, nearest, number};

/// Which rule a config breaks. The codes are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// An option of this name does not exist.
    UnknownOption,
    /// An option that must be there is not.
    Missing,
    /// The value is of another type.
    WrongType,
    /// The value is of the right type, but not a possible one.
    InvalidValue,
    /// The name is taken by the box itself or by the auth backend.
    ReservedName,
    /// Two fields have the same name.
    DuplicateName,
    /// A text is longer than the sign-up contract takes.
    TooLong,
    /// A field of this name does not exist.
    UnknownField,
    /// A condition can never be true, or decides nothing.
    DeadCondition,
    /// A field depends on its own answer.
    Cycle,
    /// A text is meant as HTML, and HTML is never interpreted.
    Html,
}

impl Code {
    /// The code as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Code::UnknownOption => "unknown_option",
            Code::Missing => "missing",
            Code::WrongType => "wrong_type",
            Code::InvalidValue => "invalid_value",
            Code::ReservedName => "reserved_name",
            Code::DuplicateName => "duplicate_name",
            Code::TooLong => "too_long",
            Code::UnknownField => "unknown_field",
            Code::DeadCondition => "dead_condition",
            Code::Cycle => "cycle",
            Code::Html => "html",
        }
    }
}
