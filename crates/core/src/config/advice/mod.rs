//! Advice: what a config may say, and people would rather it did not.
//!
//! A problem keeps a box from being shown. Advice does not: it names what
//! makes a form longer, less clear or less private than it could be. Only
//! `latchlet check` gives it; the widget does not carry it.

mod progressive;

use crate::field::{Field, FieldKind, MAX_METADATA_VALUE, Storage};
use crate::form::Form;
use crate::value::Value;

use super::Config;

/// One piece of advice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// Where it is, as in a problem.
    pub path: String,
    /// A stable code.
    pub code: &'static str,
    /// What is the matter, why, and what to do, in a sentence or two.
    pub message: String,
}

/// Why an answer is not sent with the sign-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deferral {
    /// A sign-up takes strings alone.
    List,
    /// A sign-up takes 500 characters.
    Long,
    /// A sign-up takes ten properties.
    Eleventh,
}

/// The most additional fields that a first step should ask.
const MANY_FIELDS: usize = 3;
/// The most texts of several lines.
const MANY_TEXTAREAS: usize = 1;
/// The most lists that open.
const MANY_SELECTS: usize = 2;
/// The scope that the first update of the profile needs.
const UPDATE_SCOPE: &str = "update:current_user_metadata";

const FIELDS: &str = "additionalSignUpFields";

/// Everything that could be better in a config. `written` is what it was read
/// from.
pub fn advise(config: &Config, written: &Value) -> Vec<Advice> {
    let mut advice = Vec::new();
    let mut say = |path: String, code, message: String| {
        advice.push(Advice {
            path,
            code,
            message,
        });
    };
    let fields = &config.sign_up.fields;
    for (code, message) in too_much(config) {
        say(FIELDS.to_owned(), code, message);
    }
    for (place, field) in fields.iter().enumerate() {
        let path = |option: &str| format!("{FIELDS}[{place}]{option}");
        if let Some(what) = sensitive(field)
            && field.purpose.is_none()
        {
            say(path(""), "missing_purpose", hesitation(what));
        }
        if let Some(token) = field_token(field)
            && let Some(other) = asks_before(&fields[..place], token)
        {
            let message = format!(
                "`{other}` asks for the same (`autocomplete` is `{token}` for both): nobody wants \
                 to answer twice (WCAG 2.2, 3.3.7), so leave one out"
            );
            say(path(""), "asked_twice", message);
        }
        if let Some(other) = &field.rules.equals {
            let message = format!(
                "typing `{other}` a second time costs everybody time and catches few mistakes \
                 (WCAG 2.2, 3.3.7): leave this field out"
            );
            say(path(".rules.equals"), "asked_twice", message);
        }
        if let (FieldKind::Secret, Storage::UserMetadata | Storage::Root) =
            (&field.kind, field.storage)
        {
            let message = "the answer is hidden on the screen, and then stored in clear text where \
                           the person and every application can read it: leave `storage` out";
            say(path(".storage"), "stored_secret", message.to_owned());
        }
        if is_placeholder_the_label(written, place) {
            let message = "the `placeholder` is shown as the label, as a label must stay in sight: \
                           call it `label`";
            say(
                path(".placeholder"),
                "placeholder_as_label",
                message.to_owned(),
            );
        }
        if let (Some(why), Some(missing)) = (deferral(field), missing_for(config, &[UPDATE_SCOPE]))
        {
            let message = format!(
                "{}, so this is sent with the first update of the profile, which needs {missing}",
                why.reason()
            );
            say(path(""), "deferred", message);
        }
    }
    if let Some(asked) = &config.progressive {
        advice.extend(progressive::advise(asked, config));
    }
    advice
}

/// Why the answer to a field is not sent with the sign-up, if it is not.
pub fn deferral(field: &Field) -> Option<Deferral> {
    let why = match field.kind {
        FieldKind::Checkboxes(_) => Deferral::List,
        _ if field.rules.length.max > Some(MAX_METADATA_VALUE) => Deferral::Long,
        _ => Deferral::Eleventh,
    };
    field.deferred.then_some(why)
}

impl Deferral {
    /// A clause of a sentence.
    pub fn reason(self) -> &'static str {
        match self {
            Self::List => "a sign-up takes strings alone, and this is a list",
            Self::Long => "a sign-up takes at most 500 characters",
            Self::Eleventh => "a sign-up takes ten properties of `user_metadata`",
        }
    }
}

/// What keeps a profile from being read or updated with the person's own token.
fn missing_for(config: &Config, scopes: &[&str]) -> Option<String> {
    let auth = &config.auth;
    if auth.server_side {
        let why = "a token in this page: `auth.responseType` is `code` with a `redirectUrl`, so \
                   your own server must send it";
        return Some(why.to_owned());
    }
    let audience = format!("{}/api/v2/", config.origin);
    let has_audience = auth.audience.as_ref() == Some(&audience);
    let has = |wanted: &&&str| auth.scope.split(' ').any(|scope| scope == **wanted);
    let scopes: Vec<String> = scopes
        .iter()
        .filter(|scope| !has(scope))
        .map(|scope| format!("`{scope}`"))
        .collect();
    let plural = if scopes.len() == 1 { "" } else { "s" };
    let scopes = match scopes.join(" and ") {
        none if none.is_empty() => None,
        some => Some(format!("the scope{plural} {some} in `auth.params.scope`")),
    };
    let audience = (!has_audience).then(|| format!("`auth.audience` to be `{audience}`"));
    match (audience, scopes) {
        (Some(audience), Some(scopes)) => Some(format!("{audience}, and {scopes}")),
        (audience, scopes) => audience.or(scopes),
    }
}

/// A form that asks for too much at once.
fn too_much(config: &Config) -> Vec<(&'static str, String)> {
    let fields = &config.sign_up.fields;
    let asked = |field: &&Field| field.when.is_none() && !matches!(field.kind, FieldKind::Hidden);
    let of = |wanted: fn(&FieldKind) -> bool| {
        let found = fields.iter().filter(asked);
        found.filter(|field| wanted(&field.kind)).count()
    };
    let textareas = of(|kind| matches!(kind, FieldKind::TextArea));
    let selects = of(|kind| {
        matches!(
            kind,
            FieldKind::Select(_) | FieldKind::Combobox(_) | FieldKind::Country(_)
        )
    });
    let first = in_first_step(config).into_iter().filter(asked).count();
    let mut found = Vec::new();
    if first > MANY_FIELDS {
        found.push((
            "many_fields",
            format!(
                "the first step asks {first} additional questions; with more than {MANY_FIELDS} \
                 many people leave: ask the rest in a later step (`layout`), or after the sign-up"
            ),
        ));
    }
    if textareas > MANY_TEXTAREAS {
        found.push((
            "many_textareas",
            format!("{textareas} fields ask for long texts: one is as much as people write"),
        ));
    }
    if selects > MANY_SELECTS {
        found.push((
            "many_selects",
            format!(
                "{selects} fields are lists that open: of up to six options, `radio` shows all at \
                 once"
            ),
        ));
    }
    found
}

/// The additional fields of the first step.
fn in_first_step(config: &Config) -> Vec<&Field> {
    let connection = config.connections.database().cloned().unwrap_or_default();
    let form = Form::sign_up(&connection, &config.sign_up, &config.texts);
    let places = form.steps.first().into_iter();
    let places = places.flat_map(|step| step.groups.iter().flat_map(|group| group.fields.clone()));
    let names: Vec<String> = places
        .map(|place| form.fields[place].name.clone())
        .collect();
    let fields = config.sign_up.fields.iter();
    fields.filter(|field| names.contains(&field.name)).collect()
}

/// What is said of what people hesitate to give.
fn hesitation(what: &str) -> String {
    format!("people hesitate to give {what}: say in `purpose` why it is asked, or leave it out")
}

/// What people hesitate to give.
fn sensitive(field: &Field) -> Option<&'static str> {
    if matches!(field.kind, FieldKind::Hidden) {
        return None;
    }
    match field.autocomplete() {
        "tel" => Some("a telephone number"),
        "bday" => Some("a date of birth"),
        "country" | "country-name" => Some("the country they live in"),
        "street-address" | "address-line1" | "postal-code" | "address-level2" => Some("an address"),
        "sex" => Some("their gender"),
        _ if matches!(field.name.as_str(), "gender" | "sex") => Some("their gender"),
        _ => None,
    }
}

/// The token that tells what a field asks for.
fn field_token(field: &Field) -> Option<&str> {
    let token = field.autocomplete();
    (!matches!(token, "on" | "off")).then_some(token)
}

/// Which field before asks for the same, the built-in ones included.
fn asks_before<'a>(fields: &'a [Field], token: &str) -> Option<&'a str> {
    if token == "email" {
        return Some("email");
    }
    let same = |field: &&Field| field_token(field) == Some(token) && field.when.is_none();
    fields.iter().find(same).map(|field| field.name.as_str())
}

fn is_placeholder_the_label(written: &Value, place: usize) -> bool {
    let fields = written.as_object().and_then(|config| config.get(FIELDS));
    let field = fields.and_then(Value::as_list).and_then(|it| it.get(place));
    let field = field.and_then(Value::as_object);
    let has = |name| {
        field
            .and_then(|it| it.get(name))
            .is_some_and(|it| *it != Value::Null)
    };
    has("placeholder") && !has("label")
}
