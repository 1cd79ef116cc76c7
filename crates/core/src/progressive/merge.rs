//! Two histories of one person become one: two tabs, two devices, or what is
//! stored and what a page has just seen.
//!
//! Merging in any order, and more than once, gives the same (within one edition
//! of a question), so that whoever writes last loses nothing that another one
//! wrote.

use core::cmp::Reverse;

use super::consent::Receipt;
use super::history::{Entry, History, Prompted, Rest};
use super::policy::Seconds;

/// The most entries of each kind that are kept. With the names of fields at
/// their usual length the history stays below 4 KB of the 10 KB that Auth0
/// advises for a profile.
const MOST: usize = 50;

impl History {
    /// Takes over what another history of the same person knows.
    pub fn merge(&mut self, other: &History) {
        self.login.merge(&other.login);
        self.prompt = match (self.prompt, other.prompt) {
            (Some(one), Some(other)) => Some(later_prompt(one, other)),
            (one, other) => one.or(other),
        };
        self.rest = later_rest(self.rest, other.rest);
        for (name, entry) in &other.entries {
            match self.entries.iter_mut().find(|(field, _)| field == name) {
                Some((_, own)) => merge_entry(own, entry),
                None => self.entries.push((name.clone(), entry.clone())),
            }
        }
        for (name, at) in &other.events {
            match self.events.iter_mut().find(|(event, _)| event == name) {
                Some((_, own)) => *own = (*own).min(*at),
                None => self.events.push((name.clone(), *at)),
            }
        }
        for (name, receipt) in &other.receipts {
            match self.receipts.iter_mut().find(|(field, _)| field == name) {
                Some((_, own)) if rank(own) < rank(receipt) => *own = receipt.clone(),
                Some(_) => {}
                None => self.receipts.push((name.clone(), receipt.clone())),
            }
        }
        self.prune();
    }

    /// Forgets what is oldest where there is too much, and puts everything in
    /// order.
    pub(super) fn prune(&mut self) {
        prune(&mut self.entries, |it| it.at.max(it.outcome_at));
        prune(&mut self.events, |at| *at);
        prune(&mut self.receipts, |it| it.at);
    }
}

/// Lists are short here, and the sorts of the standard library are not: these
/// two loops take a tenth of their bytes in the browser.
fn prune<T>(all: &mut Vec<(String, T)>, at: impl Fn(&T) -> Seconds) {
    while all.len() > MOST {
        let oldest = all
            .iter()
            .enumerate()
            .min_by_key(|(_, (name, it))| (at(it), Reverse(name)));
        if let Some((place, _)) = oldest {
            all.swap_remove(place);
        }
    }
    for end in 1..all.len() {
        let mut place = end;
        while place > 0 && all[place - 1].0 > all[place].0 {
            all.swap(place - 1, place);
            place -= 1;
        }
    }
}

fn later_prompt(one: Prompted, other: Prompted) -> Prompted {
    let key = |it: &Prompted| (it.login, it.at, !it.open);
    if key(&one) < key(&other) { other } else { one }
}

fn later_rest(one: Rest, other: Rest) -> Rest {
    let key = |it: &Rest| (it.at, it.until, it.skips);
    if key(&one) < key(&other) { other } else { one }
}

fn merge_entry(own: &mut Entry, other: &Entry) {
    // Another edition starts anew; the later one counts.
    let edition = |it: &Entry| (it.at.max(it.outcome_at), it.version.clone());
    if own.version != other.version {
        if edition(own) < edition(other) {
            *own = other.clone();
        }
        return;
    }
    let came = |it: &Entry| (it.outcome_at, it.outcome, it.source);
    if came(own) < came(other) {
        (own.outcome, own.outcome_at) = (other.outcome, other.outcome_at);
        own.source = other.source;
    }
    own.asked = own.asked.max(other.asked);
    (own.login, own.at) = (own.login, own.at).max((other.login, other.at));
}

fn rank(receipt: &Receipt) -> (Seconds, bool, &str, &str) {
    let Receipt {
        at,
        granted,
        version,
        hash,
        ..
    } = receipt;
    // Of two at the same second the one that agrees to less.
    (*at, !*granted, version, hash)
}
