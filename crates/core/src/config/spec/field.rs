//! `additionalSignUpFields`: one field, its rules and its condition.

#[cfg(feature = "schema")]
use super::Named;
#[cfg(feature = "schema")]
use super::Shape::{self, Any, Bool, Either, Function, List, Number, OneOf, Text, Whole, Words};
use super::object;
#[cfg(feature = "schema")]
use crate::field::MAX_DEFERRED_VALUE;

/// Every type that a field can have. The first four are Lock's.
pub const TYPES: [&str; 17] = [
    "text",
    "select",
    "checkbox",
    "hidden",
    "textarea",
    "email",
    "tel",
    "url",
    "number",
    "date",
    "password",
    "radio",
    "checkboxes",
    "combobox",
    "country",
    "consent",
    // What others call `checkboxes`.
    "multiselect",
];

/// Where an answer is stored.
pub const STORAGES: [&str; 3] = ["user_metadata", "root", "none"];

object! { FIELD "AdditionalSignUpField" "A question of the sign-up."
    "name" required: Text, "Under which name the answer is stored: letters a to z, digits and `_`, at most 100.";
    "type": OneOf(&TYPES), "What kind of question it is; `text` if there is none.";
    "label": Words, "The visible label. Required, unless there is a `placeholder` to show as one.";
    "placeholder": Words, "An example inside the empty control; without a `label`, the label.";
    "ariaLabel": Words, "An accessible name, where the label does not say enough.";
    "hint": Words, "A sentence of help that is always there.";
    "purpose": Words, "Why it is asked.";
    "icon": Text, "The address of an image in the control: `https://…` or `/…`.";
    "autocomplete": Text, "The HTML `autocomplete` token, where type and name do not tell it.";
    "required": Bool, "Whether it must be answered. Yes if nothing is said, but for `checkbox`, `checkboxes`, `consent`, `hidden`, and fields with a `validator`.";
    "rules": Shape::Object(&RULES), "What an answer must be. Which rules there are depends on the type.";
    "messages": Shape::Object(&MESSAGES), "Your own words for what is wrong.";
    "when": Shape::Named(&CONDITION), "When it is asked; always, if nothing is said.";
    "options": Either(&[List(&Either(&[Text, Shape::Object(&OPTION)])), Shape::Object(&SOURCE), Function("Loader<(string | SelectOption)[]>")]), "The options of `select`, `radio`, `combobox` and `checkboxes`; the codes of the only countries of `country`.";
    "prefill": Either(&[Text, Number, Bool, List(&Text), Shape::Object(&SOURCE), Function("Loader<string | number | boolean | string[]>")]), "What to start with.";
    "value": Either(&[Text, Number, Bool, Shape::Object(&SOURCE), Function("Loader<string>")]), "What a `hidden` field says.";
    "validator": Function("Validator"), "Your own check, in the browser alone.";
    "version": Text, "Which version of a document a `consent` is about; what is stored. At most 500 characters.";
    "document": Text, "The address of the document of a `consent`.";
    "storage": OneOf(&STORAGES), "`user_metadata` (default); `root` for `given_name`, `family_name`, `name`, `nickname` and `picture`; `none`: asked and not stored.";
}

object! { #[cfg(feature = "schema")] RULES "Rules" "What an answer must be."
    "minLength": Whole(MAX_DEFERRED_VALUE), "The fewest characters (Unicode code points).";
    "maxLength": Whole(MAX_DEFERRED_VALUE), "The most characters. With more than 500 the answer is sent after the sign-up.";
    "pattern": Text, "What the whole text must match: a regular expression of at most 500 characters, without flags, look-around and back-references.";
    "oneOf": List(&Either(&[Text, Number])), "The only answers that are accepted: texts, for `number` numbers.";
    "equals": Text, "The name of the field whose answer must be the same.";
    "min": Either(&[Number, Text]), "The smallest number; for `date` the first day: `2026-01-31`, `today`, `today-18y`, `today+6m`, `today-30d`.";
    "max": Either(&[Number, Text]), "The largest number, or the last day.";
    "step": Number, "The distance of numbers from each other, from `min` or 0 on.";
    "minItems": Whole(1_000), "The fewest options that must be chosen.";
    "maxItems": Whole(1_000), "The most options that can be chosen.";
}

object! { MESSAGES "Messages" "Your own words for what is wrong, by the name of the rule."
    "equals": Words, "It is not the same as the other field.";
    "max": Words, "It is too large, or too late.";
    "maxItems": Words, "Too many options are chosen.";
    "maxLength": Words, "It is too long.";
    "min": Words, "It is too small, or too early.";
    "minItems": Words, "Too few options are chosen.";
    "minLength": Words, "It is too short.";
    "oneOf": Words, "It is none of the accepted answers.";
    "options": Words, "It is none of the options.";
    "pattern": Words, "It does not match.";
    "required": Words, "It is not answered, or not ticked.";
    "step": Words, "It lies between the steps.";
    "type": Words, "It is no such thing: no number, no address.";
    "validator": Words, "The validator says no.";
}

object! { OPTION "SelectOption" "One option to choose."
    "label" required: Words, "What is shown.";
    "value" required: Text, "What is stored, at most 500 characters.";
}

object! { SOURCE "Source" "Where something is loaded from, when the form is shown."
    "url" required: Text, "An address that gives JSON, to this page too (CORS).";
}

#[cfg(feature = "schema")]
pub static CONDITION: Named = Named {
    name: "Condition",
    about: "When a field is asked. What is absent passes no test but `exists: false`.",
    shape: Either(&[
        Shape::Object(&ALL),
        Shape::Object(&ANY),
        Shape::Object(&NOT),
        Shape::Object(&TEST),
    ]),
};

object! { ALL "ConditionAll" "Every one is true."
    "all" required: List(&Shape::Named(&CONDITION)), "The conditions.";
}

object! { ANY "ConditionAny" "At least one is true."
    "any" required: List(&Shape::Named(&CONDITION)), "The conditions.";
}

object! { NOT "ConditionNot" "It is not true."
    "not" required: Shape::Named(&CONDITION), "The condition.";
}

object! { TEST "ConditionTest" "What an answer, or something known, is: one of `field` and `known`, and one operator."
    "field": Text, "The name of the field whose answer is looked at.";
    "known": Text, "The name of what is looked at in `known`.";
    "atLeast": Either(&[Number, Text]), "A number or a day that is not less.";
    "atMost": Either(&[Number, Text]), "A number or a day that is not more.";
    "contains": Any, "A list that has this, or a text that has this in it.";
    "equals": Any, "Equal to this text, number or truth value.";
    "exists": Bool, "Whether there is an answer at all.";
    "greaterThan": Either(&[Number, Text]), "A number or a day that is more.";
    "in": List(&Any), "Equal to one of these.";
    "lessThan": Either(&[Number, Text]), "A number or a day that is less.";
}

/// The operators of a test, one of which it has.
pub fn operators() -> &'static [&'static str] {
    TEST.names.get(2..).unwrap_or_default()
}
