//! Advice about what is asked after the sign-up.

use crate::config::{Config, Progressive, Save};
use crate::date::Date;
use crate::field::Field;
use crate::progressive::{Origin, OriginRoot, ProfileField, Write};

use super::{Advice, UPDATE_SCOPE, field_token, hesitation, missing_for, sensitive};

/// The most questions that a prompt should have.
const MANY_QUESTIONS: u32 = 3;
/// The scope that reading one's own profile needs.
const READ_SCOPE: &str = "read:current_user";

const PROGRESSIVE: &str = "progressiveProfile";

/// Everything that could be better in what is asked after the sign-up.
pub(super) fn advise(asked: &Progressive, config: &Config) -> Vec<Advice> {
    let mut advice = Vec::new();
    let mut say = |option: String, code, message: String| {
        advice.push(Advice {
            path: format!("{PROGRESSIVE}.{option}"),
            code,
            message,
        });
    };
    let most = asked.policy.max_fields;
    if most > MANY_QUESTIONS {
        let message = format!(
            "a prompt may have {most} questions; with more than {MANY_QUESTIONS} many people skip \
             it whole: ask the rest at another login"
        );
        say("maxFields".to_owned(), "many_questions", message);
    }
    if matches!(asked.save, Save::Auth0 | Save::Latchlet)
        && let Some(missing) = missing_for(config, &[READ_SCOPE, UPDATE_SCOPE])
    {
        let message =
            format!("answers are saved with the person's own token, which needs {missing}");
        say("save".to_owned(), "save_token", message);
    }
    let questions = &asked.schema.fields;
    for (place, question) in questions.iter().enumerate() {
        let path = |option: &str| format!("fields[{place}]{option}");
        let is_asked = question.write != Write::Server;
        if is_asked && let Some((option, message)) = never_asked(question) {
            say(path(option), "never_asked", message.to_owned());
        }
        for (place, origin) in question.from.iter().enumerate() {
            if let Some(message) = nothing_at(origin, question, asked, config) {
                say(path(&format!(".from[{place}]")), "unknown_origin", message);
            }
        }
        if is_asked
            && let Some(what) = sensitive(&question.field)
            && question.field.purpose.is_none()
        {
            say(path(""), "missing_purpose", hesitation(what));
        }
        let before = questions.iter().take(place).map(|it| &it.field);
        let others = asked.schema.sign_up.iter().chain(before);
        if is_asked && let Some(message) = asked_before(&question.field, others) {
            say(path(""), "asked_twice", message);
        }
        if is_asked && is_part_of_the_sign_up(question) {
            let message = "this must be answered at the first login, which follows the sign-up at \
                           once: ask it there, or from a later login on (`ask.fromLogin`)";
            say(path(""), "required_at_first_login", message.to_owned());
        }
    }
    advice
}

/// Which option keeps a question from ever being asked, and why.
fn never_asked(question: &ProfileField) -> Option<(&'static str, &'static str)> {
    let ask = &question.ask;
    // A share and a number of times hold up neither what must be answered nor
    // what a part of the page asks for.
    if ask.required_from.is_some() || ask.on_demand {
        return None;
    }
    match (ask.max_times, ask.share) {
        (Some(0), _) => Some((
            ".ask.maxTimes",
            "the question is never asked, as it is asked 0 times at the most: leave one of them out",
        )),
        (_, Some(0)) => Some((
            ".ask.share",
            "nobody is asked, as the share of users is 0: leave one of them out",
        )),
        _ => None,
    }
}

/// Why nothing can be where an answer is looked for.
fn nothing_at(
    origin: &Origin,
    question: &ProfileField,
    asked: &Progressive,
    config: &Config,
) -> Option<String> {
    let name = origin.path.first()?;
    match origin.root {
        OriginRoot::Metadata if *name == question.field.name => {
            Some("the answer itself is stored there: leave this out".to_owned())
        }
        OriginRoot::Metadata => {
            let mut sign_up = asked.schema.sign_up.iter();
            let is_stored = asked.schema.field(name).is_some()
                || sign_up.any(|field| field.name == *name && field.is_metadata());
            (!is_stored).then(|| format!("no field stores `{name}` in `user_metadata`"))
        }
        OriginRoot::Profile if name == "user_metadata" => {
            let rest = origin.path.get(1).map_or("…", String::as_str);
            Some(format!(
                "`user_metadata` has a name of its own: `metadata.{rest}`"
            ))
        }
        // A config without `known` gets it from the page.
        OriginRoot::Known if !config.known.is_empty() && config.known.get(name).is_none() => {
            Some(format!("`known` has no `{name}`"))
        }
        OriginRoot::Claims => {
            let scope = scope_of(name)?;
            let has_scope = config.auth.scope.split(' ').any(|it| it == scope);
            (!has_scope).then(|| {
                format!(
                    "the claim `{name}` comes with the scope `{scope}`, which `auth.params.scope` \
                     does not have"
                )
            })
        }
        _ => None,
    }
}

/// The scope that a claim comes with (OpenID Connect Core 1.0, 5.4).
fn scope_of(claim: &str) -> Option<&'static str> {
    Some(match claim {
        "name" | "family_name" | "given_name" | "middle_name" | "nickname"
        | "preferred_username" | "profile" | "picture" | "website" | "gender" | "birthdate"
        | "zoneinfo" | "locale" | "updated_at" => "profile",
        "email" | "email_verified" => "email",
        "address" => "address",
        "phone_number" | "phone_number_verified" => "phone",
        _ => return None,
    })
}

/// Which other field asks for the same, under another name.
fn asked_before<'a>(field: &Field, mut others: impl Iterator<Item = &'a Field>) -> Option<String> {
    let token = field_token(field);
    if token == Some("email") {
        return Some("the sign-up asks for the e-mail address: leave this out".to_owned());
    }
    let label = field.label.trim().to_lowercase();
    let other = others.find(|other| {
        let same_token = token.is_some() && field_token(other) == token;
        let same_label = other.label.trim().to_lowercase() == label;
        other.name != field.name
            && other.when.is_none()
            && field.when.is_none()
            && (same_token || same_label)
    })?;
    Some(format!(
        "`{}` asks for the same: nobody wants to answer twice (WCAG 2.2, 3.3.7), so leave one out",
        other.name
    ))
}

/// Whether nobody gets past it right after the sign-up.
fn is_part_of_the_sign_up(question: &ProfileField) -> bool {
    let ask = &question.ask;
    let always = Date::new(1, 1, 1);
    question.field.when.is_none()
        && ask.required_from == always
        && ask.from_login < 2
        && ask.since_sign_up == 0
        && ask.event.is_none()
}
