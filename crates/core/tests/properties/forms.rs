//! The browser and the server judge alike, whatever the fields and answers.

use latchlet_core::codec::{self, SignUpValues};
use latchlet_core::condition::{Condition, Subject, Test};
use latchlet_core::date::Today;
use latchlet_core::field::MAX_METADATA_FIELDS;
use latchlet_core::{
    Answers, Connection, Context, Date, Field, FieldKind, Form, Object, SignUp, Storage, Texts,
    Value, Violation, pattern,
};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::schema::{answers, deeds, fields, known};

const TODAY: &str = "2026-11-23";

fn today() -> Date {
    Date::parse(TODAY).unwrap()
}

fn context<'a>(answers: &'a Answers, known: Option<&'a Object>, today: Today) -> Context<'a> {
    Context {
        answers,
        known,
        today,
        matches: &pattern::matches,
    }
}

/// The form in the browser, and on the server, which has the additional fields
/// alone.
fn both(fields: Vec<Field>) -> (Form, Form) {
    let server = Form::new(fields.clone());
    let sign_up = SignUp {
        fields,
        ..SignUp::default()
    };
    let browser = Form::sign_up(&Connection::default(), &sign_up, &Texts::default());
    (browser, server)
}

/// What the server reads of a sign-up.
fn received(server: &Form, sent: &SignUpValues) -> Answers {
    let mut sent = sent.clone();
    for built_in in ["email", "username", "password"] {
        sent.root.remove(built_in);
    }
    sent.deferred = Object::new();
    codec::decode(server, &sent).unwrap()
}

/// Who broke which rule.
fn broken(form: &Form, context: &Context<'_>) -> Vec<(String, Violation)> {
    let violations = form.validate(context).into_iter();
    violations
        .map(|(field, violation)| (field.name.clone(), violation))
        .collect()
}

proptest! {
    #[test]
    fn the_server_never_contradicts_what_the_browser_asked(
        fields in fields(), deeds in deeds(), known in known(),
    ) {
        let (browser, server) = both(fields);
        let answers = answers(&browser, &deeds);
        let sent = codec::encode(&browser, &answers, Some(&known));
        let received = received(&server, &sent);
        let asked = browser.asked(&answers, Some(&known));
        let seen = server.asked(&received, None);
        for (field, seen) in server.fields.iter().zip(seen) {
            let place = browser.fields.iter().position(|it| it.name == field.name).unwrap();
            prop_assert!(asked[place].is_some());
            prop_assert!(seen.is_none() || seen == asked[place], "{}: {:?}, {:?}", field.name, seen, asked[place]);
        }
        // And stores all that was sent.
        let stored = codec::encode(&server, &received, None);
        for (name, value) in sent.user_metadata.iter() {
            prop_assert_eq!(stored.user_metadata.get(name), Some(value));
        }
    }

    #[test]
    fn what_the_browser_accepts_the_server_accepts(
        fields in fields(), deeds in deeds(), known in known(), zone in -1..=1,
    ) {
        let (browser, server) = both(fields);
        let answers = answers(&browser, &deeds);
        let sent = codec::encode(&browser, &answers, Some(&known));
        let received = received(&server, &sent);
        let here = broken(&browser, &context(&answers, Some(&known), Today::here(today())));
        // It is another day where the server is, but the same moment.
        let utc = Today::anywhere(today().plus_days(zone));
        for (name, violation) in broken(&server, &context(&received, None, utc)) {
            prop_assert!(here.iter().any(|(other, _)| *other == name), "{} {:?}", name, violation);
        }
    }

    #[test]
    fn what_is_sent_is_judged_by_the_same_words(
        fields in fields(), deeds in deeds(), known in known(),
    ) {
        let (browser, server) = both(fields);
        let answers = answers(&browser, &deeds);
        let sent = codec::encode(&browser, &answers, Some(&known));
        let received = received(&server, &sent);
        let here = Today::here(today());
        let asked = server.asked(&received, None);
        let certain = |name: &str| {
            let place = server.fields.iter().position(|it| it.name == name);
            place.is_some_and(|place| asked[place] == Some(true))
        };
        let mut wanted = broken(&browser, &context(&answers, Some(&known), here));
        wanted.retain(|(name, violation)| {
            let field = server.field(name);
            field.is_some_and(Field::is_sent_at_sign_up)
                // Which it takes two answers to tell.
                && *violation != Violation::NotEqual
                // Nobody can tell whether it was asked.
                && (certain(name) || !matches!(violation, Violation::Required | Violation::MustBeTicked))
        });
        prop_assert_eq!(broken(&server, &context(&received, None, here)), wanted);
    }

    #[test]
    fn what_is_deferred_is_judged_when_it_comes(
        fields in fields(), deeds in deeds(), known in known(),
    ) {
        let (browser, server) = both(fields);
        let answers = answers(&browser, &deeds);
        let sent = codec::encode(&browser, &answers, Some(&known));
        let here = Today::here(today());
        let before = broken(&browser, &context(&answers, Some(&known), here));
        for field in server.fields.iter().filter(|it| sent.deferred.get(&it.name).is_some()) {
            let mut field = field.clone();
            field.when = None;
            field.rules.equals = None;
            let alone = Form::new(vec![field]);
            let name = &alone.fields[0].name;
            let values = SignUpValues {
                deferred: [(name.as_str(), sent.deferred.get(name).unwrap().clone())].into_iter().collect(),
                ..SignUpValues::default()
            };
            let received = codec::decode(&alone, &values).unwrap();
            let after = broken(&alone, &context(&received, Some(&Object::new()), here));
            let mut wanted = before.clone();
            wanted.retain(|(other, violation)| other == name && *violation != Violation::NotEqual);
            prop_assert_eq!(after, wanted);
            prop_assert_eq!(codec::encode(&alone, &received, None), values);
        }
    }

    #[test]
    fn only_what_is_asked_is_sent_and_it_fits(
        fields in fields(), deeds in deeds(), known in known(), server in any::<bool>(),
    ) {
        let (browser, _) = both(fields);
        let answers = answers(&browser, &deeds);
        let known = (!server).then_some(&known);
        let sent = codec::encode(&browser, &answers, known);
        for (field, asked) in browser.fields.iter().zip(browser.asked(&answers, known)) {
            let of = |object: &Object| object.get(&field.name).is_some();
            let places = [of(&sent.root), of(&sent.user_metadata), of(&sent.deferred)];
            let allowed = match field.storage {
                _ if asked == Some(false) => [false; 3],
                Storage::Root => [true, false, false],
                Storage::UserMetadata => [false, !field.deferred, field.deferred],
                Storage::Nowhere => [false; 3],
            };
            prop_assert!(places.iter().zip(allowed).all(|(found, allowed)| !found || allowed), "{}", field.name);
        }
        prop_assert!(sent.user_metadata.len() <= MAX_METADATA_FIELDS);
        prop_assert!(sent.user_metadata.iter().all(|(_, value)| value.as_text().is_some()));
    }

    #[test]
    fn the_order_of_fields_decides_nothing(
        (fields, shuffled) in fields().prop_flat_map(|fields| {
            let indexed: Vec<usize> = (0..fields.len()).collect();
            (Just(fields), Just(indexed).prop_shuffle())
        }),
        deeds in deeds(), known in known(),
    ) {
        let form = Form::new(fields);
        let answers = answers(&form, &deeds);
        let other = Form::new(shuffled.iter().map(|place| form.fields[*place].clone()).collect());
        for known in [Some(&known), None] {
            let asked = form.asked(&answers, known);
            let wanted: Vec<_> = shuffled.iter().map(|place| asked[*place]).collect();
            prop_assert_eq!(other.asked(&answers, known), wanted);
        }
    }

    #[test]
    fn circles_made_by_hand_come_to_an_end(
        edges in prop::collection::vec(prop::collection::vec((any::<Index>(), any::<bool>()), 0..4), 1..30),
        deeds in deeds(), server in any::<bool>(),
    ) {
        let count = edges.len();
        let fields = edges.iter().enumerate().map(|(place, edges)| {
            let mut field = Field::new(&format!("field_{place}"), FieldKind::Text, "Label");
            field.storage = Storage::UserMetadata;
            let tests = edges.iter().map(|(to, exists)| {
                let other = format!("field_{}", to.index(count + 1));
                Condition::Is(Subject::Field(other), Test::Exists(*exists))
            });
            field.when = Some(Condition::Any(vec![
                Condition::Not(Box::new(Condition::All(tests.clone().collect()))),
                Condition::All(tests.collect()),
            ]));
            field
        });
        let form = Form::new(fields.collect());
        let answers = answers(&form, &deeds);
        let nothing = Object::new();
        let known = (!server).then_some(&nothing);
        prop_assert_eq!(form.asked(&answers, known).len(), count);
        prop_assert!(form.validate(&context(&answers, known, Today::here(today()))).len() <= count);
        prop_assert!(codec::encode(&form, &answers, known).user_metadata.len() <= count);
    }

    #[test]
    fn what_is_sent_of_a_text_is_what_was_typed(typed in "(.|\n){1,60}") {
        let mut field = Field::new("motto", FieldKind::Text, "Motto");
        field.storage = Storage::UserMetadata;
        let form = Form::new(vec![field]);
        let mut answers = Answers::default();
        let answer = form.fields[0].typed(&typed);
        answers.set("motto", answer.clone());
        let sent = codec::encode(&form, &answers, None);
        let wanted = (!answer.is_blank()).then(|| Value::from(typed.as_str()));
        prop_assert_eq!(sent.user_metadata.get("motto"), wanted.as_ref());
    }
}
