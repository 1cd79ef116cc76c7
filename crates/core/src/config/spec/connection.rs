//! `connections`: the ways in, in the shape of Auth0's client settings.

#[cfg(feature = "schema")]
use super::Named;
#[cfg(feature = "schema")]
use super::Shape::{self, Bool, Either, List, OneOf, Text, Whole};
use super::object;
#[cfg(feature = "schema")]
use crate::password::PasswordPolicy;
#[cfg(feature = "schema")]
use crate::username;

/// Whether something is allowed in a password.
pub const ALLOW_OR_BLOCK: [&str; 2] = ["allow", "block"];
/// How many of the types of characters a password needs.
pub const TYPE_RULES: [&str; 2] = ["all", "three_of_four"];
/// What becomes of a password that is too long.
pub const TOO_LONG: [&str; 2] = ["error", "truncate"];
/// The types of characters, in the order in which they are shown.
pub const CHARACTER_TYPES: [&str; 4] = ["lowercase", "uppercase", "number", "special"];

#[cfg(feature = "schema")]
pub static CONNECTION: Named = Named {
    name: "Connection",
    about: "A way in: accounts with a password, or another provider.",
    shape: Either(&[Shape::Object(&DATABASE), Shape::Object(&PROVIDER)]),
};

object! { DATABASE "DatabaseConnection" "Accounts with a password."
    "display_name": Text, "A name for people.";
    "name" required: Text, "The name of the connection.";
    "passwordPolicy": OneOf(&PasswordPolicy::NAMES), "One of Auth0's policies; at least 15 characters if there is none.";
    "password_complexity_options": Shape::Object(&PASSWORD_LENGTH), "Another length for the policy.";
    "password_options": Shape::Object(&PASSWORD_OPTIONS), "Auth0's flexible policy, in place of `passwordPolicy`.";
    "requires_username": Bool, "Whether accounts have a user name beside their e-mail address.";
    "showForgot": Bool, "Whether a password can be reset.";
    "showSignup": Bool, "Whether an account can be made.";
    "strategy": OneOf(&["auth0"]), "`auth0`, or nothing.";
    "validation": Shape::Object(&VALIDATION), "The rules for user names.";
}

object! { PROVIDER "ProviderConnection" "Another provider, which is a button; or a code or link by e-mail or text message."
    "display_name": Text, "What the button calls it.";
    "domain": Text, "The domain of an enterprise.";
    "domain_aliases": List(&Text), "More domains of it.";
    "icon": Text, "The address of its image.";
    "name" required: Text, "The name of the connection.";
    "strategy" required: Text, "Such as `google-oauth2`; `email` and `sms` are passwordless.";
}

object! { PASSWORD_LENGTH "PasswordComplexityOptions" "Another length for a policy."
    "min_length": Whole(72), "The fewest characters, at least 1.";
}

object! { PASSWORD_OPTIONS "PasswordOptions" "Auth0's flexible password policy."
    "complexity": Shape::Object(&COMPLEXITY), "What a new password must meet.";
}

object! { COMPLEXITY "PasswordComplexity" "What a new password must meet."
    "character_type_rule": OneOf(&TYPE_RULES), "How many of the types are needed.";
    "character_types": List(&OneOf(&CHARACTER_TYPES)), "The types of characters that are needed.";
    "identical_characters": OneOf(&ALLOW_OR_BLOCK), "`block`: no more than two identical characters in a row.";
    "max_length_exceeded": OneOf(&TOO_LONG), "`error`: at most 72 bytes. A password is never cut.";
    "min_length": Whole(72), "The fewest characters, at least 1.";
    "sequential_characters": OneOf(&ALLOW_OR_BLOCK), "`block`: no more than two in alphabetical or numerical order.";
}

object! { VALIDATION "UsernameValidation" "What is checked."
    "username": Shape::Object(&USERNAME), "The length of user names.";
}

object! { USERNAME "UsernameLength" "The length of user names."
    "min": Whole(username::MAX_LENGTH), "The fewest characters; 1 if there is none.";
    "max": Whole(username::MAX_LENGTH), "The most characters; 15 if there is none.";
}

object! { AUTH_BUTTON "AuthButton" "How Lock describes a button."
    "displayName": Text, "What the button calls the provider.";
    "foregroundColor": Text, "Has no effect: buttons keep a contrast that is tested.";
    "icon": Text, "The address of its image.";
    "primaryColor": Text, "Has no effect: buttons keep a contrast that is tested.";
}
