//! Every sentence that a person reads, in English, with its placeholders.
//!
//! Messages are text, never HTML. A placeholder is a name in braces.

macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident = $english:literal;)*) => {
        /// A sentence, by what it says.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Message {
            $($(#[$doc])* #[doc = concat!("“", $english, "”")] $name,)*
        }

        impl Message {
            /// Every message.
            pub const ALL: &'static [Message] = &[$(Message::$name,)*];

            /// The English template.
            pub fn english(self) -> &'static str {
                match self {
                    $(Message::$name => $english,)*
                }
            }
        }
    };
}

messages! {
    // Titles and actions.
    SignUpTitle = "Create your account";
    SignInTitle = "Welcome back";
    SignUpAction = "Sign up";
    SignInAction = "Log in";
    AlreadyHaveAccount = "Already have an account?";
    NoAccountYet = "New here?";
    SigningUp = "Creating your account…";
    SigningIn = "Logging you in…";
    SignedUpTitle = "Your account is ready";
    SignedUpText = "You can log in now.";
    SignedInTitle = "You are logged in";
    SignedInText = "Signed in as {name}.";

    // Labels.
    EmailLabel = "Email address";
    UsernameLabel = "Username";
    IdentifierLabel = "Email address or username";
    PasswordLabel = "Password";
    Show = "Show";
    Hide = "Hide";
    ShowPassword = "Show password";
    HidePassword = "Hide password";
    Optional = "(optional)";
    ChooseOne = "Choose one";

    // The password policy.
    PolicyTitle = "Your password needs";
    PolicyLength = "at least {n} characters";
    PolicyNotEmpty = "at least one character";
    PolicyOf = "at least {n} of these {m}:";
    PolicyAll = "all of these:";
    PolicyIdentical = "no more than {n} identical characters in a row";
    PolicySequential = "no more than {n} letters or numbers in a row that follow each other, as in abc or 321";
    PolicyMaxLength = "no more than {n} characters, or fewer with accents or emoji";
    PolicyLowerCase = "lower-case letters (a–z)";
    PolicyUpperCase = "upper-case letters (A–Z)";
    PolicyNumbers = "numbers (0–9)";
    PolicySpecial = "special characters, such as ! or a space";
    PolicyMet = "Your password meets every requirement.";
    RuleMet = "met";
    RuleNotMet = "not met yet";

    // Errors on a field.
    EnterEmail = "Enter your email address";
    EnterIdentifier = "Enter your email address or username";
    EnterPassword = "Enter a password";
    EnterAnAnswer = "{label} is required";
    ChooseAnOption = "Choose an option for “{label}”";
    TickToContinue = "Tick the box to continue: {label}";
    TooShort = "{label} must have at least {n} characters";
    TooLong = "{label} must have {n} characters or fewer";
    InvalidEmail = "Enter an email address like name@example.com";
    UsernameCharacters = "A username can have letters a to z, numbers and _ + - . ! # $ ^ ` ~ @ '";
    UsernameIsEmail = "A username can’t be an email address";
    PasswordTooWeak = "Enter a password that meets every requirement listed below it";
    PasswordPolicyIs = "Enter a password that meets this policy:";
    PasswordTooLong = "This password is too long. Use 1,000 characters or fewer";
    PasswordTooCommon = "This password is too common. Choose one that is harder to guess";
    PasswordHasUserInfo = "This password contains something about you. Choose one that doesn’t";
    PasswordReused = "You have used this password before. Choose a new one";
    PasswordLeaked = "This password has appeared in a data breach. Choose another one";
    UserExists = "There is already an account with this email address. Log in instead";
    UsernameExists = "This username is taken. Choose another one";

    // Errors for the whole form.
    SummaryOne = "There is a problem";
    SummaryMany = "There are {n} problems";
    InvalidSignUp = "We couldn’t create an account with these details. If you already have one, log in instead.";
    SignUpDisabled = "New accounts can’t be created here at the moment.";
    WrongCredentials = "The email address or the password is wrong.";
    WrongUsernameCredentials = "The email address, the username or the password is wrong.";
    BlockedUser = "This account is blocked. Please contact support.";
    TooManyAttempts = "There were too many failed attempts. Wait a while, then try again.";
    TooManyRequests = "There are too many requests right now. Wait a moment, then try again.";
    Unreachable = "We can’t reach the server. Check your connection and try again.";
    SignUpTookTooLong = "The server didn’t answer in time. Your account may exist already: try to log in, or sign up again.";
    SignedUpNotLoggedIn = "Your account was created, but we couldn’t log you in. Enter your password to log in.";
    TookTooLong = "The server didn’t answer in time. Try again.";
    ServerFailed = "Something went wrong on our side. Try again.";
    FormMismatch = "This form can’t be sent as it is. Please tell the owner of this site.";
    NotAllowed = "This page isn’t allowed to log you in. Please tell the owner of this site.";
    MfaRequired = "This account needs a second step to log in, which isn’t available here yet.";
    LoginExpired = "That login took too long or was started in another tab. Log in again.";
    LoginRefused = "The login could not be completed. Try again.";
    NoStorage = "Your browser keeps this page from storing anything, which a login needs. Allow site data for this page, then try again.";
}

impl Message {
    /// The sentence of a message without placeholders.
    pub fn text(self) -> String {
        self.english().to_owned()
    }

    /// The sentence with its placeholders filled in. What is filled in is text
    /// too: braces in it mean nothing.
    pub fn with(self, arguments: &[(&str, &str)]) -> String {
        let mut sentence = String::new();
        let mut rest = self.english();
        while let Some((before, after)) = rest.split_once('{') {
            sentence.push_str(before);
            let Some((name, after)) = after.split_once('}') else {
                rest = after;
                break;
            };
            for (argument, value) in arguments {
                if *argument == name {
                    sentence.push_str(value);
                }
            }
            rest = after;
        }
        sentence.push_str(rest);
        sentence
    }
}

#[cfg(test)]
mod tests {
    use super::Message;

    #[test]
    fn what_is_filled_in_is_only_text() {
        assert_eq!(
            Message::TooShort.with(&[("label", "{n} <b>"), ("n", "3")]),
            "{n} <b> must have at least 3 characters"
        );
    }

    #[test]
    fn every_template_is_well_formed() {
        for message in Message::ALL {
            let text = message.english();
            assert!(!text.is_empty());
            assert_eq!(
                text.matches('{').count(),
                text.matches('}').count(),
                "{text}"
            );
        }
    }
}
