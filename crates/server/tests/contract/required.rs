//! Questions that must be answered: whatever a client says of them, they are
//! asked until they are

use latchlet_core::progressive::{DAY, History, Outcome, Rest};
use serde_json::json;

use crate::harness::merge;
use crate::person::Person;
use crate::profiling::{asked, questions, stored, written};

/// A prompt with both questions at a login, now.
async fn shown(person: &Person, login: u32) -> (History, i64) {
    let now = person.server.now().await;
    let mut history = History::default();
    history.shown([("company", "a"), ("job_title", "a")], login, now);
    (history, now)
}

const COMPANY: &str = "/user_metadata/company required";

#[tokio::test]
async fn a_prompt_is_not_over_before_what_must_be_answered_is() {
    let mut person = asked(questions()).await;
    // At the first login it waits, and anything goes.
    let (mut first, now) = shown(&person, 1).await;
    first.closed(now);
    person.merge(json!({ "latchlet": written(&first) })).await;
    person.server.advance(DAY).await;
    person.log_in().await;

    let policy = Default::default();
    let (open, now) = shown(&person, 2).await;
    let with = |change: fn(&mut History, i64)| {
        let mut history = open.clone();
        change(&mut history, now);
        json!({ "latchlet": written(&history) })
    };
    let refused = (400, vec![COMPANY.to_owned()]);
    for over in [
        with(History::closed),
        with(|history, now| history.snoozed(now + 7 * DAY, now)),
        with(|history, now| {
            history.came("company", "a", Outcome::Declined, now);
            history.closed(now);
        }),
        with(|history, now| {
            history.came("company", "a", Outcome::Answered, now);
            history.closed(now);
        }),
        with(|history, now| {
            history.rest = Rest {
                skips: 0,
                until: Rest::FOR_GOOD,
                at: now,
            };
        }),
        with(|history, now| history.came("company", "a", Outcome::Skipped, now)),
    ] {
        assert_eq!(person.refused(over.clone()).await, refused, "{over}");
    }
    let mut skipped = open.clone();
    skipped.skipped(&policy, now);
    let mut unseen = History::default();
    unseen.shown([("job_title", "a")], 2, now);
    unseen.closed(now);
    for history in [skipped, unseen] {
        let mut change = json!({ "latchlet": written(&history), "job_title": "Engineer" });
        assert_eq!(person.refused(change.clone()).await, refused);
        // White space alone is no answer.
        merge(&mut change, json!({ "company": " " }));
        assert_eq!(person.refused(change).await, refused);
    }

    // Shown is not over, and a part of the answers can come before the rest.
    let mut part = open.clone();
    part.came("job_title", "a", Outcome::Answered, now);
    person
        .merge(json!({ "latchlet": written(&part), "job_title": "Engineer" }))
        .await;
    let mut whole = part.clone();
    whole.came("company", "a", Outcome::Answered, now);
    whole.closed(now);
    let answers = json!({ "latchlet": written(&whole), "company": "ACME" });
    let metadata = person.merge(answers).await;
    assert_eq!(
        (&metadata["company"], &metadata["job_title"]),
        (&json!("ACME"), &json!("Engineer"))
    );
    assert_eq!(
        stored(&person).await.prompt.map(|it| (it.login, it.open)),
        Some((2, false))
    );
}

#[tokio::test]
async fn what_a_part_of_the_page_asks_for_goes_past_what_must_be_answered() {
    let mut person = asked(questions()).await;
    person.server.advance(DAY).await;
    person.log_in().await;
    let now = person.server.now().await;
    let mut history = History::default();
    history.asked([("job_title", "a")], 2, now);
    history.came("job_title", "a", Outcome::Answered, now);
    person
        .merge(json!({ "latchlet": written(&history), "job_title": "Engineer" }))
        .await;
    // It is asked all the same, and cannot be skipped.
    let (mut skipped, _) = shown(&person, 2).await;
    skipped.closed(now);
    let refused = (400, vec![COMPANY.to_owned()]);
    let change = json!({ "latchlet": written(&skipped) });
    assert_eq!(person.refused(change).await, refused);
}

#[tokio::test]
async fn what_may_be_skipped_can_be() {
    let mut person = asked(json!([
        { "name": "company", "label": "Company", "ask": { "requiredFrom": "2100-01-01" } }
    ]))
    .await;
    let skip = async |person: &Person| {
        let now = person.server.now().await;
        let login = person.get().await.json()["logins_count"].as_u64().unwrap();
        let mut history = stored(person).await;
        history.shown([("company", "a")], login as u32, now);
        history.skipped(&Default::default(), now);
        json!({ "latchlet": written(&history) })
    };
    let change = skip(&person).await;
    person.merge(change).await;
    // The day has come.
    person.server.advance(80 * 366 * DAY).await;
    person.log_in().await;
    let change = skip(&person).await;
    assert_eq!(
        person.refused(change).await,
        (400, vec![COMPANY.to_owned()])
    );
    person.merge(json!({ "company": "ACME" })).await;
}

#[tokio::test]
async fn a_claim_goes_no_further_than_the_policy() {
    let person = asked(json!([
        { "name": "company", "label": "Company" },
        { "name": "job_title", "label": "Job title" }
    ]))
    .await;
    let now = person.server.now().await;
    let mut claimed = History::default();
    claimed.shown([("company", "a"), ("unknown", "a")], 9, now + 900 * DAY);
    claimed.report("exported", now + 900 * DAY);
    claimed.snoozed(now + 900 * DAY, now + 800 * DAY);
    person.merge(json!({ "latchlet": written(&claimed) })).await;
    let taken = stored(&person).await;
    let later = person.server.now().await;
    let company = taken.entry("company").unwrap();
    assert!(company.at <= later && company.login == 1, "{company:?}");
    assert_eq!(taken.entry("unknown"), None);
    assert!(taken.events[0].1 <= later);
    assert!(taken.rest.at <= later && taken.rest.until <= later + 7 * DAY);
    assert!(taken.rest.until > now);
}

/// Nothing is asked at the first login, so nothing can have been put off there.
#[tokio::test]
async fn what_must_be_answered_cannot_be_put_off_beforehand() {
    let mut person = asked(json!([
        {
            "name": "company", "label": "Company", "required": true,
            "ask": { "fromLogin": 2, "again": "52w" }
        },
        { "name": "job_title", "label": "Job title", "ask": { "fromLogin": 2 } }
    ]))
    .await;
    let (mut history, now) = shown(&person, 1).await;
    history.snoozed(now + 7 * DAY, now);
    person.merge(json!({ "latchlet": written(&history) })).await;
    let taken = stored(&person).await;
    assert_eq!((taken.prompt, taken.rest), (None, Rest::default()));
    assert_eq!(taken.entry("company"), None);
    person.log_in().await;
    let (mut history, now) = shown(&person, 2).await;
    history.closed(now);
    let over = json!({ "latchlet": written(&history) });
    assert_eq!(person.refused(over).await, (400, vec![COMPANY.to_owned()]));
}

#[tokio::test]
async fn what_depends_on_an_answer_is_judged_with_it() {
    let fields = json!([
        {
            "name": "employed", "label": "Employed", "type": "select",
            "options": [{ "value": "y", "label": "Yes" }, { "value": "n", "label": "No" }]
        },
        {
            "name": "company", "label": "Company", "required": true,
            "when": { "field": "employed", "equals": "y" }
        },
        {
            "name": "team", "label": "Team", "required": true,
            "when": { "known": "flag", "equals": true }
        }
    ]);
    let person = asked(fields).await;
    let now = person.server.now().await;
    let mut over = History::default();
    over.shown([("employed", "a"), ("company", "a")], 1, now);
    over.closed(now);
    let change = json!({ "latchlet": written(&over), "employed": "y" });
    assert_eq!(
        person.refused(change).await,
        (400, vec![COMPANY.to_owned()])
    );
    person
        .merge(json!({ "latchlet": written(&over), "employed": "n" }))
        .await;
}

#[tokio::test]
async fn what_the_page_may_know_is_for_the_page_to_say() {
    let person = asked(json!([
        { "name": "company", "label": "Company", "required": true, "from": ["known.company"] },
        { "name": "motto", "ask": { "priority": -1 } }
    ]))
    .await;
    let now = person.server.now().await;
    let mut history = History::default();
    history.shown([("motto", "a")], 1, now);
    history.closed(now);
    person.merge(json!({ "latchlet": written(&history) })).await;
}
