//! What is left of a limit.

use crate::UnixMillis;

/// What is left of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Whether what was counted was within the limit, or one more would be.
    pub allowed: bool,
    /// How much more is.
    pub remaining: u32,
    /// When counting begins anew.
    pub reset_at: UnixMillis,
}

/// What was taken of a limit at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// How much; less than was asked for where there is not so much.
    pub number: u32,
    /// How much more is.
    pub remaining: u32,
    /// When counting begins anew.
    pub reset_at: UnixMillis,
}
