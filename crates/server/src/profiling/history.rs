//! How much of a history that a client claims is taken over.
//!
//! What it says about the past is merged; it cannot say more than what the
//! policy allows somebody to do at this login. A clock that is ahead makes
//! nothing happen in the future.

use latchlet_core::progressive::{History, Policy, Rest, Seconds};

use super::Questions;

/// The most characters of what a page reports, of a mark and of an edition.
const MAX_TEXT: usize = 100;

/// The claimed history, as far as it can be true. Receipts are left out: what
/// was said to consents is for [`super::consents`].
pub fn possible(
    mut claimed: History,
    stored: &History,
    questions: &Questions<'_>,
    login: u32,
    now: Seconds,
) -> History {
    let fields = questions.fields();
    let is_known = |name: &str| match &fields {
        Some(fields) => fields.iter().any(|field| field.name == name),
        None => name.len() <= MAX_TEXT,
    };
    claimed.login.count = claimed.login.count.min(login);
    claimed
        .login
        .marks
        .retain(|(at, mark)| *at <= login && mark.len() <= MAX_TEXT);
    if let Some(prompt) = &mut claimed.prompt {
        prompt.at = prompt.at.min(now);
        prompt.login = prompt.login.min(login);
    }
    claimed.entries.retain(|(name, _)| is_known(name));
    for (_, entry) in &mut claimed.entries {
        entry.at = entry.at.min(now);
        entry.outcome_at = entry.outcome_at.min(now);
        entry.login = entry.login.min(login);
        entry
            .version
            .truncate(entry.version.floor_char_boundary(MAX_TEXT));
    }
    claimed.events.retain(|(name, _)| name.len() <= MAX_TEXT);
    for (_, at) in &mut claimed.events {
        *at = (*at).min(now);
    }
    claimed.receipts.clear();
    claimed.rest.at = claimed.rest.at.min(now);
    if claimed.rest.until > now
        && claimed.rest.until != stored.rest.until
        && let Some(policy) = questions.policy()
    {
        let until = longest(policy, &stored.rest, now);
        claimed.rest = match until {
            Some(until) => Rest {
                until: claimed.rest.until.min(until),
                ..claimed.rest
            },
            None => Rest::default(),
        };
    }
    claimed
}

/// Until when somebody can have put prompts off; `None`: they cannot.
fn longest(policy: &Policy, stored: &Rest, now: Seconds) -> Option<Seconds> {
    let snooze = policy.snooze.iter().max();
    let after_skips = policy
        .after_skips
        .filter(|after| stored.skips.saturating_add(1) >= after.skips);
    let lengths = [
        snooze.map(|length| now.saturating_add(*length)),
        after_skips.map(|after| match after.rest {
            Some(rest) => now.saturating_add(rest),
            None => Rest::FOR_GOOD,
        }),
    ];
    lengths.into_iter().flatten().max()
}

#[cfg(test)]
mod tests {
    use latchlet_core::Field;
    use latchlet_core::config::{Progressive, Save};
    use latchlet_core::field::FieldKind;
    use latchlet_core::progressive::{
        AfterSkips, DAY, History, Policy, ProfileField, Rest, Schema, Seconds,
    };

    use super::super::Questions;
    use super::possible;

    const NOW: Seconds = 1_000 * DAY;

    fn progressive(policy: Policy) -> Progressive {
        let company = Field::new("company", FieldKind::Text, "Company");
        Progressive {
            policy,
            schema: Schema {
                fields: vec![ProfileField::new(company)],
                sign_up: Vec::new(),
            },
            save: Save::Latchlet,
            queue: false,
        }
    }

    fn take(policy: Policy, claimed: History, stored: &History) -> History {
        let progressive = progressive(policy);
        let questions = Questions {
            sign_up: None,
            progressive: Some(&progressive),
        };
        possible(claimed, stored, &questions, 3, NOW)
    }

    #[test]
    fn nothing_happens_in_the_future_nor_at_a_later_login() {
        let mut claimed = History::default();
        claimed.shown([("company", ""), ("unknown", "")], 9, NOW + DAY);
        claimed.closed(NOW + DAY);
        claimed.report("exported", NOW + DAY);
        claimed.login.count = 9;
        let taken = take(Policy::default(), claimed, &History::default());
        assert_eq!(taken.prompt.map(|it| (it.at, it.login)), Some((NOW, 3)));
        let company = taken.entry("company").unwrap();
        assert_eq!(
            (company.at, company.outcome_at, company.login),
            (NOW, NOW, 3)
        );
        assert_eq!(taken.entry("unknown"), None);
        assert_eq!(taken.events, [("exported".to_owned(), NOW)]);
        assert_eq!((taken.rest.at, taken.login.count), (NOW, 3));
    }

    #[test]
    fn a_rest_is_no_longer_than_somebody_could_choose() {
        let until = |policy: Policy, skips: u32, until: Seconds| {
            let rest = |skips, until| Rest {
                skips,
                until,
                at: NOW,
            };
            let claimed = History {
                rest: rest(0, until),
                ..History::default()
            };
            let stored = History {
                rest: rest(skips, 0),
                ..History::default()
            };
            take(policy, claimed, &stored).rest.until
        };
        let week = NOW + 7 * DAY;
        assert_eq!(until(Policy::default(), 0, week), week);
        assert_eq!(until(Policy::default(), 0, Rest::FOR_GOOD), week);
        assert_eq!(until(Policy::default(), 1, NOW + 90 * DAY), week);
        assert_eq!(until(Policy::default(), 2, NOW + 90 * DAY), NOW + 90 * DAY);
        assert_eq!(until(Policy::default(), 2, Rest::FOR_GOOD), NOW + 90 * DAY);
        let bounded = || Policy {
            snooze: Vec::new(),
            ..Policy::default()
        };
        assert_eq!(until(bounded(), 0, week), 0);
        let for_good = Policy {
            after_skips: Some(AfterSkips {
                skips: 1,
                rest: None,
            }),
            ..bounded()
        };
        assert_eq!(until(for_good, 0, Rest::FOR_GOOD), Rest::FOR_GOOD);
    }

    #[test]
    fn a_rest_that_is_stored_stays_as_long_as_it_is() {
        let rest = Rest {
            skips: 0,
            until: NOW + 80 * DAY,
            at: NOW - 10 * DAY,
        };
        let history = History {
            rest,
            ..History::default()
        };
        assert_eq!(
            take(Policy::default(), history.clone(), &history).rest,
            rest
        );
    }
}
