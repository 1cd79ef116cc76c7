//! `language` and `languageDictionary`: the page's own words.

use crate::message::Message;
use crate::texts::Texts;
use crate::value::{Object, Value};

use super::problem::{Code, nearest};
use super::read::Reader;

/// Lock's keys that have a sentence of ours. What is inside an object is
/// written with a point.
const LOCK: [(&str, Message); 58] = [
    ("databaseSignUpInstructions", Message::SignUpText),
    ("databaseEnterpriseLoginInstructions", Message::SignInText),
    ("emailInputPlaceholder", Message::EmailLabel),
    ("usernameInputPlaceholder", Message::UsernameLabel),
    ("usernameOrEmailInputPlaceholder", Message::IdentifierLabel),
    ("passwordInputPlaceholder", Message::PasswordLabel),
    ("phoneNumberInputPlaceholder", Message::PhoneLabel),
    ("codeInputPlaceholder", Message::CodeLabel),
    ("blankErrorHint", Message::EnterAnAnswer),
    ("blankEmailErrorHint", Message::EnterEmail),
    ("blankPasswordErrorHint", Message::EnterPassword),
    ("invalidErrorHint", Message::WrongPattern),
    ("invalidEmailErrorHint", Message::InvalidEmail),
    ("invalidPasswordErrorHint", Message::PasswordTooWeak),
    ("invalidUsernameErrorHint", Message::UsernameCharacters),
    ("forgotPasswordTitle", Message::ForgotPasswordTitle),
    ("forgotPasswordAction", Message::ForgotPasswordAction),
    ("forgotPasswordInstructions", Message::ForgotPasswordText),
    ("forgotPasswordSubmitLabel", Message::SendEmail),
    ("success.forgotPassword", Message::ResetSentText),
    ("success.signUp", Message::SignedUpTitle),
    ("success.logIn", Message::SignedInTitle),
    ("lastLoginInstructions", Message::LastUsed),
    ("loginLabel", Message::SignInLabel),
    ("loginSubmitLabel", Message::SignInAction),
    ("signUpLabel", Message::SignUpLabel),
    ("signUpTitle", Message::SignUpTitle),
    ("signUpSubmitLabel", Message::SignUpAction),
    ("signUpTerms", Message::SignUpTerms),
    ("loginWithLabel", Message::ContinueWith),
    ("databaseAlternativeSignUpInstructions", Message::Or),
    (
        "passwordlessEmailInstructions",
        Message::PasswordlessEmailCode,
    ),
    ("passwordlessSMSInstructions", Message::PasswordlessSms),
    ("passwordlessEmailCodeInstructions", Message::CodeText),
    ("resendCodeAction", Message::ResendCode),
    ("retryLabel", Message::Retry),
    ("showPassword", Message::ShowPassword),
    ("title", Message::SignInTitle),
    ("welcome", Message::Welcome),
    ("passwordStrength.containsAtLeast", Message::PolicyOf),
    ("passwordStrength.identicalChars", Message::PolicyIdentical),
    ("passwordStrength.nonEmpty", Message::PolicyNotEmpty),
    ("passwordStrength.numbers", Message::PolicyNumbers),
    ("passwordStrength.lengthAtLeast", Message::PolicyLength),
    ("passwordStrength.lowerCase", Message::PolicyLowerCase),
    ("passwordStrength.shouldContain", Message::PolicyAll),
    ("passwordStrength.specialCharacters", Message::PolicySpecial),
    ("passwordStrength.upperCase", Message::PolicyUpperCase),
    ("error.login.blocked_user", Message::BlockedUser),
    (
        "error.login.invalid_user_password",
        Message::WrongCredentials,
    ),
    ("error.login.lock.network", Message::Unreachable),
    ("error.login.too_many_attempts", Message::TooManyAttempts),
    ("error.login.too_many_requests", Message::TooManyRequests),
    ("error.signUp.user_exists", Message::UserExists),
    ("error.signUp.username_exists", Message::UsernameExists),
    ("error.signUp.password_leaked", Message::PasswordLeaked),
    (
        "error.signUp.password_dictionary_error",
        Message::PasswordTooCommon,
    ),
    ("error.signUp.lock.fallback", Message::ServerFailed),
];

/// Reads the page's own words. A key is Lock's, or the name of one of our
/// messages; a key of Lock's that says what this box never says is left out.
pub fn read_texts(options: &mut Reader<'_>) -> Texts {
    let mut texts = Texts::default();
    let Some(mut dictionary) = options.object("languageDictionary") else {
        return texts;
    };
    let object = dictionary.entries().clone();
    read_object(&object, "", &mut dictionary, &mut texts);
    texts
}

fn read_object(object: &Object, prefix: &str, reader: &mut Reader<'_>, texts: &mut Texts) {
    for (key, value) in object.iter() {
        let path = match prefix {
            "" => key.to_owned(),
            prefix => [prefix, ".", key].concat(),
        };
        let groups = ["error", "success", "passwordStrength"];
        let top = path.split('.').next().unwrap_or_default();
        if let Some(inner) = value.as_object()
            && groups.contains(&top)
        {
            read_object(inner, &path, reader, texts);
            continue;
        }
        let text = match value {
            Value::Text(text) => text,
            Value::Null => continue,
            _ => {
                reader.problem(&path, Code::WrongType, "give a string");
                continue;
            }
        };
        let lock = LOCK.iter().find(|(name, _)| *name == path);
        let ours = || Message::by_name(&path);
        match lock.map(|(_, message)| *message).or_else(ours) {
            _ if has_markup(text) => {
                reader.problem(
                    &path,
                    Code::Html,
                    "HTML is never interpreted: give plain text",
                );
            }
            // Lock's way to leave a line out.
            Some(_) if text.is_empty() => {}
            Some(message) => texts.set(message, in_our_words(text, message)),
            None if groups.contains(&top) || LOCK_ONLY.contains(&&*path) => {}
            None => unknown(reader, &path),
        }
    }
}

fn unknown(reader: &mut Reader<'_>, path: &str) {
    let suggestion = nearest(path, LOCK.iter().map(|(name, _)| *name));
    reader.suggest(
        path,
        Code::UnknownOption,
        "there is no message of this name",
        suggestion,
    );
}

/// A tag or an entity, which Lock would have interpreted.
fn has_markup(text: &str) -> bool {
    let bytes = text.as_bytes();
    let tag = bytes
        .windows(2)
        .any(|pair| pair[0] == b'<' && (pair[1].is_ascii_alphabetic() || pair[1] == b'/'));
    let entity = bytes.iter().enumerate().any(|(start, byte)| {
        let name = bytes[start + 1..]
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#');
        let length = name.count();
        *byte == b'&' && length > 1 && bytes.get(start + 1 + length) == Some(&b';')
    });
    tag || entity
}

/// Lock's `%s` and `%d` as the placeholders of a message, in their order.
fn in_our_words(text: &str, message: Message) -> String {
    let english = message.english();
    let mut names = english
        .split('{')
        .skip(1)
        .filter_map(|part| part.split('}').next());
    let mut words = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let is_mark = c == '%' && matches!(rest.peek(), Some('s' | 'd'));
        if !is_mark {
            words.push(c);
            continue;
        }
        rest.next();
        if let Some(name) = names.next() {
            words.push('{');
            words.push_str(name);
            words.push('}');
        }
    }
    words
}

/// Lock's keys for what this box does not say.
const LOCK_ONLY: [&str; 34] = [
    "blankUsernameErrorHint",
    "blankCaptchaErrorHint",
    "databaseEnterpriseAlternativeLoginInstructions",
    "captchaCodeInputPlaceholder",
    "captchaMathInputPlaceholder",
    "enterpriseLoginIntructions",
    "enterpriseActiveLoginInstructions",
    "failedLabel",
    "loginAtLabel",
    "notYourAccountAction",
    "passwordlessEmailAlternativeInstructions",
    "passwordlessSMSAlternativeInstructions",
    "passwordlessSMSCodeInstructions",
    "resendLabel",
    "resendingLabel",
    "sentLabel",
    "signUpWithLabel",
    "socialLoginInstructions",
    "socialSignUpInstructions",
    "ssoEnabled",
    "submitLabel",
    "unrecoverableError",
    "usernameFormatErrorHint",
    "windowsAuthInstructions",
    "windowsAuthLabel",
    "mfaInputPlaceholder",
    "mfaLoginTitle",
    "mfaLoginInstructions",
    "mfaSubmitLabel",
    "mfaCodeErrorHint",
    "signUpInstructions",
    "loginInstructions",
    "badge",
    "close",
];
