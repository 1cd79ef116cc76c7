//! The plan of progressive profiling, over random policies, schemas and people.

use latchlet_core::condition::{Condition, Subject, Test};
use latchlet_core::field::{Consent, Storage};
use latchlet_core::progressive::simulate::{Persona, Step, simulate};
use latchlet_core::progressive::{
    AfterSkips, Ask, DAY, Facts, History, Policy, ProfileField, Reason, Schema, Waits, Why, Write,
    plan,
};
use latchlet_core::{Date, Field, FieldKind, Object, Value};
use proptest::prelude::*;
use serde_json::json;

/// The names of the questions. Some have conditions on the ones before.
const NAMES: [&str; 6] = ["company", "title", "team", "phone", "news", "motto"];

/// What people do with a prompt.
const DOES: [&str; 5] = ["answers", "skips", "snoozes", "declines", "leaves"];

fn ask() -> impl Strategy<Value = Ask> {
    let times = (0_i64..4, 0_i64..4);
    let event = prop_oneof![4 => Just(None), 1 => Just(Some("exported".to_owned()))];
    let required = prop_oneof![5 => Just(None), 1 => Just(Date::parse("2026-01-20"))];
    let share = prop_oneof![4 => Just(None), 1 => (0_u32..=100).prop_map(Some)];
    let most = prop_oneof![2 => Just(None), 1 => (0_u32..4).prop_map(Some)];
    (
        (0_u32..5, 0_u32..4, times, event),
        (prop::bool::weighted(0.1), -2_i32..3, required, share, most),
    )
        .prop_map(|((from_login, every_logins, times, event), rest)| Ask {
            from_login,
            every_logins,
            since_sign_up: times.0 * 3 * DAY,
            again: times.1 * 5 * DAY,
            event,
            on_demand: rest.0,
            priority: rest.1,
            required_from: rest.2,
            share: rest.3,
            max_times: rest.4,
        })
}

fn question(place: usize) -> impl Strategy<Value = ProfileField> {
    let when = prop_oneof![
        3 => Just(None),
        1 => any::<bool>().prop_map(move |exists| {
            let other = NAMES[place.saturating_sub(1)].to_owned();
            (place > 0).then_some(Condition::Is(Subject::Field(other), Test::Exists(exists)))
        }),
    ];
    let confirm = prop_oneof![3 => Just(None), 1 => (0_i64..9).prop_map(|it| Some(it * 7 * DAY))];
    let write =
        prop_oneof![6 => Just(Write::User), 1 => Just(Write::Create), 1 => Just(Write::Server)];
    let flags = (prop::bool::weighted(0.15), any::<bool>(), any::<bool>());
    (ask(), when, confirm, write, flags).prop_map(move |(ask, when, confirm, write, flags)| {
        let kind = match NAMES[place] {
            "news" => FieldKind::Consent(Consent {
                version: "2".to_owned(),
                url: None,
            }),
            _ => FieldKind::Text,
        };
        let field = Field {
            required: false,
            storage: Storage::UserMetadata,
            when,
            ..Field::new(NAMES[place], kind, "Label")
        };
        ProfileField {
            ask,
            confirm,
            write,
            always: flags.0,
            declinable: flags.1,
            keep: flags.2,
            ..ProfileField::new(field)
        }
    })
}

fn schema() -> impl Strategy<Value = Schema> {
    (1..=NAMES.len())
        .prop_flat_map(|many| (0..many).map(question).collect::<Vec<_>>())
        .prop_map(|fields| Schema {
            fields,
            sign_up: Vec::new(),
        })
}

fn policy() -> impl Strategy<Value = Policy> {
    let after_skips = prop_oneof![
        Just(None),
        (
            1_u32..4,
            prop_oneof![Just(None), (1_i64..40).prop_map(|it| Some(it * DAY))]
        )
            .prop_map(|(skips, rest)| Some(AfterSkips { skips, rest })),
    ];
    (
        1_u32..4,
        0_i64..9,
        prop::collection::vec(1_i64..30, 0..3),
        after_skips,
    )
        .prop_map(|(max_fields, cool_down, snooze, after_skips)| Policy {
            max_fields,
            cool_down: cool_down * DAY,
            snooze: snooze.into_iter().map(|it| it * DAY).collect(),
            after_skips,
            ..Policy::default()
        })
}

fn persona() -> impl Strategy<Value = Persona> {
    let does = prop::collection::vec(prop::sample::select(&DOES[..]), 1..4);
    let every = prop::collection::vec(prop::sample::select(&["2h", "1d", "3d", "2w"][..]), 1..3);
    let answers = prop::collection::vec(any::<bool>(), NAMES.len());
    let metadata = prop::collection::vec(prop::bool::weighted(0.2), NAMES.len());
    let claims = prop::collection::vec(prop::bool::weighted(0.2), NAMES.len());
    let requests = (
        1_u32..9,
        prop::collection::vec(prop::sample::select(&NAMES[..]), 0..2),
    );
    (
        does,
        every,
        answers,
        metadata,
        claims,
        requests,
        0_u32..1000,
        1_u32..9,
    )
        .prop_map(
            |(does, every, answers, metadata, claims, requests, user, event)| {
                let said = |which: &[bool], text: &str| {
                    let names = NAMES.iter().zip(which).filter(|(_, said)| **said);
                    names
                        .map(|(name, _)| ((*name).to_owned(), json!(text)))
                        .collect::<serde_json::Map<_, _>>()
                };
                let mut own = said(&answers, "mine");
                if own.contains_key("news") {
                    own.insert("news".to_owned(), json!("2"));
                }
                let mut stored = said(&metadata, "stored");
                // A version of a document from before.
                if stored.contains_key("news") {
                    stored.insert("news".to_owned(), json!("1"));
                }
                persona_of(json!({
                    "user": format!("auth0|{user}"),
                    "signedUp": "2026-01-01",
                    "does": does,
                    "every": every,
                    "answers": own,
                    "metadata": stored,
                    "claims": said(&claims, "claimed"),
                    "events": { event.to_string(): ["exported"] },
                    "requests": { requests.0.to_string(): requests.1 },
                }))
            },
        )
}

fn persona_of(json: serde_json::Value) -> Persona {
    Persona::read(&serde_json::from_value::<Value>(json).unwrap()).unwrap()
}

/// A persona with what another one said and is known by.
fn with(mut persona: Persona, other: &Persona) -> Persona {
    persona.metadata = other.metadata.clone();
    persona.claims = other.claims.clone();
    persona.answers = other.answers.clone();
    persona
}

fn first_asked(steps: &[Step], name: &str) -> Option<u32> {
    let asks = |step: &&Step| step.plan.ask.iter().any(|asked| asked.name == name);
    steps.iter().find(asks).map(|step| step.login)
}

/// Everything that a prompt must hold, whatever the policy.
fn check(policy: &Policy, schema: &Schema, steps: &[Step]) -> Result<(), TestCaseError> {
    let mut last: Option<&Step> = None;
    for step in steps {
        let asked = &step.plan.ask;
        prop_assert!(asked.len() <= policy.max_fields as usize);
        prop_assert_eq!(step.plan.reasons.len(), schema.fields.len());
        for one in asked {
            let question = schema.field(&one.name).unwrap();
            prop_assert!(question.write != Write::Server);
            let known_is_asked =
                question.always || matches!(one.why, Why::Confirm | Why::Requested);
            prop_assert!(one.known.is_none() || known_is_asked, "{one:?}");
        }
        let urgent = |why: Why| matches!(why, Why::Renewed | Why::Requested);
        if let Some(last) = last
            && asked.iter().any(|one| !urgent(one.why))
        {
            prop_assert!(step.at - last.at >= policy.cool_down, "{step:?}");
        }
        if !asked.is_empty() && !step.plan.is_requested {
            last = Some(step);
        }
        for (name, reason) in &step.plan.reasons {
            let is_asked = asked.iter().any(|one| one.name == *name);
            prop_assert_eq!(is_asked, matches!(reason, Reason::Asked(_)));
            if let Waits::Time(at) = reason.waits(step.login) {
                prop_assert!(at > step.at);
            }
            if let Waits::Login(login) = reason.waits(step.login) {
                prop_assert!(login > step.login);
            }
        }
    }
    Ok(())
}

/// Nothing is asked while a rest lasts, but what a part of the page asks for.
fn check_rests(policy: &Policy, steps: &[Step]) -> Result<(), TestCaseError> {
    let mut rests_until = 0;
    for step in steps {
        let unasked_for = |why: Why| why != Why::Requested;
        if step.plan.ask.iter().any(|one| unasked_for(one.why)) {
            prop_assert!(step.at >= rests_until, "{step:?}");
        }
        let Some(does) = step.does.filter(|_| !step.plan.is_requested) else {
            continue;
        };
        if does.code() == "snoozes" && step.plan.may_skip {
            rests_until = policy.snooze.first().map_or(0, |time| step.at + time);
        } else if step.plan.may_skip || !step.answered.is_empty() {
            rests_until = 0;
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn a_prompt_keeps_every_promise(
        policy in policy(), schema in schema(), persona in persona(),
    ) {
        let (steps, _) = simulate(&policy, &schema, &persona, 12);
        check(&policy, &schema, &steps)?;
        check_rests(&policy, &steps)?;
        let again = simulate(&policy, &schema, &persona, 12).0;
        prop_assert_eq!(steps, again);
    }

    #[test]
    fn every_question_is_asked_in_the_end_or_has_a_final_reason(
        policy in policy(), schema in schema(), mut persona in persona(),
    ) {
        // Somebody who answers everything, once a quarter, for ten years.
        let answers = NAMES.map(|name| (name, if name == "news" { "2" } else { "mine" }));
        persona.answers = answers.into_iter().collect();
        let patient = persona_of(json!({
            "user": persona.user, "signedUp": "2026-01-01", "every": "13w",
        }));
        let persona = with(patient, &persona);
        let (steps, _) = simulate(&policy, &schema, &persona, 40);
        for (place, (name, reason)) in steps.last().unwrap().plan.reasons.iter().enumerate() {
            let question = &schema.fields[place];
            let recurs = question.always || question.confirm.is_some();
            let asked = first_asked(&steps, name).is_some();
            let end = reason.waits(40);
            // Others that recur at every login may leave no room for ever.
            let crowded = schema.fields.iter().any(|other| other.always || other.confirm.is_some());
            prop_assert!(
                asked || recurs || crowded || matches!(end, Waits::Never | Waits::Other),
                "{name}: {reason:?}"
            );
        }
    }

    #[test]
    fn a_larger_n_never_makes_a_question_come_earlier(
        policy in policy(), schema in schema(), persona in persona(),
        which in any::<prop::sample::Index>(), more in 1_u32..4,
    ) {
        let place = which.index(schema.fields.len());
        let name = schema.fields[place].field.name.clone();
        let mut later = schema.clone();
        later.fields[place].ask.from_login += more;
        let before = first_asked(&simulate(&policy, &schema, &persona, 12).0, &name);
        let after = first_asked(&simulate(&policy, &later, &persona, 12).0, &name);
        prop_assert!(after.unwrap_or(u32::MAX) >= before.unwrap_or(u32::MAX), "{before:?} {after:?}");
    }

    /// Where nothing but the prompt's own times holds questions up. A question
    /// that comes due between two prompts can find one earlier under a longer
    /// cool-down, as a bus that runs less often may leave just when one comes.
    #[test]
    fn a_longer_cool_down_never_makes_a_question_come_earlier(
        mut policy in policy(), mut schema in schema(), persona in persona(), more in 1_i64..9,
    ) {
        for question in &mut schema.fields {
            let Ask { priority, share, max_times, .. } = question.ask;
            question.ask = Ask { priority, share, max_times, ..Ask::default() };
            (question.field.when, question.confirm) = (None, None);
        }
        schema.fields.retain(|question| question.field.name != "news");
        policy.after_skips = None;
        policy.snooze = Vec::new();
        let mut longer = policy.clone();
        longer.cool_down += more * DAY;
        let alone = persona_of(json!({
            "user": persona.user, "signedUp": "2026-01-01", "every": "1d",
            "does": persona.does(1).code(),
        }));
        let persona = with(alone, &persona);
        let short = simulate(&policy, &schema, &persona, 40).0;
        let long = simulate(&longer, &schema, &persona, 40).0;
        for name in NAMES {
            let (short, long) = (first_asked(&short, name), first_asked(&long, name));
            prop_assert!(long.unwrap_or(u32::MAX) >= short.unwrap_or(u32::MAX), "{name}: {short:?} {long:?}");
        }
    }

    #[test]
    fn at_one_moment_a_stricter_policy_asks_nothing_more(
        policy in policy(), schema in schema(), persona in persona(), more in 1_i64..9,
    ) {
        let (steps, metadata) = simulate(&policy, &schema, &persona, 5);
        let mut history = History::read(&metadata);
        let now = steps.last().unwrap().at + 2 * DAY;
        history.login.seen("next", None);
        let facts = facts(&persona, &history, &metadata);
        let mut longer = policy.clone();
        longer.cool_down += more * DAY;
        let strict = plan(&longer, &schema, &facts, now);
        let lenient = plan(&policy, &schema, &facts, now);
        prop_assert!(strict.ask.is_empty() || !lenient.ask.is_empty());
        // The server does not know what the page does, and finds the same where
        // no condition asks for that.
        let server = plan(&policy, &schema, &Facts { known: None, ..facts }, now);
        prop_assert_eq!(server.reasons, lenient.reasons);
    }
}

fn facts<'a>(persona: &'a Persona, history: &'a History, metadata: &'a Object) -> Facts<'a> {
    Facts {
        user: &persona.user,
        login: history.login.count,
        signed_up: Some(persona.signed_up),
        claims: &persona.claims,
        profile: &persona.profile,
        metadata,
        known: Some(&persona.known),
        connection: &persona.connection,
        locale: &persona.locale,
        history,
        requested: &[],
    }
}
