//! What was asked before, and what came of it.

use super::consent::Receipt;
use super::facts::Source;
use super::policy::{Policy, Seconds};

/// What was asked before. It is kept in one key of `user_metadata`, so that it
/// is there wherever somebody signs in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// The login that was counted last.
    pub login: super::Login,
    /// The prompt that was shown last.
    pub prompt: Option<Prompted>,
    /// Until when no prompt is shown, by the person's own will.
    pub rest: Rest,
    /// What became of each question.
    pub entries: Vec<(String, Entry)>,
    /// What the page reported, and when first.
    pub events: Vec<(String, Seconds)>,
    /// What was said last to each consent.
    pub receipts: Vec<(String, Receipt)>,
}

/// A prompt that was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prompted {
    /// When.
    pub at: Seconds,
    /// At which login.
    pub login: u32,
    /// Whether it is neither answered nor skipped.
    pub open: bool,
}

/// Until when no prompt is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rest {
    /// How many prompts were skipped in a row.
    pub skips: u32,
    /// Until when; 0 if there is no rest, [`Rest::FOR_GOOD`] if it has no end.
    pub until: Seconds,
    /// When this last changed.
    pub at: Seconds,
}

impl Rest {
    /// The end of a rest that has none.
    pub const FOR_GOOD: Seconds = 253_402_300_799;
}

/// What became of one question.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// How often it was asked.
    pub asked: u32,
    /// When it was asked last.
    pub at: Seconds,
    /// At which login that was.
    pub login: u32,
    /// What came of it.
    pub outcome: Outcome,
    /// When that came.
    pub outcome_at: Seconds,
    /// Which edition was asked: of a consent the version of the document, else
    /// that of the policy.
    pub version: String,
    /// Who said what is stored.
    pub source: Source,
}

/// What came of a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Nothing yet.
    #[default]
    Open,
    /// It was left for another login.
    Skipped,
    /// It was put off.
    Snoozed,
    /// It was answered.
    Answered,
    /// The person does not want to be asked.
    Declined,
}

impl Default for Entry {
    fn default() -> Self {
        Self {
            asked: 0,
            at: 0,
            login: 0,
            outcome: Outcome::Open,
            outcome_at: 0,
            version: String::new(),
            source: Source::User,
        }
    }
}

impl Entry {
    /// Whether it was asked at a login, and nothing came of it yet.
    pub(super) fn is_open(&self, login: u32) -> bool {
        self.asked > 0 && self.login == login && self.outcome == Outcome::Open
    }

    /// Takes note that it is about this edition now. Whether that is another.
    fn begin(&mut self, edition: &str) -> bool {
        let is_another = self.version != edition;
        if is_another {
            self.asked = 0;
            edition.clone_into(&mut self.version);
        }
        is_another
    }
}

impl History {
    /// What became of the question of a name.
    pub fn entry(&self, name: &str) -> Option<&Entry> {
        let (_, entry) = self.entries.iter().find(|(field, _)| field == name)?;
        Some(entry)
    }

    /// Changes what became of the question of a name.
    pub fn change(&mut self, name: &str, change: impl FnOnce(&mut Entry)) {
        let place = self.entries.iter().position(|(field, _)| field == name);
        let (name, mut entry) = match place {
            Some(place) => self.entries.swap_remove(place),
            None => (name.to_owned(), Entry::default()),
        };
        change(&mut entry);
        self.entries.push((name, entry));
    }

    /// Whether the page reported this.
    pub fn has_event(&self, name: &str) -> bool {
        self.events.iter().any(|(event, _)| event == name)
    }

    /// The page reports something. Whether that is new.
    pub fn report(&mut self, name: &str, now: Seconds) -> bool {
        let is_new = !self.has_event(name);
        if is_new {
            self.events.push((name.to_owned(), now));
        }
        is_new
    }

    /// These questions, each with its edition, are shown at a login because a
    /// part of the page asks for them. That is no prompt, since the person did
    /// something for which they are needed: no cool-down follows. One that is
    /// shown again at the same login is not asked again.
    pub fn asked<'a>(
        &mut self,
        questions: impl IntoIterator<Item = (&'a str, &'a str)>,
        login: u32,
        now: Seconds,
    ) {
        for (name, version) in questions {
            self.change(name, |entry| {
                if !entry.begin(version) && entry.is_open(login) {
                    return;
                }
                entry.asked = entry.asked.saturating_add(1);
                (entry.at, entry.login) = (now, login);
                (entry.outcome, entry.outcome_at) = (Outcome::Open, now);
            });
        }
    }

    /// The same in a prompt.
    pub fn shown<'a>(
        &mut self,
        questions: impl IntoIterator<Item = (&'a str, &'a str)>,
        login: u32,
        now: Seconds,
    ) {
        self.asked(questions, login, now);
        let open_here = |prompt: &Prompted| prompt.login == login && prompt.open;
        if !self.prompt.as_ref().is_some_and(open_here) {
            self.prompt = Some(Prompted {
                at: now,
                login,
                open: true,
            });
        }
    }

    /// Something came of a question of an edition, whether it was shown as one
    /// of a prompt or asked for by the person.
    pub fn came(&mut self, name: &str, edition: &str, outcome: Outcome, now: Seconds) {
        self.change(name, |entry| {
            entry.begin(edition);
            (entry.outcome, entry.outcome_at) = (outcome, now);
            if outcome == Outcome::Answered {
                entry.source = Source::User;
            }
        });
    }

    /// The prompt is over: something was answered or declined in it. What was
    /// left empty is left for another login.
    pub fn closed(&mut self, now: Seconds) {
        self.leave_open_ones(Outcome::Skipped, now);
        self.close(now, 0, 0);
    }

    /// What a part of the page asked for is over, with some of it left open.
    pub fn left<'a>(
        &mut self,
        questions: impl IntoIterator<Item = (&'a str, &'a str)>,
        now: Seconds,
    ) {
        for (name, edition) in questions {
            let entry = self.entry(name);
            if entry.is_some_and(|entry| entry.outcome == Outcome::Open) {
                self.came(name, edition, Outcome::Skipped, now);
            }
        }
    }

    /// The prompt was skipped.
    pub fn skipped(&mut self, policy: &Policy, now: Seconds) {
        self.leave_open_ones(Outcome::Skipped, now);
        let skips = self.rest.skips.saturating_add(1);
        match policy.after_skips {
            Some(after) if skips >= after.skips => {
                let until = match after.rest {
                    Some(rest) => now.saturating_add(rest),
                    None => Rest::FOR_GOOD,
                };
                self.close(now, 0, until);
            }
            _ => self.close(now, skips, 0),
        }
    }

    /// The prompt was put off until a time.
    pub fn snoozed(&mut self, until: Seconds, now: Seconds) {
        self.leave_open_ones(Outcome::Snoozed, now);
        self.close(now, 0, until);
    }

    fn leave_open_ones(&mut self, outcome: Outcome, now: Seconds) {
        let Some(prompt) = self.prompt else { return };
        for (_, entry) in &mut self.entries {
            if entry.is_open(prompt.login) {
                (entry.outcome, entry.outcome_at) = (outcome, now);
            }
        }
    }

    fn close(&mut self, now: Seconds, skips: u32, until: Seconds) {
        if let Some(prompt) = &mut self.prompt {
            prompt.open = false;
        }
        self.rest = Rest {
            skips,
            until,
            at: now,
        };
    }
}
