//! `limits`: how often things may be done.

use latchlet_core::Value;
use latchlet_core::config::{Code, Reader};

/// So often in so many seconds, which begin with the first time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// How often.
    pub most: u32,
    /// In how long.
    pub seconds: u32,
}

/// How often things may be done. What has no limit may always be.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Requests, of everybody together.
    pub requests: Option<Limit>,
    /// Requests from one address of the network.
    pub requests_per_address: Option<Limit>,
    /// Sign-ups from one address of the network.
    pub sign_ups_per_address: Option<Limit>,
    /// Wrong passwords and codes from one address of the network, whosoever.
    pub wrong_logins_per_address: Option<Limit>,
    /// Wrong passwords and codes for one account, wherever from.
    pub wrong_logins_per_account: Option<Limit>,
    /// Wrong passwords and codes for one account from one address.
    pub wrong_logins_per_account_and_address: Option<Limit>,
}

impl Default for Limits {
    fn default() -> Self {
        let limit = |most, seconds| Some(Limit { most, seconds });
        Self {
            requests: limit(60_000, 60),
            requests_per_address: limit(3_000, 60),
            // Auth0's defaults, of which the second comes from a whole day there.
            sign_ups_per_address: limit(50, 60),
            wrong_logins_per_address: limit(100, 3_600),
            // NIST SP 800-63B-4: no more than 100 in a row.
            wrong_logins_per_account: limit(100, 3_600),
            // Auth0's default.
            wrong_logins_per_account_and_address: limit(10, 900),
        }
    }
}

/// Reads `limits`. Of what it does not name, the default holds.
pub(super) fn read_limits(options: &mut Reader<'_>) -> Limits {
    let mut limits = Limits::default();
    let Some(mut reader) = options.object("limits") else {
        return limits;
    };
    let entries = [
        ("requests", &mut limits.requests),
        ("requests_per_address", &mut limits.requests_per_address),
        ("sign_ups_per_address", &mut limits.sign_ups_per_address),
        (
            "wrong_logins_per_account",
            &mut limits.wrong_logins_per_account,
        ),
        (
            "wrong_logins_per_account_and_address",
            &mut limits.wrong_logins_per_account_and_address,
        ),
        (
            "wrong_logins_per_address",
            &mut limits.wrong_logins_per_address,
        ),
    ];
    reader.allow(&entries.each_ref().map(|(name, _)| *name));
    for (name, limit) in entries {
        *limit = match reader.get(name) {
            Some(Value::Bool(false)) => None,
            Some(_) => reader.object(name).and_then(|it| read_limit(it, *limit)),
            None => *limit,
        };
    }
    limits
}

fn read_limit(mut reader: Reader<'_>, default: Option<Limit>) -> Option<Limit> {
    reader.allow(&["most", "seconds"]);
    let mut number = |name, max, default| {
        let given = reader.whole_number(name, max);
        if given == Some(0) {
            let message = "nothing would be allowed: give a number from 1, or `false` for no limit";
            reader.problem(name, Code::InvalidValue, message);
        }
        given.unwrap_or(default)
    };
    let default = default?;
    Some(Limit {
        most: number("most", 1_000_000_000, default.most),
        seconds: number("seconds", 366 * 86_400, default.seconds),
    })
}
