//! Whether one question may be asked at a login, regardless of the others.

use crate::field::FieldKind;

use super::facts::{Facts, Known};
use super::history::{Entry, Outcome, Rest};
use super::policy::{Policy, ProfileField, Seconds, Write};
use super::reason::{Reason, Why};

/// A question at a login.
pub(super) struct Question<'a> {
    pub question: &'a ProfileField,
    pub known: Option<Known>,
    /// What became of it, in whatever edition.
    last: Option<&'a Entry>,
    /// What became of it in this edition.
    entry: Option<&'a Entry>,
    facts: &'a Facts<'a>,
    policy: &'a Policy,
    now: Seconds,
}

impl<'a> Question<'a> {
    pub fn new(
        question: &'a ProfileField,
        facts: &'a Facts<'a>,
        policy: &'a Policy,
        now: Seconds,
    ) -> Self {
        let last = facts.history.entry(&question.field.name);
        Self {
            question,
            known: facts.known(question),
            last,
            entry: last.filter(|entry| entry.version == edition(question, policy)),
            facts,
            policy,
            now,
        }
    }

    /// Whether it must be answered once it is asked.
    pub fn is_required(&self) -> bool {
        self.question.is_required(self.now)
    }

    /// Why it may be asked at this login, or the reason why not.
    pub fn verdict(&self) -> Result<Why, Reason> {
        let why = self.is_unknown()?;
        if why == Why::Requested {
            return Ok(why);
        }
        if self.is_open() {
            return Ok(Why::Open);
        }
        self.is_wanted()?;
        if self.prompted_now().is_some() {
            return Err(Reason::ThisLogin);
        }
        let own = match why {
            Why::Renewed => Ok(()),
            _ => self.is_its_time(),
        };
        match (own, self.is_time_for_a_prompt(why)) {
            (Err(Reason::Time(own)), Err(Reason::CoolDown(prompt) | Reason::Rest(prompt)))
                if own >= prompt =>
            {
                Err(Reason::Time(own))
            }
            (Err(Reason::Time(_)), Err(prompt)) => Err(prompt),
            (own, prompt) => own.and(prompt).map(|()| why),
        }
    }

    /// Why it would be asked, unless the answer is known and nothing speaks for
    /// asking all the same.
    fn is_unknown(&self) -> Result<Why, Reason> {
        let is_consent = matches!(self.question.field.kind, FieldKind::Consent(_));
        let requested = self.facts.requested.contains(&self.question.field.name);
        match (self.question.write, &self.known) {
            (Write::Server, _) => Err(Reason::ServerOnly),
            (Write::Create, Some(known)) => Err(Reason::Known(known.source)),
            // Whoever asks for a consent wants to change it: withdrawing is as
            // easy as giving (GDPR, article 7.3).
            (_, Some(_)) if is_consent && requested => Ok(Why::Requested),
            (_, Some(_)) if self.question.always => Ok(Why::Always),
            (_, Some(known)) => match self.is_to_be_confirmed() {
                true => Ok(Why::Confirm),
                false => Err(Reason::Known(known.source)),
            },
            (_, None) if requested => Ok(Why::Requested),
            (_, None) if self.is_renewed() => Ok(Why::Renewed),
            (_, None) if self.is_required() => Ok(Why::Required),
            (_, None) => Ok(Why::Due),
        }
    }

    fn is_to_be_confirmed(&self) -> bool {
        let answered = self.last.filter(|it| it.outcome == Outcome::Answered);
        self.question.confirm.is_some_and(|after| {
            answered.is_none_or(|entry| entry.outcome_at.saturating_add(after) <= self.now)
        })
    }

    /// Whether something was said to another version of the document, and
    /// nothing was asked since.
    fn is_renewed(&self) -> bool {
        let said = |entry: &Entry| matches!(entry.outcome, Outcome::Answered | Outcome::Declined);
        let name = &self.question.field.name;
        matches!(self.question.field.kind, FieldKind::Consent(_))
            && self.entry.is_none()
            && (self.last.is_some_and(said) || self.facts.metadata.get(name).is_some())
    }

    /// Whether it was asked at this login, and nothing came of it yet.
    fn is_open(&self) -> bool {
        self.prompted_now() == Some(true)
            && self.entry.is_some_and(|it| it.is_open(self.facts.login))
    }

    /// Whether there was a prompt at this login, and whether it is open.
    fn prompted_now(&self) -> Option<bool> {
        let prompt = self.facts.history.prompt?;
        (prompt.login == self.facts.login).then_some(prompt.open)
    }

    /// Whether the person, and the policy, want it to be asked at all.
    fn is_wanted(&self) -> Result<(), Reason> {
        let ask = &self.question.ask;
        let is_consent = matches!(self.question.field.kind, FieldKind::Consent(_));
        let outcome = self.entry.map(|entry| entry.outcome);
        // Nothing is stored of a consent that was not given.
        let declined = outcome == Some(Outcome::Declined)
            || is_consent && self.known.is_none() && outcome == Some(Outcome::Answered);
        let asked = self.entry.map_or(0, |entry| entry.asked);
        match ask.share {
            _ if self.is_required() => {}
            _ if declined => return Err(Reason::Declined),
            _ if ask.max_times.is_some_and(|most| asked >= most) => return Err(Reason::AskedOften),
            Some(share) if !is_in_share(self.facts.user, &self.question.field.name, share) => {
                return Err(Reason::NotInShare);
            }
            _ => {}
        }
        match ask.on_demand {
            true => Err(Reason::OnDemand),
            false => Ok(()),
        }
    }

    /// Whether what the question itself waits for is there.
    fn is_its_time(&self) -> Result<(), Reason> {
        let ask = &self.question.ask;
        if let Some(event) = &ask.event
            && !self.facts.history.has_event(event)
        {
            return Err(Reason::Event(event.clone()));
        }
        let asked = self.entry.filter(|entry| entry.asked > 0);
        let after_last = asked.map_or(0, |it| it.login.saturating_add(ask.every_logins.max(1)));
        let login = ask.from_login.max(after_last);
        if self.facts.login < login {
            return Err(Reason::Login(login));
        }
        let since = match (ask.since_sign_up, self.facts.signed_up) {
            (0, _) | (_, None) => 0,
            (after, Some(at)) => at.saturating_add(after),
        };
        let again = asked.map_or(0, |entry| entry.at.saturating_add(ask.again));
        let at = since.max(again);
        match self.now < at {
            true => Err(Reason::Time(at)),
            false => Ok(()),
        }
    }

    /// What holds up every question alike.
    fn is_time_for_a_prompt(&self, why: Why) -> Result<(), Reason> {
        let history = self.facts.history;
        match history.rest.until {
            Rest::FOR_GOOD => return Err(Reason::NoMore),
            until if self.now < until => return Err(Reason::Rest(until)),
            _ => {}
        }
        let prompt = history.prompt;
        match prompt.map(|it| it.at.saturating_add(self.policy.cool_down)) {
            Some(at) if self.now < at && why != Why::Renewed => Err(Reason::CoolDown(at)),
            _ => Ok(()),
        }
    }
}

/// Which edition of a question this is: of a consent the version of the
/// document, else that of the policy.
pub(super) fn edition<'a>(question: &'a ProfileField, policy: &'a Policy) -> &'a str {
    match &question.field.kind {
        FieldKind::Consent(consent) => &consent.version,
        _ => &policy.version,
    }
}

/// Whether a user is among those who are asked. Each question has a share of
/// its own: who is asked one is not the likelier to be asked another.
fn is_in_share(user: &str, field: &str, share: u32) -> bool {
    // FNV-1a, whose bits are folded since the low ones alone are badly mixed.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in field.bytes().chain([0]).chain(user.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    (hash ^ (hash >> 32)) % 100 < u64::from(share)
}
