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

            /// Every message with its name, as it stands in the code.
            pub fn named() -> impl Iterator<Item = (Message, &'static str)> {
                const NAMES: &str = concat!($(stringify!($name), "\0",)*);
                Self::ALL.iter().copied().zip(NAMES.split('\0'))
            }

            /// The message of a name in camel case: `signUpTitle`.
            pub fn by_name(name: &str) -> Option<Message> {
                let same = |own: &str| {
                    let (own, name) = (own.as_bytes(), name.as_bytes());
                    matches!((own, name), ([a, own @ ..], [b, name @ ..])
                        if a.eq_ignore_ascii_case(b) && own == name)
                };
                let found = Self::named().find(|(_, own)| same(own))?;
                Some(found.0)
            }

            /// The English template.
            ///
            /// All are one text: a table of them would be larger than what
            /// looks for one.
            pub fn english(self) -> &'static str {
                const ALL: &str = concat!($($english, "\0",)*);
                ALL.split('\0').nth(self as usize).unwrap_or_default()
            }
        }
    };
}

messages! {
    // Titles and actions.
    SignUpTitle = "Create your account";
    SignInTitle = "Welcome back";
    SignUpText = "";
    SignInText = "";
    SignUpLabel = "Sign up";
    SignInLabel = "Log in";
    SignUpAction = "Sign up";
    SignInAction = "Log in";
    AlreadyHaveAccount = "Already have an account?";
    NoAccountYet = "New here?";
    SigningUp = "Creating your account…";
    StillWorking = "Still working…";
    SigningIn = "Logging you in…";
    SignedUpTitle = "Your account is ready";
    SignedUpText = "You can log in now.";
    SignedInTitle = "You are logged in";
    SignedInText = "Signed in as {name}.";

    ForgotPasswordTitle = "Reset your password";
    ForgotPasswordText = "Enter your email address, and we’ll send you a link to set a new password.";
    ForgotPasswordAction = "Forgot your password?";
    SendEmail = "Send email";
    SendingEmail = "Sending the email…";
    ResetSentTitle = "Check your email";
    ResetSentText = "If there is an account for {email}, a link to set a new password is on its way.";
    BackToSignIn = "Back to log in";
    PasswordlessTitle = "Log in without a password";
    PasswordlessAction = "Log in without a password";
    PasswordAction = "Use a password instead";
    PasswordlessEmailCode = "Enter your email address, and we’ll send you a code. New here? This makes your account, too.";
    PasswordlessEmailLink = "Enter your email address, and we’ll send you a link. New here? This makes your account, too.";
    PasswordlessSms = "Enter your phone number, and we’ll text you a code. New here? This makes your account, too.";
    SendCode = "Send code";
    SendLink = "Send link";
    Sending = "Sending…";
    CodeTitle = "Enter the code";
    CodeText = "We sent a code to {to}. It can take a minute.";
    CodeAction = "Log in";
    ResendCode = "Send a new code";
    CodeSentAgain = "We sent a new code.";
    LinkSentTitle = "Check your email";
    LinkSentText = "We sent a link to {to}. Open it in this browser to log in.";
    ContinueWith = "Continue with {name}";
    LastUsed = "Last used";
    Or = "or";
    Next = "Continue";
    Back = "Back";
    StepOf = "Step {n} of {m}";
    Welcome = "Welcome, {name}";
    Close = "Close";

    // Questions after the login.
    ProfileTitleOne = "A quick question";
    ProfileTitleMany = "{n} quick questions";
    ProfileText = "Answer what you like, or skip it for now.";
    ProfileTextRequired = "We need this before you go on.";
    ProfileConsentsTitle = "Your choices";
    ProfileConsentsText = "Tick what you agree to, and untick what you do not any more.";
    ProfileSave = "Save";
    ProfileSaving = "Saving…";
    ProfileSaved = "Saved. Thank you.";
    ProfileSkip = "Skip for now";
    ProfileSnooze = "Remind me later";
    ProfileSnoozeFor = "Remind me {time}";
    ProfileDecline = "Don’t ask me this again";
    ProfileDeclined = "You won’t be asked this again: {label}";
    ProfileConfirm = "Is this still right? Change it, or save it as it is.";
    ProfileAnswer = "Answer";
    ProfileRetrying = "The server is busy. Trying again in {n} s.";
    ProfileNotSaved = "Your answers could not be saved. Check your connection and try again.";
    ProfileWaits = "There is no connection. Your answers are kept, and sent when you log in here again.";
    ProfileLoginOver = "Your login has ended. Log in again to save your answers.";

    // Labels.
    EmailLabel = "Email address";
    UsernameLabel = "Username";
    IdentifierLabel = "Email address or username";
    PasswordLabel = "Password";
    Show = "Show";
    Hide = "Hide";
    ShowPassword = "Show password";
    HidePassword = "Hide password";
    PhoneLabel = "Phone number";
    CodeLabel = "Code";
    SignUpTerms = "I agree to the terms of service and the privacy policy";
    Optional = "(optional)";
    ChooseOne = "Choose one";
    OpensInNewTab = "(opens in a new tab)";
    ReadDocument = "Read it";
    Loading = "Loading…";
    NotLoaded = "This could not be loaded. Check your connection and try again.";
    Checking = "Checking…";
    LoadingOptions = "Loading the options…";
    LoadingFailed = "The options could not be loaded.";
    Retry = "Try again";
    NoMatch = "No option matches";
    MatchCount = "{n} options";
    MatchOne = "One option";

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
    TooFew = "Choose at least {n} for “{label}”";
    TooMany = "Choose {n} or fewer for “{label}”";
    NotOneOf = "{label} isn’t one of the accepted answers";
    WrongPattern = "{label} isn’t in the right format";
    NotEqual = "{label} must be the same as above";
    NotANumber = "{label} must be a number, such as 1000 or 2.5";
    TooSmall = "{label} must be {n} or more";
    TooLarge = "{label} must be {n} or less";
    NotAStep = "{label} must go in steps of {n}";
    NotADate = "{label} must be a date with day, month and year";
    TooEarly = "{label} must be {n} or later";
    TooLate = "{label} must be {n} or earlier";
    InvalidTelephone = "Enter a phone number, such as +44 20 7946 0018";
    InvalidUrl = "Enter a web address, such as example.com";
    InvalidCode = "Enter the six digits of the code";
    WrongCode = "This code is wrong or too old. Check it, or send a new one";
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
    WrongUsername = "The username or the password is wrong.";
    PasswordChangeRequired = "Your password must be changed before you can log in. Use “Forgot your password?” to set a new one.";
    MfaRegistrationRequired = "This account needs a second step to log in, which is not set up yet. Please contact support.";
    EnterpriseEmail = "The address belongs to an organisation that manages its passwords itself. Please ask its administrator.";
    ResetFailed = "We couldn’t ask for a new password. Try again.";
    SocialRefused = "The login was cancelled or refused. Try again.";
    CaptchaRequired = "The server wants to check that you are human, which isn’t possible here yet. Please contact support.";
    BlockedUser = "This account is blocked. Please contact support.";
    TooManyAttempts = "There were too many failed attempts. Wait a while, then try again.";
    TooManyRequests = "There are too many requests right now. Wait a moment, then try again.";
    Unreachable = "We can’t reach the server. Check your connection and try again.";
    SignUpTookTooLong = "The server didn’t answer in time. Your account may exist already: try to log in, or sign up again.";
    SignedUpNotLoggedIn = "Your account was created, but we couldn’t log you in. Enter your password to log in.";
    TookTooLong = "The server didn’t answer in time. Try again.";
    ServerFailed = "Something went wrong on our side. Try again.";
    AnswerRefused = "The server doesn’t accept this answer. Make it shorter, or change it.";
    FormMismatch = "This form can’t be sent as it is. Please tell the owner of this site.";
    NotAllowed = "This page isn’t allowed to log you in. Please tell the owner of this site.";
    MfaRequired = "This account needs a second step to log in, which isn’t available here yet.";
    LoginExpired = "That login took too long or was started in another tab. Log in again.";
    LoginRefused = "The login could not be completed. Try again.";
    NoStorage = "Your browser keeps this page from storing anything, which a login needs. Allow site data for this page, then try again.";
}

#[cfg(test)]
mod tests {
    use super::Message;

    #[test]
    fn every_template_is_well_formed() {
        for message in Message::ALL {
            let text = message.english();
            assert_eq!(
                text.matches('{').count(),
                text.matches('}').count(),
                "{text}"
            );
        }
    }
}
