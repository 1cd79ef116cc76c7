//! `progressiveProfile`: what is asked after the sign-up, when, and where the
//! answers go.

#[cfg(feature = "schema")]
use super::FIELD;
#[cfg(feature = "schema")]
use super::Shape::{self, Bool, Either, Function, List, Number, OneOf, Text, Whole};
use super::object;

/// How a prompt is shown.
pub const DISPLAYS: [&str; 3] = ["inline", "modal", "banner"];
/// Where answers go, unless to an address or a function.
pub const SAVES: [&str; 3] = ["auth0", "latchlet", "continue"];
/// How the page's own server knows the person.
pub const CREDENTIALS: [&str; 2] = ["bearer", "cookie"];
/// Who may write an answer.
pub const WRITERS: [&str; 3] = ["user", "create", "server"];
/// What is said of a rest without an end.
pub const FOREVER: &str = "forever";

/// The most questions of a prompt.
pub const MAX_FIELDS: u32 = 20;
/// The most characters of an edition of the questions.
pub const MAX_VERSION: usize = 20;
/// The most logins, times or skips that can be waited for.
pub const MAX_TIMES: u32 = 10_000;
/// The largest priority; the least is as far from 0.
pub const MAX_PRIORITY: i32 = 1_000;

object! { PROGRESSIVE "ProgressiveProfile" "What is asked after the sign-up, when, and where the answers go. A length of time is a whole number of hours, days or weeks: `36h`, `7d`, `2w`; ten years at the most."
    "fields" required: List(&Shape::Object(&QUESTION)), "The questions, in their order.";
    "afterSkips": Either(&[Shape::Object(&AFTER_SKIPS), Bool]), "What happens when prompts are skipped again and again; `false`: nothing.";
    "coolDown": Text, "How long no prompt follows another; `1d` if there is none.";
    "display": OneOf(&DISPLAYS), "How a prompt is shown: where the box is (`inline`, if nothing is said), over the page, or as a line at its edge.";
    "maxFields": Whole(MAX_FIELDS), "The most questions of a prompt, at least 1; 2 if there is none.";
    "queue": Bool, "Whether answers that cannot be sent wait in the browser, encrypted, for the next login.";
    "save": Either(&[OneOf(&SAVES), Shape::Object(&ENDPOINT), Function("SaveAnswers")]), "Where the answers go: to the tenant (`auth0`, if nothing is said), to `latchlet serve`, back to a post-login Action (`continue`), to your own server, or to a function.";
    "snooze": List(&Text), "For how long one can put a prompt off; a week, if nothing is said. An empty list: one cannot.";
    "steps": Bool, "Whether each question is a step of its own.";
    "version": Text, "Which edition of the questions this is, at most 20 characters. Another one asks again what was skipped or declined.";
}

object! { QUESTION "ProfileField" extends FIELD "A question after the sign-up. One with the name of an additional sign-up field is that field, and says beside its name only when it is asked."
    "always": Bool, "Whether it is asked although the answer is known.";
    "ask": Shape::Object(&ASK), "When it may be asked; from the first login on, if nothing is said.";
    "confirm": Text, "How long an answer holds until it is shown to be confirmed.";
    "declinable": Bool, "Whether one can say that one does not want to be asked.";
    "from": List(&Text), "Where else the answer may be known from: paths such as `claims.company`.";
    "keep": Bool, "Whether what is known from elsewhere is stored in `user_metadata`, too.";
    "required": Bool, "Whether it must be answered once it is asked. No, if nothing is said.";
    "storage": OneOf(&["user_metadata"]), "Answers after the sign-up are stored in `user_metadata` alone.";
    "write": OneOf(&WRITERS), "Who may write the answer: the person (`user`, if nothing is said), the person once (`create`), or only a server, which asks nobody.";
}

object! { ASK "Ask" "When a question may be asked. Everything that is said must hold."
    "again": Text, "How long after it was asked last.";
    "event": Text, "What the page must have reported.";
    "everyLogins": Whole(MAX_TIMES), "How many logins lie between two askings, at the least.";
    "fromLogin": Whole(MAX_TIMES), "From the n-th login on; the first is 1.";
    "maxTimes": Whole(MAX_TIMES), "How often it is asked at the most.";
    "onDemand": Bool, "Whether a part of the page must ask for it.";
    "priority": Number, "What is asked first: the larger whole number, from -1000 to 1000; 0 if there is none.";
    "requiredFrom": Text, "The day from which on it must be answered: `2026-12-01`.";
    "share": Whole(100), "The share of users who are asked, in per cent.";
    "sinceSignUp": Text, "How long after the sign-up.";
}

object! { AFTER_SKIPS "AfterSkips" "What happens when prompts are skipped again and again."
    "rest": Text, "How long no prompt follows, or `forever`; `90d` if there is none.";
    "skips": Whole(MAX_TIMES), "How many prompts must be skipped in a row, at least 1; 3 if there is none.";
}

object! { ENDPOINT "SaveEndpoint" "Your own server, which takes a JSON Merge Patch (RFC 7396)."
    "url" required: Text, "Its address: `https://…` or `/…`.";
    "credentials": OneOf(&CREDENTIALS), "How it knows the person: by their token (`bearer`, if nothing is said), or by a cookie.";
    "idempotencyKey": Bool, "Whether it takes an `Idempotency-Key`.";
}
