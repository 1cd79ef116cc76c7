//! What is left of a limit.

use crate::UnixMillis;

/// What is left of a limit, after something was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Whether it was still within the limit.
    pub allowed: bool,
    /// How much more is.
    pub remaining: u32,
    /// When counting begins anew.
    pub reset_at: UnixMillis,
}
