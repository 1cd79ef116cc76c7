//! The options of a box itself.

#[cfg(feature = "schema")]
use super::Named;
#[cfg(feature = "schema")]
use super::Shape::{self, Any, Bool, Either, Function, List, Map, OneOf, Text};
use super::object;
#[cfg(feature = "schema")]
use super::{AUTH, AUTH_BUTTON, CONNECTION, FIELD, PART, PROGRESSIVE};

/// What `initialScreen` may be.
pub const SCREENS: [&str; 4] = ["login", "signUp", "forgotPassword", "passwordless"];
/// What `usernameStyle` may be.
pub const USERNAME_STYLES: [&str; 2] = ["email", "username"];
/// What `passwordlessMethod` may be.
pub const METHODS: [&str; 2] = ["code", "link"];
/// What `flashMessage.type` may be.
pub const FLASH_TYPES: [&str; 3] = ["error", "info", "success"];

/// What `mode` may be.
pub const MODES: [&str; 2] = ["login", "profile"];

object! { CONFIG "LatchletConfig" extends WITHOUT_EFFECT "What a page says about its box."
    "$schema": Text, "The address of this schema, for editors.";
    "clientId" required: Text, "The client id of the application.";
    "domain" required: Text, "The auth backend: a host such as `tenant.auth0.com`, or an origin.";
    "accessToken": Function("AccessToken"), "Gives an access token of whoever is logged in, for questions that no login of this box came before.";
    "additionalSignUpFields": List(&Shape::Object(&FIELD)), "What a sign-up asks beside e-mail address, user name and password.";
    "allowForgotPassword": Bool, "Whether a password can be reset.";
    "allowLogin": Bool, "Whether there is a login.";
    "allowSignUp": Bool, "Whether there is a sign-up.";
    "allowedConnections": List(&Text), "The only connections, in this order.";
    "auth": Shape::Object(&AUTH), "How a login is asked for, and where it ends.";
    "autofocus": Bool, "Whether the first field takes focus when the box is shown.";
    "connectionResolver": Function("ConnectionResolver"), "Chooses the database connection of a person.";
    "connections": List(&Shape::Named(&CONNECTION)), "The ways in; if there are none, the auth backend is asked.";
    "defaultDatabaseConnection": Text, "The database connection that is used first.";
    "draft": Bool, "Whether what is typed survives a reload of the page; never passwords.";
    "flashMessage": Shape::Object(&FLASH), "A sentence that is shown at first.";
    "forgotPasswordLink": Text, "Your own page for forgotten passwords.";
    "hooks": Shape::Object(&HOOKS), "Your own steps before a request.";
    "idTokenPayload": Map(&Any), "The claims of the ID token of whoever is logged in.";
    "initialScreen": OneOf(&SCREENS), "The screen that is shown first.";
    "known": Map(&Any), "What the page knows of the person, for conditions.";
    "language": Text, "The language of your own words, such as `pt-BR`; `en` if there is none.";
    "languageDictionary": Shape::Named(&DICTIONARY), "The sentences of the box in your own words: Lock's keys, and the names of our messages.";
    "layout": List(&Shape::Named(&PART)), "The order of the sign-up's fields, their groups and steps.";
    "loginAfterSignUp": Bool, "Whether a sign-up goes on to a login; yes if nothing is said.";
    "mode": OneOf(&MODES), "Whether the box logs people in, or only asks what is missing.";
    "mustAcceptTerms": Bool, "Whether a last box must be ticked.";
    "passwordlessMethod": OneOf(&METHODS), "Whether a code or a link is sent by e-mail.";
    "preferConnectionDisplayName": Bool, "Lock's; always so.";
    "prefill": Shape::Object(&PREFILL), "What to start with.";
    "progressiveProfile": Shape::Object(&PROGRESSIVE), "What is asked after the sign-up, when, and where the answers go.";
    "rememberLastLogin": Bool, "Whether the way in that was taken last is marked; yes if nothing is said.";
    "showTerms": Bool, "Lock's; without effect.";
    "signUpFieldsStrictValidation": Bool, "Lock's; always so.";
    "signUpHideUsernameField": Bool, "Whether the user name is made up and not asked.";
    "signUpLink": Text, "Your own page for signing up.";
    "theme": Shape::Object(&THEME), "The logo, and what Lock says of looks.";
    "user": Map(&Any), "The profile of whoever is logged in, `user_metadata` in it.";
    "usernameStyle": OneOf(&USERNAME_STYLES), "What somebody signs in with, where accounts have a user name.";
    "version": Text, "The version of this config; a draft of another one is dropped.";
}

object! { WITHOUT_EFFECT "LockOptionsWithoutEffect" "Options of Lock that do nothing here; docs/LOCK-PARITY.md says why."
    "_enableIdPInitiatedLogin": Any, "";
    "_enableImpersonation": Any, "";
    "_sendTelemetry": Any, "";
    "_telemetryInfo": Any, "";
    "__useTenantInfo": Any, "";
    "allowAutocomplete": Any, "";
    "allowPasswordAutocomplete": Any, "";
    "allowShowPassword": Any, "";
    "assetsUrl": Any, "";
    "autoclose": Any, "";
    "avatar": Any, "";
    "clientBaseUrl": Any, "";
    "closable": Any, "";
    "configurationBaseUrl": Any, "";
    "container": Any, "";
    "defaultADUsernameFromEmailPrefix": Any, "";
    "defaultEnterpriseConnection": Any, "";
    "defaultLocation": Any, "";
    "disableWarnings": Any, "";
    "emailFirst": Any, "";
    "forceAutoHeight": Any, "";
    "hashCleanup": Any, "";
    "languageBaseUrl": Any, "";
    "leeway": Any, "";
    "legacySameSiteCookie": Any, "";
    "mobile": Any, "";
    "overrides": Any, "";
    "plugins": Any, "";
    "popupOptions": Any, "";
    "scrollGlobalMessagesIntoView": Any, "";
    "socialButtonStyle": Any, "";
    "useCustomPasswordlessConnection": Any, "";
}

object! { FLASH "FlashMessage" "A sentence that is shown at first."
    "text" required: Text, "The sentence: plain text.";
    "type" required: OneOf(&FLASH_TYPES), "What kind of news it is.";
}

object! { HOOKS "Hooks" "Your own steps before a request. Each is handed the values, and can refuse by throwing."
    "loggingIn": Function("Hook"), "Before a login.";
    "signingUp": Function("Hook"), "Before a sign-up.";
}

object! { PREFILL "Prefill" "What to start with."
    "email": Text, "An e-mail address.";
    "phoneNumber": Text, "A telephone number.";
    "username": Text, "A user name.";
}

object! { THEME "Theme" "What Lock says of looks."
    "authButtons": Map(&Shape::Object(&AUTH_BUTTON)), "Buttons, by the name of the connection.";
    "hideMainScreenTitle": Bool, "Has no effect: a screen has a title.";
    "labeledSubmitButton": Bool, "Has no effect: a button says what it does.";
    "logo": Text, "The address of an image above the title: `https://…` or `/…`.";
    "primaryColor": Text, "The accent of buttons, links and focus.";
}

#[cfg(feature = "schema")]
pub static DICTIONARY: Named = Named {
    name: "LanguageDictionary",
    about: "Sentences by their names, some of them in groups.",
    shape: Map(&Either(&[Text, Shape::Named(&DICTIONARY)])),
};
