//! What is wrong with a config: where, by which rule, and what to do.

/// One mistake in a config.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Where it is, as JavaScript would write it:
    /// `additionalSignUpFields[2].name`. Empty for the config itself.
    pub path: String,
    /// Which rule it breaks.
    pub code: Code,
    /// What is wrong, in a sentence.
    pub message: String,
    /// The nearest valid name, where there is one.
    pub suggestion: Option<String>,
}

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

impl core::fmt::Display for Problem {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        if !self.path.is_empty() {
            f.write_str(&self.path)?;
            f.write_str(": ")?;
        }
        f.write_str(&self.message)?;
        if let Some(suggestion) = &self.suggestion {
            f.write_str("; did you mean `")?;
            f.write_str(suggestion)?;
            f.write_str("`?")?;
        }
        f.write_str(" [")?;
        f.write_str(self.code.as_str())?;
        f.write_str("]")
    }
}
