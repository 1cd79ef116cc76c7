//! Random fields as a config describes them, each accepted, and random answers
//! to them.

use latchlet_core::config::{Place, read_fields};
use latchlet_core::{Answer, Answers, Field, FieldKind, Form, Object, Value};
use proptest::prelude::*;
use proptest::sample::Index;

const KINDS: [&str; 15] = [
    "text",
    "textarea",
    "email",
    "tel",
    "url",
    "number",
    "date",
    "password",
    "select",
    "radio",
    "combobox",
    "checkboxes",
    "country",
    "checkbox",
    "consent",
];
const OPTIONS: [&str; 4] = ["a", "b", " ", "18"];
const ROOT: [&str; 5] = ["given_name", "family_name", "name", "nickname", "picture"];
const PATTERNS: [&str; 5] = ["[a-z]+", ".*[0-9]", "x|y|[Aa]da@.*", "[^@]+", "\\+?[0-9]+"];
const ONE_OF: [&str; 3] = ["x", "a@b.co", "+493012345"];
const DAYS: [&str; 5] = ["2000-01-01", "2026-11-23", "today-18y", "today", "today-1d"];

/// What people type, right and wrong, for one kind of field or another.
const TYPED: [&str; 32] = [
    "",
    " ",
    "\u{200b}",
    "x",
    "X",
    "yes",
    "a",
    "b",
    "18",
    " 18",
    "18.5",
    "18,50",
    "0",
    "-1",
    "1 000",
    "1,000",
    "2000-01-01",
    " 2026-11-23",
    "2026-11-24",
    "2008-11-22",
    "2023-02-29",
    "DE",
    "de",
    "+49 30 12345",
    "0049 30 12345",
    "03012345",
    "a@b.co",
    " Ada@Example.org ",
    "ada@example.org",
    "example.com",
    "<b>&amp;",
    "日本🦀",
];

/// The numbers that a description is made of.
#[derive(Clone, Debug)]
pub struct Seed {
    kind: Index,
    required: Option<bool>,
    storage: u8,
    rules: [Option<u8>; 6],
    when: Option<Tree>,
}

#[derive(Clone, Debug)]
enum Tree {
    All(Vec<Tree>),
    Any(Vec<Tree>),
    Not(Box<Tree>),
    Field(Index, u8, Index),
    Known(u8, Index),
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        4 => (any::<Index>(), any::<u8>(), any::<Index>()).prop_map(|(at, test, value)| Tree::Field(at, test, value)),
        1 => (any::<u8>(), any::<Index>()).prop_map(|(test, value)| Tree::Known(test, value)),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Tree::All),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Tree::Any),
            inner.prop_map(|tree| Tree::Not(Box::new(tree))),
        ]
    })
}

fn seed() -> impl Strategy<Value = Seed> {
    let when = prop::option::of(tree());
    (
        any::<Index>(),
        any::<Option<bool>>(),
        any::<u8>(),
        any::<[Option<u8>; 6]>(),
        when,
    )
        .prop_map(|(kind, required, storage, rules, when)| Seed {
            kind,
            required,
            storage,
            rules,
            when,
        })
}

/// The `additionalSignUpFields` of a config, in any order, without a circle.
pub fn described() -> impl Strategy<Value = Value> {
    let fields = prop::collection::vec(seed(), 1..15).prop_map(|seeds| {
        let mut fields: Vec<Object> = Vec::new();
        for (place, seed) in seeds.iter().enumerate() {
            let field = describe(place, seed, &fields);
            fields.push(field);
        }
        fields
    });
    let shuffled = fields.prop_shuffle();
    shuffled.prop_map(|fields| Value::List(fields.into_iter().map(Value::from).collect()))
}

pub fn fields() -> impl Strategy<Value = Vec<Field>> {
    described().prop_map(|described| {
        let mut problems = Vec::new();
        let fields = read_fields(&described, &Place::of("fields"), "en", &mut problems);
        assert_eq!(problems, [], "{described:?}");
        fields
    })
}

fn describe(place: usize, seed: &Seed, others: &[Object]) -> Object {
    let kind = *seed.kind.get(&KINDS);
    let [a, b, c, d, e, f] = seed.rules;
    let mut rules = Object::new();
    let mut rule = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            rules.insert(name, value);
        }
    };
    let whole =
        |number: Option<u8>, from: u32| number.map(|it| Value::from(from + u32::from(it) % 6));
    let of = |texts: &[&str], number: u8| Value::from(texts[usize::from(number) % texts.len()]);
    match kind {
        "text" | "textarea" | "password" | "tel" | "url" => {
            rule("minLength", whole(a, 0));
            rule(
                "maxLength",
                b.map(|b| Value::from(if b > 250 { 501 } else { 5 + u32::from(b) % 9 })),
            );
            rule("pattern", c.filter(|c| *c < 64).map(|c| of(&PATTERNS, c)));
            let listed = !matches!(kind, "tel" | "url");
            rule(
                "oneOf",
                d.filter(|d| listed && *d < 40)
                    .map(|_| ONE_OF.map(Value::from).to_vec().into()),
            );
            let texts = others.iter().filter(|it| {
                !matches!(it.text("type"), Some("checkbox" | "checkboxes" | "consent"))
            });
            let texts: Vec<_> = texts.filter_map(|other| other.text("name")).collect();
            rule(
                "equals",
                e.filter(|e| !texts.is_empty() && *e < 40)
                    .map(|e| of(&texts, e)),
            );
        }
        "email" => rule("pattern", c.map(|c| of(&PATTERNS, c))),
        "number" => {
            rule("min", whole(a, 0));
            rule("max", whole(b, 15));
            rule(
                "step",
                c.map(|c| {
                    if c > 99 {
                        0.5.into_value()
                    } else {
                        3.0.into_value()
                    }
                }),
            );
            rule(
                "oneOf",
                d.filter(|d| *d < 40)
                    .map(|_| vec![18.0.into_value(), 18.5.into_value()].into()),
            );
        }
        "date" => {
            rule("min", a.map(|_| "1990-01-01".into()));
            rule("max", b.map(|b| of(&DAYS, b)));
        }
        "checkboxes" => {
            rule("minItems", whole(a, 0));
            rule("maxItems", whole(b, 5));
        }
        _ => {}
    }
    let mut field = Object::new();
    let name = match seed.storage {
        // Names of attributes are used once.
        storage if storage < 40 && place < ROOT.len() && kind != "checkboxes" => {
            field.insert("storage", "root");
            // No longer than the least of them.
            ROOT[place].to_owned()
        }
        storage => {
            if storage > 230 {
                field.insert("storage", "none");
            } else if kind == "password" {
                field.insert("storage", "user_metadata");
            }
            format!("field_{place}")
        }
    };
    if field.text("storage") != Some("user_metadata") && field.get("storage").is_some() {
        // A text of more than a sign-up takes is deferred, which only metadata can be.
        if rules.get("maxLength") == Some(&Value::from(501)) {
            rules.remove("maxLength");
        }
    }
    field.insert("name", name);
    field.insert("type", kind);
    field.insert("label", "Label");
    if let Some(required) = seed.required {
        field.insert("required", required);
    }
    if !rules.is_empty() {
        field.insert("rules", rules);
    }
    match kind {
        "select" | "radio" | "combobox" | "checkboxes" => match f {
            Some(0..40) => {
                let url: Object = [("url", "/options")].into_iter().collect();
                field.insert("options", url);
            }
            _ => {
                field.insert("options", OPTIONS.map(Value::from).to_vec());
            }
        },
        "country" if f.is_some() => {
            field.insert("options", ["DE", "AT"].map(Value::from).to_vec());
        }
        "consent" => {
            field.insert("version", "v1");
        }
        _ => {}
    }
    if let Some(tree) = &seed.when {
        field.insert("when", condition(tree, others, false));
    }
    field
}

/// A condition over earlier fields that can be true. Among others that must
/// all be true none says what an answer equals: two could contradict.
fn condition(tree: &Tree, others: &[Object], among: bool) -> Object {
    let one = |name: &str, value: Value| [(name, value)].into_iter().collect::<Object>();
    let all = |trees: &[Tree], among| {
        let parts = trees.iter().map(|tree| condition(tree, others, among));
        Value::from(parts.map(Value::from).collect::<Vec<_>>())
    };
    match tree {
        Tree::All(trees) => one("all", all(trees, true)),
        Tree::Any(trees) => one("any", all(trees, false)),
        Tree::Not(tree) => one("not", condition(tree, others, false).into()),
        Tree::Known(op, value) => {
            let mut test = one("known", "tier".into());
            match op % 3 {
                0 => test.insert("exists", op % 2 == 0),
                1 => test.insert("in", vec![known_value(value)]),
                _ => test.insert("atLeast", 18),
            };
            test
        }
        Tree::Field(at, op, value) => {
            let Some(other) = others.get(at.index(others.len() + 1)) else {
                let mut test = one("field", "email".into());
                test.insert("contains", "@example.org");
                return test;
            };
            let name = other.text("name").unwrap_or_default();
            let (operator, value) = test_of(other, *op, value, among);
            let mut test = one("field", name.into());
            test.insert(operator, value);
            test
        }
    }
}

fn test_of(other: &Object, op: u8, value: &Index, among: bool) -> (&'static str, Value) {
    let kind = other.text("type").unwrap_or_default();
    let (value, compared): (Value, bool) = match kind {
        "checkbox" | "consent" => (Value::from(op < 128), false),
        "number" => (value.get(&[18.0, 18.5, 0.0]).into_value(), true),
        "date" => ((*value.get(&["2000-01-01", "2026-11-23"])).into(), true),
        "country" => ("DE".into(), false),
        "select" | "radio" | "combobox" | "checkboxes" => ((*value.get(&OPTIONS)).into(), false),
        _ => ((*value.get(&TYPED[3..])).into(), false),
    };
    let contains = !matches!(kind, "checkbox" | "consent" | "number" | "date");
    match op % 8 {
        0 => ("exists", (op < 128).into()),
        1 if contains => ("contains", value),
        _ if kind == "checkboxes" => ("contains", value),
        2 if compared => ("lessThan", value),
        3 if compared => ("atMost", value),
        4 if compared => ("greaterThan", value),
        5 if compared => ("atLeast", value),
        6 => ("in", vec![value].into()),
        _ if among => ("in", vec![value].into()),
        _ => ("equals", value),
    }
}

fn known_value(value: &Index) -> Value {
    (*value.get(&["pro", "18", "2000-01-01"])).into()
}

/// What is known of somebody.
pub fn known() -> impl Strategy<Value = Object> {
    let tier = prop_oneof![
        Just(Value::Null),
        any::<Index>().prop_map(|value| known_value(&value)),
        (17..20_u32).prop_map(Value::from),
    ];
    tier.prop_map(|tier| match tier {
        Value::Null => Object::new(),
        tier => [("tier", tier)].into_iter().collect(),
    })
}

/// What somebody did to a form: a text typed, a box ticked, options chosen.
pub type Deeds = Vec<(String, bool, Vec<usize>)>;

pub fn deeds() -> impl Strategy<Value = Deeds> {
    let typed = prop_oneof![
        6 => prop::sample::select(&TYPED[..]).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => Just("x".repeat(501)),
    ];
    let chosen = prop::sample::subsequence((0..OPTIONS.len()).collect::<Vec<_>>(), 0..4);
    prop::collection::vec((typed, any::<bool>(), chosen), 1..20)
}

pub fn answers(form: &Form, deeds: &Deeds) -> Answers {
    let mut answers = Answers::default();
    for (field, (typed, ticked, chosen)) in form.fields.iter().zip(deeds.iter().cycle()) {
        let answer = match field.kind {
            FieldKind::Checkbox | FieldKind::Consent(_) => Answer::Bool(*ticked),
            FieldKind::Checkboxes(_) => Answer::List(
                chosen
                    .iter()
                    .map(|place| OPTIONS[*place].to_owned())
                    .collect(),
            ),
            _ => field.typed(typed),
        };
        answers.set(&field.name, answer);
    }
    answers
}

trait IntoValue {
    fn into_value(self) -> Value;
}

impl IntoValue for f64 {
    fn into_value(self) -> Value {
        Value::Number(self)
    }
}
